"""The example's Word document as an officer and a screen reader meet it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from callover.report.packfile import read_pack
from callover.report.render.docx import render_docx
from example_pack import example_pack, example_workspace

ONE_PAGE = 30
"""So many of the 33 pages' summaries stand on one page; the others run over to a second."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    example_pack(example_workspace(folder / "workspace"), folder / "out", ("docx",))
    return folder / "out"


@pytest.fixture(scope="module")
def word(out: Path) -> Any:
    return docx.Document(str(out / "callover-pack.docx"))


def contents(word: Any) -> list[tuple[str, int]]:
    """Titles with their pages, as the table of contents shows them before Word updates it."""
    frame = word.element.body.find(qn("w:sdt"))
    texts = ([t.text for t in p.iter(qn("w:t"))] for p in frame.iter(qn("w:p")))
    return [("".join(words), int(page)) for *words, page in texts]


def levels(word: Any) -> Iterator[int]:
    for one in word.paragraphs:
        if one.style.name.startswith("Heading ") and one.style.name[8:].isdigit():
            yield int(one.style.name[8:])


def test_no_level_of_headings_is_skipped(word: Any) -> None:
    found = [0, *levels(word)]
    assert len(found) > 100
    assert all(after <= before + 1 for before, after in itertools.pairwise(found))


def test_most_summaries_stand_on_one_page(word: Any, out: Path) -> None:
    sections = read_pack(out / "callover-pack.json").document.sections
    titles = [section.title for section in sections if section.kind == "indicator"]
    listed = contents(word)
    first = max(n for n, (title, _) in enumerate(listed) if title == titles[0])
    pages = dict(listed[first:])
    begins = [pages[title] for title in titles]
    lengths = [after - before for before, after in itertools.pairwise(begins)]
    assert min(lengths) >= 1
    assert lengths.count(1) >= ONE_PAGE
    assert max(lengths) <= 2


def test_pages_of_the_contents_never_run_backwards(word: Any) -> None:
    pages = [page for _, page in contents(word)]
    assert pages == sorted(pages)


def test_every_table_has_a_title_and_a_heading_row(word: Any) -> None:
    assert len(word.tables) > 80
    for one in word.tables:
        assert one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text.strip() for cell in one.rows[0].cells)


def test_every_picture_is_described_and_fits_its_column(word: Any) -> None:
    shapes = list(word.inline_shapes)
    assert len(shapes) > 40
    for shape in shapes:
        is_decorative = shape._inline.docPr.find(".//{*}decorative") is not None
        assert is_decorative or len(shape._inline.docPr.get("descr")) > 20
        assert shape.width.pt <= 482


def test_lines_of_five_years_stand_beside_their_figures(word: Any) -> None:
    (years,) = [t for t in word.tables if t.rows[0].cells[-1].text == "First to last known"]
    for row in years.rows[1:]:
        (line,) = row.cells[-1]._tc.iter("{*}docPr")
        assert line.find(".//{*}decorative").get("val") == "1"
        assert row.cells[-1].text.strip()


def test_text_is_formatted_by_styles_alone(word: Any) -> None:
    """Letters carry bold, italics or a raised mark at most: sizes, colours, fonts are styles'."""
    allowed = {"rStyle", "b", "bCs", "i", "iCs", "vertAlign"}
    used = {
        child.tag.rsplit("}", 1)[-1]
        for run in word.element.body.iter(qn("w:r"))
        for settings in run.iterfind(qn("w:rPr"))
        for child in settings
    }
    assert used <= allowed


def test_the_same_pack_gives_the_same_bytes(out: Path) -> None:
    again = render_docx(read_pack(out / "callover-pack.json").document)
    assert again == (out / "callover-pack.docx").read_bytes()
