"""Rows of one table that repeat another: its figures, or its action."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import in_a_row
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.copied import COPIED_ROW
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

ACTION_TWICE = Rule(
    "action-twice",
    "An action stands twice in one plan",
    Severity.SUSPICIOUS,
    "The actions of a plan differ, even where lead and date do.",
    '"Revise the guide" for the manager by March and for the probation service by April.',
    "Write what the second row was to say; it was copied from the first.",
    "Two bodies can be asked for the same; then name the body in the action.",
)
_LEAST = 5
_WORDS = 3
_SAME = re.compile(
    r"total|\ball\b|overall|target|profile|budget|plan|forecast|actual|previous|last year|revised|"
    r"rank|of which|baseline|average|expected|original",
    re.IGNORECASE,
)
_ACTION = re.compile(r"(?:agreed |key )?(?:actions?|recommendations?|tasks?)", re.IGNORECASE)


def equal_rows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Two rows of a table under unlike names with five or more different numbers, all equal."""
    for grid in claims.grids:
        if not grid.turned:
            yield from _equal_in(grid, book)


def _equal_in(grid: Grid, book: Book) -> Iterator[Finding]:
    lines = [line for line in grid.lines if _telling(line)]
    equal = [
        (one, other)
        for one, other in combinations(lines, 2)
        if _values(one) == _values(other) and not one.words & other.words
    ]
    for line in lines:
        book.note(next(iter(line.cells.values())).place, line.name)
    if len(equal) != 1:
        return
    one, other = equal[0]
    cell, twin = _first(other), _first(one)
    yield finding(
        COPIED_ROW, Spot(grid.section.title, cell.place, other.name, other.excerpt),
        "its own figures", f"{len(other.numbers)} figures equal those of {one.name}",
        Spot(grid.section.title, twin.place, one.name, one.excerpt), "", None, 0.85,
    )  # fmt: skip


def _telling(line: Line) -> bool:
    """Whether a row of so many different numbers is no other's by chance or by what it is."""
    different = set(_values(line).values())
    long = sum(len(line.numbers[at].text.strip("£% ")) > 2 for at in line.numbers)
    named = bool(line.words) and not line.is_total and not _SAME.search(line.name)
    return named and len(different) >= _LEAST and 2 * long > len(different)


def _values(line: Line) -> dict[int, float]:
    return {column: number.value for column, number in line.numbers.items()}


def _first(line: Line) -> Cell:
    return line.cells[min(line.numbers)]


def repeated_actions(claims: Claims, book: Book) -> Iterator[Finding]:
    """One action of a plan that stands in two rows: the only one, among five or more."""
    for section in claims.sections:
        for table in section.tables:
            yield from _twice_in(section, table, book)


def _twice_in(section: Section, table: Table, book: Book) -> Iterator[Finding]:
    rows = list(_with_actions(table.rows))
    texts = Counter(_key(cell) for cell, _ in rows)
    twice = [text for text, times in texts.items() if times > 1]
    if len(rows) < _LEAST or len(twice) != 1 or texts[twice[0]] != 2:
        return
    (first, before), (cell, row) = (each for each in rows if _key(each[0]) == twice[0])
    book.note(cell.place, cell.text)
    yield finding(
        ACTION_TWICE, Spot(section.title, cell.place, cell.text.strip(), in_a_row(row)),
        "an action of its own", f"the same words stand beside {in_a_row(before)[:80]}",
        Spot(section.title, first.place, first.text.strip(), in_a_row(before)), "", None, 0.7,
    )  # fmt: skip


def _with_actions(rows: Sequence[Row]) -> Iterator[tuple[Cell, Row]]:
    """The cells of a column that is headed by what is to be done, with their rows."""
    at = -1
    for row in rows:
        headed = [i for i, cell in enumerate(row) if _ACTION.fullmatch(plain(cell.text).strip())]
        if headed:
            at = headed[0]
        elif 0 <= at < len(row) and len(row[at].text.split()) >= _WORDS:
            yield row[at], row


def _key(cell: Cell) -> str:
    return " ".join(re.findall(r"\w+", plain(cell.text).lower()))


CHECKS = (
    Check(COPIED_ROW, equal_rows),
    Check(ACTION_TWICE, repeated_actions),
)
