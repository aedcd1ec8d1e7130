"""Columns of rates: counts of one area need one base, whatever they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rates import RATE_OF_MONTH
from callover.domain.errors import Severity

_RATE = re.compile(r"\bper (?:1,?000|10,?000|100,?000)\b|\brate\b")
_PER = re.compile(r"\bper ([1-9]\d*(?:,\d{3})*)")
_LEAST = 4
_LEAST_STATED = 2
"""Lines that a base needs which the pack itself states."""
_NEAR = 0.01


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
    for counts, rates in _tables(claims):
        for grid in _each_area(counts, rates):
            yield from _rates(claims, grid, _RATE_COLUMN, book)


def _bare(line: Line) -> str:
    return line.name.lower().removeprefix("of which ")


def _beside(rate: Line, at: int, count: Line, column: int) -> Line:
    """A row with its count and its rate in one area."""
    return replace(
        rate,
        numbers={_COUNT_COLUMN: count.numbers[column], _RATE_COLUMN: rate.numbers[at]},
        cells={**rate.cells, _COUNT_COLUMN: count.cells[column], _RATE_COLUMN: rate.cells[at]},
    )


_COUNT_COLUMN, _RATE_COLUMN = 1, 2
_LEAST_AREAS = 3


def _tables(claims: Claims) -> Iterator[tuple[Grid, Grid]]:
    """Tables of counts and of rates with the same areas for columns."""
    upright = [grid for grid in claims.grids if not grid.turned]
    for rates in upright:
        if _RATE.search(rates.section.title.lower()):
            for counts in upright:
                same = set(counts.heads.values()) & set(rates.heads.values()) - {""}
                if counts is not rates and len(same) > _LEAST_AREAS:
                    yield counts, rates


def _each_area(counts: Grid, rates: Grid) -> Iterator[Grid]:
    """For each area the rows that both tables have, their counts beside their rates."""
    named = {_bare(line): line for line in counts.lines}
    columns = {head: column for column, head in counts.heads.items() if head}
    for at, head in rates.heads.items():
        column = columns.get(head)
        if not head or column is None or at not in rates.columns:
            continue
        pairs = [(line, named.get(_bare(line))) for line in rates.lines if at in line.numbers]
        lines = tuple(
            _beside(line, at, own, column)
            for line, own in pairs
            if own is not None and column in own.numbers
        )
        yield replace(
            rates, heads={_COUNT_COLUMN: "count", _RATE_COLUMN: rates.section.title}, lines=lines
        )


def _rates(claims: Claims, grid: Grid, column: int, book: Book) -> Iterator[Finding]:
    best: tuple[list[_Base], list[_Base], int] = ([], [], 0)
    for count in grid.columns:
        if count != column and not grid.is_percent(count) and not _RATE.search(grid.head(count)):
            bases = _bases(grid.lines, count, column)
            right = _together(bases)
            if len(right) > len(best[0]):
                best = right, [base for base in bases if base not in right], count
    right, wrong, count = best
    stated = any(_is_base(right, grid.head(column), people) for people in claims.people)
    if len(right) < max(_LEAST_STATED if stated else _LEAST, 3 * len(wrong)):
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


def _is_base(bases: Sequence[_Base], head: str, people: float) -> bool:
    """Whether lines are per 1,000 of so many people, or whatever their heading says."""
    per = _PER.search(head)
    base = people / (int(per[1].replace(",", "")) if per else 1000)
    return bool(bases) and all(
        each.low * (1 - _NEAR) <= base <= each.high * (1 + _NEAR) for each in bases
    )


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
