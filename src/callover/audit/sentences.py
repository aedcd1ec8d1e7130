"""The sentences of a pack, each with its place, its section and the label it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callover.audit.limits import MOST_SENTENCE
from callover.audit.outline import Section
from callover.audit.pack import Cell, Place, Row, Table
from callover.audit.reading.numbers import plain, read_number

_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z•“\"'-])|\n+|\s+(?=[•▪]\s)")
_OVER = re.compile(r"\d[\d,.]*\s?/\s?\d[\d,]{3,}")
_MOST_DIGITS = 30
_ENDLESS = re.compile(rf"\d{{{_MOST_DIGITS},}}")
_LONG = 12
"""A cell shorter than this is no sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed, made :func:`plain`. ``label`` is that of its row in a form, or "".

    ``number`` counts the sentences of one text; ``row`` is the row of the table it stands in.
    """

    text: str
    section: Section
    place: Place
    label: str = ""
    number: int = 0
    row: Row | None = None


def sentences_of(section: Section) -> Iterator[Sentence]:
    """Every sentence of a section: its title, paragraphs, and cells that hold words."""
    yield from _split(section.title, section, section.place, "")
    for block in section.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from _of_row(row, section)
        else:
            yield from _split(block.text, section, block.place, "")


def _of_row(row: Row, section: Section) -> Iterator[Sentence]:
    label = ""
    for cell in row:
        if _is_words(cell):
            yield from _split(cell.text, section, cell.place, label, row)
        if cell.text.strip() and len(cell.text) <= 60:
            label = cell.text.strip()


def _is_words(cell: Cell) -> bool:
    text = cell.text.strip()
    longer = len(text) >= _LONG and " " in text
    return (longer or bool(_OVER.fullmatch(text))) and read_number(text) is None


def pieces(text: str) -> Iterator[str]:
    """``text`` in pieces that are no longer than a sentence may be, without endless numbers: what
    has thirty digits is no figure, and patterns take the square of its length."""
    if len(text) < _MOST_DIGITS:
        yield text
        return
    text = _ENDLESS.sub(" ", text)
    for start in range(0, len(text), MOST_SENTENCE):
        yield text[start : start + MOST_SENTENCE]


def _split(
    text: str, section: Section, place: Place, label: str, row: Row | None = None
) -> Iterator[Sentence]:
    parts = (piece.strip() for part in _END.split(plain(text)) for piece in pieces(part))
    for number, part in enumerate(part for part in parts if part):
        yield Sentence(part, section, place, label, number, row)
