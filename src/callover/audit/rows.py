"""Named rows of tables that are not by month: summaries, breakdowns, comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import in_a_row, quoted_row
from callover.audit.reading.months import read_month
from callover.audit.reading.numbers import plain, read_number
from callover.audit.series import LEAST_MONTHS


@dataclass(frozen=True, slots=True)
class Column:
    """A cell of a named row with the words of the heading above it."""

    heading: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row with a name. ``number`` is that before the name, "" if none; ``group`` the cell before,
    ``heads`` the words over its columns.

    ``table`` counts the tables of a section, so that rows of one table are known.
    """

    section: Section
    table: int
    number: str
    group: str
    name: str
    cells: tuple[Column, ...]
    row: Row
    heads: Mapping[int, str]

    @property
    def excerpt(self) -> str:
        """The row as printed."""
        return in_a_row(self.row)

    @property
    def quoted(self) -> str:
        """The row beneath the words of its heading."""
        return quoted_row(self.row, self.heads)

    def under(self, pattern: re.Pattern[str]) -> Cell | None:
        """The first cell whose heading matches."""
        return next((c.cell for c in self.cells if pattern.search(c.heading.lower())), None)


def named_rows(section: Section) -> Iterator[NamedRow]:
    """Each named row of a section's tables that is not by month, with its heading."""
    for at, table in enumerate(section.tables):
        yield from _of_table(section, at, table)


def _of_table(section: Section, at: int, table: Table) -> Iterator[NamedRow]:
    heading: list[str] = []
    heads: dict[int, str] = {}
    group = ""
    by_month = over = False
    for row in table.rows:
        texts = [plain(cell.text).strip() for cell in row]
        if _is_heading(texts):
            by_month = sum(read_month(text) is not None for text in texts) >= LEAST_MONTHS
            heading = _joined(heading, texts) if over else texts
            heads = dict(enumerate(_told_apart(heading, texts)))
            over = True
            continue
        over = False
        if by_month:
            continue
        number, words, first = _name(texts)
        if not words:
            continue
        group = words[0] if len(words) > 1 else group
        told = group if len(words) > 1 or not texts[0] else ""
        cells = tuple(
            Column(heading[i] if i < len(heading) else "", cell)
            for i, cell in enumerate(row)
            if i >= first and cell.text.strip()
        )
        yield NamedRow(section, at, number, told, words[-1], cells, row, heads)


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Two rows of heading as one; an empty cell of the upper row belongs to the one before it."""
    made: list[str] = []
    last = ""
    for at, text in enumerate(below):
        last = (above[at] if at < len(above) else "") or last
        made.append(f"{last} {text}".strip())
    return made


def _told_apart(joined: list[str], below: list[str]) -> list[str]:
    """Names for columns: what stands right over them, with what is above it where that repeats."""
    return [
        text if text and below.count(text) == 1 else joined[at] for at, text in enumerate(below)
    ]


def _is_heading(texts: list[str]) -> bool:
    """A row of words only, or of months, over rows of figures."""
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > 120 for text in filled):
        return False
    months = sum(read_month(text) is not None for text in filled)
    return months >= LEAST_MONTHS or not any(
        read_number(text) or text in ("Y", "N") for text in filled
    )


def _name(texts: list[str]) -> tuple[str, list[str], int]:
    """The number before a row's name, the cells of its name, and where its other cells begin."""
    number = ""
    words: list[str] = []
    for at, text in enumerate(texts):
        if not text:
            continue
        if re.search(r"[A-Za-z]{3}", text) and len(words) < 2 and at < 3:
            words.append(" ".join(text.split()))
        elif not words and re.fullmatch(r"\d{1,3}[.)]?", text):
            number = text.rstrip(".)")
        else:
            return number, words, at
    return "", [], 0
