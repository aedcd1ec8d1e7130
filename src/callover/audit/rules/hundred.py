"""Shares of one whole: they add up to 100 %, and overlapping groups do not add up at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.outline import Section
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

HUNDRED = Rule(
    "shares-to-100",
    "The shares of one whole do not add up to 100 %",
    Severity.WRONG,
    "Answers to one question, or parts of one whole, add up to 100 % but for rounding: where the "
    "other rows do, or where the table says that the whole is 100 %.",
    "41 %, 48 %, 11 %, 7 % and 3 % make 110 %.",
    "Work the shares out again.",
    "Several answers were allowed, or a group is not printed; then say so.",
)
OVERLAP = Rule(
    "overlap-summed",
    "Groups that overlap are added up",
    Severity.SUSPICIOUS,
    "Where the page says that one person or crime can be in several rows, their sum counts some "
    "more than once and is the total of nothing.",
    "More than one vulnerability may apply, and the total is the sum of the rows.",
    "Print the number of people or crimes instead, counted once.",
)
_SHARE = re.compile(r"\bshare\b|% of\b|\bproportion\b|\bper ?cent(?:age)? of\b|^%$")
_SEVERAL = re.compile(
    r"\bseveral\b|\ball that apply\b|\bmore than one\b|\bmultiple\b|\bmore than 100\b",
    re.IGNORECASE,
)
_ROUNDING = 1.0
"""Shares in whole per cents make 99 to 101."""
_LEAST = 2
_OVERLAPS = re.compile(
    r"\bmore than one (?:\w+ )?(?:may|can|could|applies|flag|category|reason|vulnerabilit)"
    r"|\b(?:more than once|several of these|do not (?:add up|sum)|may overlap|can overlap"
    r"|not mutually exclusive|in more than one)\b",
    re.IGNORECASE,
)


def rows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of three or more percentages, where most rows of the table make 100."""
    for grid in claims.grids:
        columns = [c for c in grid.columns if grid.is_percent(c)]
        lines = [line for line in grid.lines if all(c in line.numbers for c in columns)]
        if len(columns) < 3 or len(lines) < 3:
            continue
        wrong = [line for line in lines if not _makes_hundred(_of(line, columns))]
        right = [line for line in lines if abs(_total(_of(line, columns)) - 100) <= _ROUNDING]
        if len(right) < max(_LEAST, 2 * len(wrong)) or _several(claims, grid.section):
            continue
        for line in lines:
            book.note(line.cells[columns[0]].place, *(line.text(c) for c in columns))
        for line in wrong:
            yield _found(claims, grid, line, columns)


def _found(claims: Claims, grid: Grid, line: Line, columns: Sequence[int]) -> Finding:
    numbers = _of(line, columns)
    printed = " + ".join(number.text for number in numbers)
    spot = Spot(grid.section.title, line.cells[columns[0]].place, printed, grid.quoted(line))
    total = least(sum(number.value for number in numbers))
    return finding(HUNDRED, spot, "100 %", f"{printed} = {total} %", None,
                   claims.subjects.of_name(line.name), None, 0.9)  # fmt: skip


def _of(line: Line, columns: Sequence[int]) -> list[Printed]:
    return [line.numbers[column] for column in columns]


def _total(numbers: Sequence[Printed]) -> float:
    return sum(number.value for number in numbers)


def _several(claims: Claims, section: Section) -> bool:
    """Whether a page says that several answers were allowed."""
    return any(_SEVERAL.search(text) for text, _ in claims.worded_of(section))


def _makes_hundred(numbers: Sequence[Printed]) -> bool:
    """Whether some values that round to the printed ones make 100."""
    rounded = [number.rounded() for number in numbers]
    return sum(n.low for n in rounded) <= 100 + 1e-9 and sum(n.high for n in rounded) >= 100 - 1e-9


def columns(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of shares over a total of 100 %, without a gap."""
    for grid in claims.grids:
        if grid.turned or not grid.lines[-1].is_total:
            continue
        *parts, total = grid.lines
        for column in grid.columns:
            hundred = total.numbers.get(column)
            if hundred is None or not (hundred.percent and hundred.value == 100):
                continue
            numbers = [line.numbers[column] for line in parts if column in line.numbers]
            whole = len(numbers) == len(parts) and not any(line.is_total for line in parts)
            if not whole or len(parts) < 3 or not _SHARE.search(grid.head(column)):
                continue
            book.note(total.cells[column].place, total.text(column))
            if not _makes_hundred(numbers):
                told = " + ".join(number.text for number in numbers)
                value = f"{least(sum(number.value for number in numbers))} %"
                spot = Spot(grid.section.title, total.cells[column].place, total.text(column),
                            grid.quoted(total))  # fmt: skip
                yield finding(HUNDRED, spot, value, f"{told} = {value}", None,
                              claims.subjects.of_section(grid.section),
                              Severity.SUSPICIOUS, 0.85)  # fmt: skip


def overlaps(claims: Claims, book: Book) -> Iterator[Finding]:
    """Totals that are the sum of rows which the page says overlap."""
    for grid in claims.grids:
        total = grid.lines[-1]
        note = _note(claims, grid.section)
        if grid.turned or note is None or not total.is_total or len(grid.parts) < 3:
            continue
        for column, number in total.numbers.items():
            parts = [line.numbers[column] for line in grid.parts if column in line.numbers]
            if len(parts) < 3 or number.percent:
                continue
            book.note(total.cells[column].place, number.text)
            if number.value == sum(part.value for part in parts):
                told = " + ".join(part.text for part in parts)
                spot = Spot(grid.section.title, total.cells[column].place, number.text,
                            grid.quoted(total))  # fmt: skip
                yield finding(
                    OVERLAP, spot, f"fewer than {number.text}", f"{told} = {number.text}", note,
                    claims.subjects.of_section(grid.section), None, 0.8,
                )  # fmt: skip


def _note(claims: Claims, section: Section) -> Spot | None:
    """Where a page says that its rows overlap."""
    for text, place in claims.worded_of(section):
        if _OVERLAPS.search(text):
            return Spot(section.title, place, text[:80], text)
    return None


CHECKS = (Check(HUNDRED, rows), Check(HUNDRED, columns), Check(OVERLAP, overlaps))
