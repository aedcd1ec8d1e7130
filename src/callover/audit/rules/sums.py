"""Totals of columns and rows, and differences and per cents of breakdown tables.

A total may be that of the rows since the last one, of all rows, or of the totals above it; which it
is shows in the columns that agree. Only where some column proves the structure is another reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import quoted_row
from callover.audit.reading.brackets import is_bracketed, mean_minus, negative
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import series_in
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
_TOTAL = re.compile(r"(?:grand |sub-?)?total\b.*|all .+ total|sum|overall total", re.IGNORECASE)
NO_SUM = re.compile(r"\bper\b|\brates?\b|\baverage|\bmean\b|\bmedian\b|\bindex\b|\bratio\b|%")
"""What never adds up: rates, averages, per cents."""
_NO_COUNT = re.compile(r"\brank|\bposition\b|\bages?\b|\byears?\b|\bid\b|\bref\b")
"""What is no amount at all."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PER_CENT = re.compile(
    r"%\s*(?:chang|diff)|(?:chang|diff)\w*\W*(?:%|per ?cent)|per ?cent(?:age)? (?:chang|diff)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"\bdiff(?:erence)?\b|\bchange\b|\+/-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
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

    @property
    def is_total(self) -> bool:
        return any(_TOTAL.fullmatch(word) for word in self.words)


def _lines(table: Table) -> list[_Line]:
    found = []
    minus, heads = _brackets(table), _heads(table)
    for row in table.rows:
        numbers = {
            at: negative(n) if at in minus and is_bracketed(cell.text) else n
            for at, cell in enumerate(row)
            if (n := read_number(cell.text))
        }
        words = tuple(
            " ".join(plain(cell.text).split())
            for cell in row
            if re.search(r"[A-Za-z]{2}", cell.text)
        )
        if numbers:
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
            for at, line in enumerate(lines):
                if line.is_total:
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
    if right and right >= len(wrong):
        for column, value in wrong:
            yield _wrong_total(section, line, rows, column, value)


def _is_mean(line: _Line, rows: Sequence[_Line], column: int) -> bool:
    """Whether a number with decimals lies among those above it, as an average does."""
    values = [row.numbers[column].value for row in rows if column in row.numbers]
    printed = line.numbers[column]
    return printed.half > 0 and min(values) <= printed.value <= max(values)


def _candidates(lines: list[_Line], at: int) -> Iterator[list[_Line]]:
    """What a total at ``at`` may be the sum of."""
    above = lines[:at]
    last = max((i for i, each in enumerate(above) if each.is_total), default=-1)
    yield above[last + 1 :]
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
    return finding(
        TOTAL, spot, least(value), f"{told} = {least(value)}, not {line.numbers[column].text}",
        Spot(section.title, rows[0].row[0].place, _printed(rows[0]), rows[0].excerpt),
    )  # fmt: skip


def _printed(line: _Line) -> str:
    return " | ".join(cell.text.strip() for cell in line.row if cell.text.strip())


def row_totals(claims: Claims, book: Book) -> Iterator[Finding]:
    """Last columns of totals, where most rows agree that they are sums."""
    for section in claims.sections:
        for table in section.tables:
            column = _total_column(table)
            lines = _lines(table)
            whole = [each for each in lines if column in each.numbers and len(each.numbers) > 2]
            sums = [(each, _across(each, column)) for each in whole]
            right = sum(each.numbers[column].may_be(value) for each, value in sums)
            if right * 2 <= len(sums):
                continue
            for each, value in sums:
                printed = each.numbers[column]
                book.note(each.cells[column].place, printed.text)
                if not printed.may_be(value):
                    yield finding(
                        ROW_TOTAL,
                        Spot(section.title, each.cells[column].place, printed.text, each.excerpt),
                        least(value), f"the cells before it add up to {least(value)}",
                    )  # fmt: skip


def _total_column(table: Table) -> int:
    """The last column where a heading calls it a total, else -1."""
    for row in table.rows[:4]:
        texts = [plain(cell.text).strip() for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > 2 and _TOTAL.fullmatch(texts[-1]):
            return len(texts) - 1
    return -1


def _across(line: _Line, column: int) -> float:
    """The sum of the cells before ``column``; a first number that is a row's name stays out."""
    before = {at: n for at, n in line.numbers.items() if at < column}
    named = 0 in before and not line.words
    return sum(n.value for at, n in before.items() if at > 0 or not named)


def changes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Breakdowns with two counts, a difference and a per cent in each row."""
    for section in claims.sections:
        for table in section.tables:
            if series_in(replace(section, blocks=(table,))):
                continue
            yield from _breakdown(claims, section, table, book)


def _breakdown(claims: Claims, section: Section, table: Table, book: Book) -> Iterator[Finding]:
    found = _columns(table)
    if found is None:
        return
    now, before, percent, difference = found
    lines = [line for line in _lines(table) if now in line.numbers and before in line.numbers]
    if _fits(lines, (before, now), found) > _fits(lines, (now, before), found):
        now, before = before, now
    for line in lines:
        yield from _row(claims, section, line, (now, before), (percent, difference), book)


def _fits(
    lines: Sequence[_Line], sides: tuple[int, int], told: tuple[int, int, int, int]
) -> int:  # fmt: skip
    """How many differences and per cents follow with the columns of now and before that way."""
    right = 0
    for line in lines:
        now, before = (line.numbers[side].value for side in sides)
        percent, difference = line.numbers.get(told[2]), line.numbers.get(told[3])
        counted = difference is not None and not difference.percent
        right += difference is not None and counted and difference.may_be(now - before)
        rise = 100 * (now - before) / before if before > 0 else None
        right += percent is not None and rise is not None and percent.rounded().may_be(rise)
    return right


def _columns(table: Table) -> tuple[int, int, int, int] | None:
    """Columns of now, before, per cent and difference; the last two are -1 where there is none."""
    for row in table.rows[:3]:
        texts = [plain(cell.text).strip() for cell in row]
        percent = next((i for i, t in enumerate(texts) if _PER_CENT.search(t)), -1)
        difference = next(
            (i for i, t in enumerate(texts) if i != percent and _DIFFERENCE.search(t)), -1
        )
        first = min((i for i in (percent, difference) if i >= 0), default=-1)
        counts = [
            i
            for i in range(first)
            if texts[i] and "%" not in texts[i] and re.search(r"\d|comparison|previous", texts[i])
        ]
        if first > 0 and len(counts) == 2:
            return counts[0], counts[1], percent, difference
    return None


def _row(
    claims: Claims, section: Section, line: _Line, sides: tuple[int, int], told: tuple[int, int],
    book: Book,
) -> Iterator[Finding]:  # fmt: skip
    now, before = (line.numbers[side] for side in sides)
    percent, difference = told
    rise = now.value - before.value
    subject = claims.subjects.of_name(line.words[-1]) if line.words else ""
    if difference in line.numbers and not line.numbers[difference].percent:
        printed = line.numbers[difference]
        book.note(line.cells[difference].place, printed.text)
        if not printed.may_be(rise):
            yield _wrong_row(section, line, difference, least(rise),
                             f"{now.text} - {before.text} = {least(rise)}", subject)  # fmt: skip
    if percent in line.numbers and before.value > 0:
        printed = line.numbers[percent].rounded()
        book.note(line.cells[percent].place, printed.text)
        follows = 100 * rise / before.value
        if not printed.may_be(follows):
            yield _wrong_row(section, line, percent, f"{follows:+.1f} %",
                             f"({now.text} - {before.text}) / {before.text} = {follows:+.1f} %",
                             subject)  # fmt: skip


def _wrong_row(
    section: Section, line: _Line, column: int, follows: str, arithmetic: str, subject: str
) -> Finding:
    spot = Spot(section.title, line.cells[column].place, line.numbers[column].text, line.excerpt)
    return finding(ROW_CHANGE, spot, follows, arithmetic, None, subject)


def money(claims: Claims, book: Book) -> Iterator[Finding]:
    """Lists of amounts over their total: one column, so no other column can prove the structure."""
    for section in claims.sections:
        for table in section.tables:
            lines = _lines(table)
            for at, line in enumerate(lines):
                amounts = [n for n in line.numbers.values() if n.money]
                if not line.is_total or len(amounts) != 1 or at < 2:
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
    Check(ROW_TOTAL, row_totals),
    Check(ROW_CHANGE, changes),
    Check(LEFT_OVER, money),
)
