"""Columns of dates, such as agreed and due: one comes after the other in every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, permutations

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.pack import Cell, Row
from callover.audit.quoted import in_a_row
from callover.audit.reading.months import days_in
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.dates import DATE_ORDER

_LEAST = 3
_MANY = 8
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two dates of one row."""

    first: date
    last: date
    cell: Cell
    row: Row


def due_dates(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows whose dates run the other way than those of at least three rows and all others; of two
    where every other pair of columns runs from left to right in every row."""
    for section in claims.sections:
        for table in section.tables:
            rows = [(row, days) for row in table.rows if len(days := dates_of(row)) > 1]
            columns = sorted({column for _, days in rows for column in days})
            steps = _Steps(rows)
            for one, other in permutations(columns, 2):
                least = _LEAST - (one < other and steps.run_on_without(one, other))
                yield from _backwards(section, _pairs(rows, one, other), least, book)


class _Steps:
    """From one date of a row to another: how many there are of each two columns, from left to
    right, and how many of them do not run on."""

    def __init__(self, rows: Sequence[tuple[Row, dict[int, date]]]) -> None:
        self._every: Counter[tuple[int, int]] = Counter()
        self._back: Counter[tuple[int, int]] = Counter()
        for _, days in rows:
            for first, last in combinations(sorted(days), 2):
                self._every[first, last] += 1
                self._back[first, last] += days[first] >= days[last]
        self._many, self._all_back = self._every.total(), self._back.total()

    def run_on_without(self, one: int, other: int) -> bool:
        """Whether all stand in order but for those of two columns, and many do."""
        left = self._many - self._every[one, other]
        return left >= _MANY and self._all_back == self._back[one, other]


def dates_of(row: Row) -> dict[int, date]:
    """The dates of a row by column."""
    return {at: day for at, cell in enumerate(row) if (day := _day(cell))}


def _pairs(rows: Sequence[tuple[Row, dict[int, date]]], one: int, other: int) -> list[_Pair]:
    return [
        _Pair(days[one], days[other], row[other], row)
        for row, days in rows
        if one in days and other in days
    ]


def _day(cell: Cell) -> date | None:
    """The one date that a cell holds."""
    if not 6 <= len(cell.text) <= _LONGEST:
        return None
    days = [found for found in days_in(plain(cell.text)) if found.year_said]
    return days[0].day if len(days) == 1 else None


def _backwards(
    section: Section, pairs: Sequence[_Pair], least: int, book: Book
) -> Iterator[Finding]:
    wrong = [pair for pair in pairs if pair.last < pair.first]
    right = [pair for pair in pairs if pair.last > pair.first]
    if len(right) < max(least, least * len(wrong)):
        return
    for pair in pairs:
        book.note(pair.cell.place, pair.cell.text)
    for pair in wrong:
        excerpt = in_a_row(pair.row)
        spot = Spot(section.title, pair.cell.place, pair.cell.text.strip(), excerpt)
        yield finding(
            DATE_ORDER, spot, "a day after the other of its row",
            f"{pair.cell.text.strip()} is before {pair.first.day} {pair.first:%B %Y}, as in no "
            "other row", None, "", None, 0.85,
        )  # fmt: skip


CHECKS = (Check(DATE_ORDER, due_dates),)
