"""Columns of rates: counts of one area need one base, whatever they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rates import RATE_OF_MONTH
from callover.domain.errors import Severity

_RATE = re.compile(r"\bper (?:1,?000|10,?000|100,?000)\b|\brate\b")
_LEAST = 4


@dataclass(frozen=True, slots=True)
class _Base:
    """A line and the bases that its count and rate leave possible."""

    line: Line
    low: float
    high: float


def rate_columns(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rates of one column against the counts of one other."""
    for grid in claims.grids:
        for column in grid.columns:
            if _RATE.search(grid.head(column)) and not grid.is_percent(column):
                yield from _rates(claims, grid, column, book)


def _rates(claims: Claims, grid: Grid, column: int, book: Book) -> Iterator[Finding]:
    best: tuple[list[_Base], list[_Base], int] = ([], [], 0)
    for count in grid.columns:
        if count != column and not grid.is_percent(count) and not _RATE.search(grid.head(count)):
            bases = _bases(grid.lines, count, column)
            right = _together(bases)
            if len(right) > len(best[0]):
                best = right, [base for base in bases if base not in right], count
    right, wrong, count = best
    if len(right) < max(_LEAST, 3 * len(wrong)):
        return
    for base in (*right, *wrong):
        book.note(base.line.cells[column].place, base.line.text(column))
    middle = (max(base.low for base in right) + min(base.high for base in right)) / 2
    for base in wrong:
        counted, rate = base.line.numbers[count], base.line.numbers[column]
        follows = least(round(counted.value / middle, 2))
        cell = base.line.cells[column]
        yield finding(
            RATE_OF_MONTH, Spot(grid.section.title, cell.place, rate.text, grid.quoted(base.line)),
            follows, f"{counted.text} on the base of the other rows is {follows}, not {rate.text}",
            None, claims.subjects.of_name(base.line.name), Severity.SUSPICIOUS, 0.85,
        )  # fmt: skip


def _bases(lines: Sequence[Line], count: int, rate: int) -> list[_Base]:
    found = []
    for line in lines:
        counted, printed = line.numbers.get(count), line.numbers.get(rate)
        if counted and printed and counted.value > 0 and printed.low > 0:
            found.append(_Base(line, counted.low / printed.high, counted.high / printed.low))
    return found


def _together(bases: Sequence[_Base]) -> list[_Base]:
    """The most lines that one base explains."""
    groups = [[b for b in bases if b.low <= at.low <= b.high] for at in bases]
    return max(groups, key=len, default=[])


CHECKS = (Check(RATE_OF_MONTH, rate_columns),)
