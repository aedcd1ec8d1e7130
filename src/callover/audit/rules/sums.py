"""Totals of columns and rows, and differences and per cents of breakdown tables.

A total may be that of the rows since the last one, of all rows, or of the totals above it; which it
is shows in the columns that agree. Only where some column proves the structure is another reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import PERIOD, WHOLE, are_years
from callover.audit.grids import TOTAL as CALLED_TOTAL
from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import in_a_row, quoted_row
from callover.audit.reading.brackets import is_bracketed, mean_minus, negative
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

TOTAL = Rule(
    "total-of-rows",
    "A total is not the sum of its rows",
    Severity.WRONG,
    "A row called total is compared with the rows since the last total, with all rows and with all "
    "totals above it, column by column.",
    "Rows of 169 and 289 with a total of 468.",
    "Add up again; a row that was revised without its total is the usual cause.",
)
ROW_TOTAL = Rule(
    "total-of-columns",
    "A total at the end of a row is not the sum of its cells",
    Severity.WRONG,
    "A last column called total holds the sum of the columns before it.",
    "45, 423 and 14 with a total of 492.",
    "Add up again.",
)
ROW_CHANGE = Rule(
    "row-change",
    "A difference or per cent of a breakdown does not follow from its row",
    Severity.WRONG,
    "Beside two counts, the difference is the first less the second, and the per cent that over "
    "the second.",
    "870 and 714 with a difference of 165.",
    "Work the row out again.",
)
LEFT_OVER = Rule(
    "money-total",
    "A sum of money is not that of its parts",
    Severity.WRONG,
    "Amounts listed one under another add up to the total beneath them.",
    "£189,900, £410,000, £40,000 and £50,000 with a total of £698,900.",
    "Add up again.",
)
NO_SUM = re.compile(r"\bper\b|\brates?\b|\baverage|\bmean\b|\bmedian\b|\bindex\b|\bratio\b|%")
"""What never adds up: rates, averages, per cents."""
_NO_COUNT = re.compile(r"\brank|\bposition\b|\bages?\b|\byears?\b|\bid\b|\bref\b")
"""What is no amount at all."""
_NEARLY, _FAR = 0.1, 3
"""How near the sum a total must be that nothing proves, and from when it is another figure."""
_WITHIN = re.compile(r"\W*(?:of (?:which|whom|these)|including|incl\b)", re.IGNORECASE)
_MOST_ADDED = 250_000
"""Totals of a table times its rows: one with more is data, and "all" in it a value of a column."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile("[A-Za-z]{2}")


@dataclass(frozen=True)
class _Line:
    """A row of numbers: its words, and numbers by column."""

    words: tuple[str, ...]
    numbers: dict[int, Printed]
    cells: dict[int, Cell]
    row: Row
    heads: Mapping[int, str]

    @property
    def excerpt(self) -> str:
        """The row beneath the words over its columns."""
        return quoted_row(self.row, self.heads)

    @cached_property
    def is_total(self) -> bool:
        """Whether it is called a total."""
        return any(CALLED_TOTAL.fullmatch(word) for word in self.words)

    @property
    def is_within(self) -> bool:
        """Whether it says that it is part of the row above it, and so counts once."""
        return bool(self.words and _WITHIN.match(self.words[0]))

    @property
    def is_surely(self) -> bool:
        """Whether it is called a total, or by the name of what its rows make: the year."""
        return self.is_total or bool(self.words and PERIOD.fullmatch(self.words[0]))

    @property
    def may_be_total(self) -> bool:
        """Whether it is called so, or by a name that most columns have to prove."""
        return self.is_total or bool(self.words and WHOLE.fullmatch(self.words[0]))


def _lines(table: Table) -> list[_Line]:
    found = []
    minus, heads = _brackets(table), _heads(table)
    for row in table.rows:
        numbers = {
            at: negative(n) if at in minus and is_bracketed(cell.text) else n
            for at, cell in enumerate(row)
            if (n := read_number(cell.text))
        }
        words = tuple(" ".join(plain(cell.text).split()) for cell in row if _WORD.search(cell.text))
        if numbers and not are_years(numbers):
            found.append(_Line(words, numbers, dict(enumerate(row)), row, heads))
    return found


def _heads(table: Table) -> dict[int, str]:
    """The words over each column before the first row with a number that is no year."""
    heads: dict[int, str] = {}
    for row in takewhile(lambda row: not _has_amounts(row), table.rows):
        at = 0
        for cell in row:
            for column in range(at, at + cell.columns):
                heads[column] = f"{heads.get(column, '')} {cell.text}"
            at += cell.columns
    return heads


def _has_amounts(row: Row) -> bool:
    return any(read_number(cell.text) and not _YEAR.fullmatch(cell.text.strip()) for cell in row)


def _brackets(table: Table) -> set[int]:
    """The columns in which brackets are a minus."""
    texts: dict[int, list[str]] = {}
    if not any("(" in cell.text for row in table.rows for cell in row):
        return set()
    for row in table.rows:
        for at, cell in enumerate(row):
            if read_number(cell.text):
                texts.setdefault(at, []).append(cell.text)
    return {at for at, found in texts.items() if mean_minus(found)}


def totals(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of totals."""
    for section in claims.sections:
        for table in section.tables:
            lines = _lines(table)
            apart = _never_summed(table)
            called = [at for at, line in enumerate(lines) if line.may_be_total]
            for at in called if len(called) * len(lines) <= _MOST_ADDED else ():
                yield from _total(section, lines, at, apart, book)


def _never_summed(table: Table) -> set[int]:
    """The columns whose heading says that they hold rates, averages or per cents."""
    found: set[int] = set()
    for row in table.rows:
        if _has_amounts(row):
            return found
        heads = [plain(cell.text).lower() for cell in row]
        found |= {
            at for at, head in enumerate(heads) if NO_SUM.search(head) or _NO_COUNT.search(head)
        }
    return found


def _total(
    section: Section, lines: list[_Line], at: int, apart: set[int], book: Book
) -> Iterator[Finding]:  # fmt: skip
    line = lines[at]
    columns = [c for c, n in line.numbers.items() if not n.percent and c not in apart]
    best: tuple[int, list[tuple[int, float]], list[_Line]] = (0, [], [])
    for rows in _candidates(lines, at):
        sums = [(c, _sum(rows, c)) for c in columns if _covers(rows, c)]
        right = sum(line.numbers[c].may_be(value) for c, value in sums)
        if right > best[0]:
            best = right, sums, rows
    right, sums, rows = best
    wrong = [(c, value) for c, value in sums if not line.numbers[c].may_be(value)]
    wrong = [(c, value) for c, value in wrong if not _is_mean(line, rows, c)]
    for column, _ in sums:
        book.note(line.cells[column].place, line.numbers[column].text)
    if right and right >= len(wrong) + (0 if line.is_surely else 1):
        for column, value in wrong:
            yield _wrong_total(section, line, rows, column, value)
    elif not right and len(columns) == 1 and line.is_surely:
        yield from _alone(section, lines, at, columns[0], book)


def _alone(
    section: Section, lines: list[_Line], at: int, column: int, book: Book
) -> Iterator[Finding]:  # fmt: skip
    """The total of a column that stands alone: nothing else proves what it sums, so only one that
    is nearly the sum is reported."""
    line = lines[at]
    printed = line.numbers[column]
    near = [
        (rows, value)
        for rows in _candidates(lines, at)
        if _covers(rows, column) and _are_counts(rows, column)
        if abs((value := _sum(rows, column)) - printed.value) <= _NEARLY * abs(printed.value)
    ]
    if not near or not _are_counts([line], column):
        return
    book.note(line.cells[column].place, printed.text)
    rows, value = near[0]
    yield replace(
        _wrong_total(section, line, rows, column, value),
        severity=Severity.SUSPICIOUS, confidence=0.8,
    )  # fmt: skip


def _are_counts(lines: Sequence[_Line], column: int) -> bool:
    numbers = [line.numbers[column] for line in lines if column in line.numbers]
    return all(number.half == 0 and not number.money for number in numbers)


def _is_mean(line: _Line, rows: Sequence[_Line], column: int) -> bool:
    """Whether a number with decimals lies among those above it, as an average does."""
    values = [row.numbers[column].value for row in rows if column in row.numbers]
    printed = line.numbers[column]
    return printed.half > 0 and min(values) <= printed.value <= max(values)


def _candidates(lines: list[_Line], at: int) -> Iterator[list[_Line]]:
    """What a total at ``at`` may be the sum of."""
    above = lines[:at]
    last = max((i for i, each in enumerate(above) if each.is_total), default=-1)
    since = above[last + 1 :]
    apart = [each for each in since if not each.is_within]
    if len(apart) < len(since):
        yield apart
    yield since
    yield [each for each in above if not each.is_total]
    yield [each for each in above if each.is_total]


def _covers(rows: Sequence[_Line], column: int) -> bool:
    return sum(column in row.numbers for row in rows) >= 2


def _sum(rows: Sequence[_Line], column: int) -> float:
    return sum(row.numbers[column].value for row in rows if column in row.numbers)


def _wrong_total(
    section: Section, line: _Line, rows: Sequence[_Line], column: int, value: float
) -> Finding:
    added = [row.numbers[column].text for row in rows if column in row.numbers]
    told = " + ".join(added) if len(added) <= 9 else f"{' + '.join(added[:8])} + ..."
    spot = Spot(section.title, line.cells[column].place, line.numbers[column].text, line.excerpt)
    printed = line.numbers[column].value
    slip = min(abs(value), abs(printed)) > max(abs(value), abs(printed)) / _FAR
    return finding(
        TOTAL, spot, least(value), f"{told} = {least(value)}, not {line.numbers[column].text}",
        Spot(section.title, rows[0].row[0].place, in_a_row(rows[0].row), rows[0].excerpt), "",
        None if slip else Severity.SUSPICIOUS, 0.95 if slip else 0.6,
    )  # fmt: skip


def money(claims: Claims, book: Book) -> Iterator[Finding]:
    """Lists of amounts over their total: one column, so no other column can prove the structure."""
    for section in claims.sections:
        for table in section.tables:
            lines = _lines(table)
            called = [at for at, line in enumerate(lines) if line.is_total and at >= 2]
            for at in called if len(called) * len(lines) <= _MOST_ADDED else ():
                line = lines[at]
                amounts = [n for n in line.numbers.values() if n.money]
                if len(amounts) != 1:
                    continue
                column = next(c for c, n in line.numbers.items() if n.money)
                book.note(line.cells[column].place, amounts[0].text)
                added = [rows for rows in _candidates(lines, at) if _covers(rows, column)]
                values = [_sum(rows, column) for rows in added]
                if added and not any(map(amounts[0].may_be, values)):
                    yield _money_total(section, line, added[0], column, values[0])


def _money_total(
    section: Section, line: _Line, rows: Sequence[_Line], column: int, value: float
) -> Finding:
    added = " + ".join(row.numbers[column].text for row in rows if column in row.numbers)
    spot = Spot(section.title, line.cells[column].place, line.numbers[column].text, line.excerpt)
    return finding(LEFT_OVER, spot, f"£{least(value)}", f"{added} = £{least(value)}")


CHECKS = (
    Check(TOTAL, totals),
    Check(LEFT_OVER, money),
)
