"""What colour says is said without it: on a photocopy and for the three colour-vision types.

Pages are drawn to grey pictures and measured where the chips stand; palettes are put through the
colour-vision models as they stand in the templates.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from lxml import etree

from callover.analysis.exceptions import Standing
from callover.domain.ratings import Rating
from callover.report import render
from callover.report.blocks import Chip, Chips, Document, Paragraph, Section, text
from callover.report.build.chips import rating_chip, verdict_chip
from callover.report.charts import drawn
from callover.report.render.docx_look import TONES
from callover.report.render.pdf import render_pdf
from colour import VISIONS, colour, contrast, linear, seen
from sample_document import months, sample

TEMPLATES = Path(render.__file__).parent / "templates"
RATED = ("red", "amber", "green", "neutral")
DPI = 200
EM = 9.5  # points, the size of a chip's words
Grey = np.ndarray


def _css() -> str:
    return (TEMPLATES.parent / "styles" / "pack.css").read_text(encoding="utf-8")


def _schemes() -> dict[str, dict[str, str]]:
    """Variables of the style sheet by colour scheme."""
    light, dark = itertools.islice(re.finditer(r":root \{(.*?)\}", _css(), re.DOTALL), 2)
    named = [dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", m[1])) for m in (light, dark)]
    return {"light": named[0], "dark": named[1]}


def _palettes() -> Iterator[tuple[str, str, str, str]]:
    """Where, tone, ink and ground of every rating in every look."""
    for scheme, named in _schemes().items():
        for tone in RATED:
            yield f"page, {scheme}", tone, named[tone], named[f"{tone}-bg"]
    typst = (TEMPLATES / "pack.typ").read_text(encoding="utf-8")
    printed = re.findall(r'(\w+): \(rgb\("(#\w{6})"\), rgb\("(#\w{6})"\)\)', typst)
    assert {tone for tone, *_ in printed} >= {*RATED, "missing", "quiet"}
    for tone, ink, ground in printed:
        yield "print", tone, ink, ground
    for tone, pair in TONES.items():
        yield "Word", tone, pair.ink, pair.ground


@pytest.mark.parametrize("vision", VISIONS)
def test_words_of_ratings_are_read_by_every_eye(vision: str) -> None:
    for where, tone, ink, ground in _palettes():
        ratio = contrast(seen(colour(ink), vision), seen(colour(ground), vision))
        assert ratio >= 4.5, (where, tone, vision, ratio)


def test_words_and_marks_of_the_page_stand_out_in_both_schemes() -> None:
    for scheme, named in _schemes().items():
        for ground in ("page", "soft"):
            for ink in ("ink", "quiet", "link"):
                ratio = contrast(colour(named[ink]), colour(named[ground]))
                assert ratio >= 4.5, (scheme, ink, ground, ratio)


def test_no_two_ratings_are_told_apart_by_hue_alone() -> None:
    chips = [rating_chip(rating) for rating in Rating]
    for one, other in itertools.combinations(chips, 2):
        assert one.letter != other.letter
        assert one.shape != other.shape
        assert one.words != other.words


def test_no_two_verdicts_are_told_apart_by_hue_alone() -> None:
    """Nor a verdict from a rating, beside which it stands."""
    chips = [verdict_chip(standing) for standing in Standing]
    for one, other in itertools.combinations(chips, 2):
        assert one.letter != other.letter
        assert one.shape != other.shape
        assert one.words != other.words
    assert {chip.words for chip in chips} == {
        "Concern", "Strong", "Changed", "No clear change", "Not enough to say",
    }  # fmt: skip
    assert not {chip.shape for chip in chips} & {rating_chip(each).shape for each in Rating}


# What follows measures pictures of pages.

EVERY: dict[str, Chip] = {
    **{rating.name: rating_chip(rating) for rating in Rating},
    **{standing.name: verdict_chip(standing) for standing in Standing},
}
"""The chip of every rating and of every verdict."""


def _chips() -> Document:
    """A page with every chip under a line each, so that they are found by place."""
    blocks = tuple(
        block
        for name, chip in EVERY.items()
        for block in (Paragraph(text(f"Chip {name}")), Chips((chip,)))
    )
    return Document("Chips", "", "A partnership", "", "2016-11-28T00:00:00+00:00",
                    (Section("chips", "Chips", blocks),))  # fmt: skip


class Page:
    """A page of a PDF as a grey picture, with the places of its words."""

    def __init__(self, content: bytes, place: int = 0) -> None:
        with pypdfium2.PdfDocument(content) as pdf:
            page = pdf[place]
            self.height = page.get_height()
            bitmap = page.render(scale=DPI / 72, grayscale=True)
            self.picture: Grey = bitmap.to_numpy().squeeze().astype(float) / 255
            self.words = page.get_textpage()
            self.found = self._boxes()

    def _boxes(self) -> list[tuple[str, tuple[float, float, float, float]]]:
        boxes = []
        for place in range(self.words.count_rects()):
            box = self.words.get_rect(place)
            boxes.append((self.words.get_text_bounded(*box).strip(), box))
        return boxes

    def box(self, words: str) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the first run of words that begins so."""
        return next(box for said, box in self.found if said.startswith(words))

    def cut(self, left: float, bottom: float, right: float, top: float) -> Grey:
        """The part of the picture inside a box of points."""
        scale = DPI / 72
        rows = slice(int((self.height - top) * scale), int((self.height - bottom) * scale) + 1)
        return self.picture[rows, int(left * scale) : int(right * scale) + 1]


def _ratio(part: Grey, ground: float) -> float:
    """Contrast between the darkest grey of a part and its ground."""
    return (linear(ground) + 0.05) / (linear(float(part.min())) + 0.05)


def _commonest(part: Grey) -> float:
    """The ground of words: letters cover less than half."""
    shades, counts = np.unique(part.round(2), return_counts=True)
    return float(shades[counts.argmax()])


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render_pdf(_chips()))


def _parts(page: Page, name: str) -> tuple[Grey, Grey]:
    """The shape before the words of a chip, and the words."""
    chip = EVERY[name]
    letter = "" if chip.letter in "–?" else f"{chip.letter} "
    left, bottom, right, top = page.box(f"{letter}{chip.words}")
    shape = page.cut(left - 1.1 * EM, bottom - 1.5, left - 0.25 * EM, top + 1.5)
    return shape, page.cut(left, bottom, right, top)


@pytest.mark.parametrize("name", list(EVERY))
def test_a_photocopy_keeps_shape_and_words_of_a_chip(page: Page, name: str) -> None:
    shape, words = _parts(page, name)
    assert _ratio(words, _commonest(words)) >= 4.5
    assert _ratio(shape, float(shape[0, 0])) >= 3


def test_a_photocopy_keeps_the_shapes_apart(page: Page) -> None:
    """Drawn over each other, two shapes differ by an eighth of their dots or more."""
    shapes = {name: _shape(_parts(page, name)[0]) for name in EVERY}
    for (one, a), (other, b) in itertools.combinations(shapes.items(), 2):
        assert (a != b).mean() >= 0.125, (one, other)


def _shape(part: Grey) -> Grey:
    """Black and white, cut to its ink, on a square of 24 dots."""
    ink = part < (part.min() + part[0, 0]) / 2
    columns = np.flatnonzero(ink.any(axis=0))
    rows = np.flatnonzero(ink.any(axis=1))
    side = max(columns[-1] - columns[0], rows[-1] - rows[0]) + 1
    square = np.zeros((side, side), dtype=bool)
    found = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    down = (side - found.shape[0]) // 2
    square[down : down + found.shape[0], : found.shape[1]] = found
    steps = (np.arange(24) * side / 24).astype(int)
    return square[np.ix_(steps, steps)]


def test_a_photocopy_of_the_pages_keeps_every_word() -> None:
    """Each run of words of the sample pack stands out 4.5:1 from what lies behind it."""
    content = render_pdf(sample())
    with pypdfium2.PdfDocument(content) as pdf:
        count = len(pdf)
    faint = []
    for place in range(count):
        page = Page(content, place)
        for words, (left, bottom, right, top) in page.found:
            if len(words) < 3 or top - bottom < 3:
                continue
            part = page.cut(left, bottom, right, top)
            ratio = _ratio(part, _commonest(part))
            if ratio < 4.5:
                faint.append((place + 1, words, round(ratio, 1)))
    assert faint == []


@pytest.mark.parametrize("vision", VISIONS)
def test_this_year_and_last_differ_in_form_and_in_lightness(vision: str) -> None:
    """Bars and a line; the line stands out 3:1 from the paper and, crossing them, from the bars."""
    chart = months()
    drawing = etree.fromstring(drawn(chart.spec, chart.width, chart.height).encode())
    bars = _paints(drawing, "mark-rect", "fill")
    line = _paints(drawing, "mark-line", "stroke")
    paper = colour("#ffffff")
    solid = {code for code in bars if contrast(colour(code), paper) >= 3}
    assert solid, "bars that stand out from the paper"
    assert line, "a line for the year before"
    for stroke in line:
        drawn_line = seen(colour(stroke), vision)
        assert contrast(drawn_line, paper) >= 3
        for fill in solid:
            assert contrast(drawn_line, seen(colour(fill), vision)) >= 3, (stroke, fill)


def _paints(drawing: Any, mark: str, kind: str) -> set[str]:
    """Colours of a kind of mark in a drawing."""
    paths = drawing.xpath(f"//*[contains(@class, $mark)]//*[@{kind}]/@{kind}", mark=mark)
    return {path for path in paths if path.startswith("#")}
