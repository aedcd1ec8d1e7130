"""What the columns of a table are to one another: differences, per cents, shares, totals.

Which column is which shows in the figures: an identity counts where at least twice as many lines
prove it as break it. Headings only say what kind of figure a column holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.parts import SHARE
from callover.audit.rules.rule import Rule
from callover.audit.rules.running import RUNNING_TOTAL
from callover.audit.rules.sums import NO_SUM, ROW_CHANGE, ROW_TOTAL, TOTAL
from callover.domain.errors import Severity

MEAN = Rule(
    "average-of-columns",
    "An average is not that of its columns",
    Severity.WRONG,
    "A column called an average is the mean of the columns that it follows from in most rows.",
    "640, 655 and 702 with an average of 656.7: it is 665.7.",
    "Work the average out again.",
)
_AVERAGE = re.compile(r"\baverage\b|\bmean\b")
_DIFFERENCE = re.compile(
    r"\bdiff|\bchange|\bvarian|\+/-|\bremain|\bbalance\b|\bgap\b|\bunspent\b|\bleft\b|\bnet\b"
    r"|\bshortfall|\bsurplus|\bdeficit|\bunderspen|\boverspen|\boutstanding\b"
)
_NO_SHARE = re.compile(r"\btarget\b|\bconfiden|\bsatisf")
_WHOLE = re.compile(
    r"\btotal|\ball\b|\bwhole\b|\boverall\b|\bsum\b|\bcombined\b|\bhalf\b|^h[12]\b"
    r"|\bto date\b|\bytd\b|^(?:20)?\d\d[/-]\d\d$"
)
_LEAST, _MANY = 3, 5
_LARGE = 20


@dataclass(frozen=True, slots=True)
class Step:
    """What an identity says of one line: the values that may stand there, and how they come."""

    line: Line
    low: float
    high: float
    arithmetic: str
    percent: bool = False

    def holds(self, column: int) -> bool:
        """Whether the number printed in ``column`` may be one of them."""
        return self.printed(column).may_be(self.low, self.high)

    def printed(self, column: int) -> Printed:
        """The number in ``column``; a per cent without decimals may be rounded."""
        number = self.line.numbers[column]
        return number.rounded() if self.percent else number


_FEW = 8
_RUNNING = re.compile(
    r"\bto date\b|\bytd\b|\bcumul|\brunning\b|\bso far\b|\btotal\b", re.IGNORECASE
)
_NOTE = re.compile(r"\[note|\*|[¹²³]")
Identity = Callable[[Line], Step | None]


@dataclass(frozen=True, slots=True)
class Proof:
    """An identity as the lines of a grid bear it out."""

    right: tuple[Step, ...]
    wrong: tuple[Step, ...]

    @property
    def is_proof(self) -> bool:
        """Whether at least twice as many lines bear it out as break it."""
        return len(self.right) >= max(2, 2 * len(self.wrong))


def proof_of(grid: Grid, column: int, identity: Identity) -> Proof:
    """The lines that bear an identity of ``column`` out, and those that break it.

    Left off where so many break it that it is none.
    """
    percent = grid.is_percent(column)
    lines = [x for x in grid.lines if column in x.numbers]
    right: list[Step] = []
    wrong: list[Step] = []
    for line in lines:
        step = identity(line) if percent or not line.numbers[column].percent else None
        if step is not None:
            (right if step.holds(column) else wrong).append(step)
        if 3 * len(wrong) > len(lines):
            return Proof((), tuple(wrong))
    return Proof(tuple(right), tuple(wrong))


def best_proof(grid: Grid, column: int, identities: Sequence[Identity]) -> Proof | None:
    """What most lines bear out; None where nothing is proven or two are equally likely."""
    proofs = [proof_of(grid, column, identity) for identity in identities]
    proven = sorted((p for p in proofs if p.is_proof), key=lambda p: (-len(p.right), len(p.wrong)))
    if not proven:
        return None
    first = proven[0]
    doubtful = [
        p for p in proven[1:] if len(p.right) == len(first.right) and p.wrong != first.wrong
    ]
    return None if doubtful and first.wrong else first


# Identities


def _difference(one: int, other: int) -> Identity:
    def told(line: Line) -> Step | None:
        now, was = line.numbers.get(one), line.numbers.get(other)
        if now is None or was is None:
            return None
        rise = now.value - was.value
        return Step(line, now.low - was.high, now.high - was.low,
                    f"{now.text} - {was.text} = {least(rise)}")  # fmt: skip

    return told


def _change(one: int, other: int) -> Identity:
    def told(line: Line) -> Step | None:
        now, was = line.numbers.get(one), line.numbers.get(other)
        if now is None or was is None or was.low <= 0 or now.low < 0:
            return None
        low, high = 100 * (now.low / was.high - 1), 100 * (now.high / was.low - 1)
        return Step(line, low, high, f"({now.text} - {was.text}) / {was.text} = "
                    f"{100 * (now.value / was.value - 1):+.1f} %", True)  # fmt: skip

    return told


def _share(one: int, other: int) -> Identity:
    def told(line: Line) -> Step | None:
        part, whole = line.numbers.get(one), line.numbers.get(other)
        if part is None or whole is None:
            return None
        return _of(line, part, whole)

    return told


def _of(line: Line, part: Printed, whole: Printed) -> Step | None:
    if whole.low <= 0 or part.low < 0:
        return None
    low, high = 100 * part.low / whole.high, 100 * part.high / whole.low
    share = 100 * part.value / whole.value
    return Step(line, low, high, f"{part.text} / {whole.text} = {share:.1f} %", True)


def _share_of_all(grid: Grid, column: int) -> Identity:
    total = next((line for line in reversed(grid.lines) if line.is_total), None)

    def told(line: Line) -> Step | None:
        part = line.numbers.get(column)
        whole = total.numbers.get(column) if total else None
        return _of(line, part, whole) if part and whole and line is not total else None

    return told


def _share_of_sum(grid: Grid, column: int) -> Identity:
    known = [line.numbers[column] for line in grid.parts if column in line.numbers]
    value = sum(number.value for number in known)
    whole = Printed(least(value), value, sum(number.half for number in known))

    def told(line: Line) -> Step | None:
        part = line.numbers.get(column)
        return _of(line, part, whole) if part else None

    return told


def _sum(first: int, last: int) -> Identity:
    columns = range(first, last + 1)

    def told(line: Line) -> Step | None:
        if NO_SUM.search(line.name.lower()):
            return None
        numbers = [line.numbers.get(column) for column in columns]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or any(number.percent for number in known):
            return None
        if sum(number.value != 0 for number in known) < 2:
            return None
        added = " + ".join(number.text for number in known)
        total = sum(number.value for number in known)
        return Step(line, sum(number.low for number in known),
                    sum(number.high for number in known), f"{added} = {least(total)}")  # fmt: skip

    return told


def _mean(first: int, last: int) -> Identity:
    columns = range(first, last + 1)

    def told(line: Line) -> Step | None:
        known = [line.numbers[column] for column in columns if column in line.numbers]
        if len(known) < len(columns) or any(number.percent for number in known):
            return None
        low, high, mean = (
            sum(getattr(number, side) for number in known) / len(known)
            for side in ("low", "high", "value")
        )
        added = " + ".join(number.text for number in known)
        return Step(line, low, high, f"({added}) / {len(known)} = {least(round(mean, 2))}", True)

    return told


# Rules


def _counts(grid: Grid, column: int) -> list[int]:
    """The columns that a column may follow from: counts and sums of money, no changes."""
    return [
        c
        for c in grid.columns
        if c != column and not grid.is_percent(c) and not _DIFFERENCE.search(grid.head(c))
    ]


def differences(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of differences, variances and what remains."""
    for grid in claims.grids:
        for column in grid.columns:
            if _DIFFERENCE.search(grid.head(column)) and not grid.is_percent(column):
                pairs = permutations(_counts(grid, column), 2)
                identities = [_difference(*pair) for pair in pairs]
                yield from _report(claims, grid, column, identities, ROW_CHANGE, book)


def percents(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of percentages: changes where the heading or the signs say so, else shares."""
    for grid in claims.grids:
        for column in grid.columns:
            if not grid.is_percent(column):
                continue
            counts = _counts(grid, column)
            if _is_change(grid, column):
                identities = [_change(*pair) for pair in permutations(counts, 2)]
                yield from _report(claims, grid, column, identities, ROW_CHANGE, book)
            elif not _NO_SHARE.search(grid.head(column).replace("within target", "")):
                identities = [_share(*pair) for pair in permutations(counts, 2)]
                identities += [_share_of_all(grid, count) for count in counts]
                identities += [_share_of_sum(grid, count) for count in counts]
                yield from _report(claims, grid, column, identities, SHARE, book)


def _is_change(grid: Grid, column: int) -> bool:
    signed = any(line.numbers[column].signed for line in grid.lines if column in line.numbers)
    return signed or "change" in grid.head(column) or "+/-" in grid.head(column)


def totals(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns that are the sum of neighbouring ones; one not called a total needs more proof."""
    for grid in claims.grids:
        for column in grid.columns:
            if grid.is_percent(column) or _is_no_sum(grid.head(column)):
                continue
            called = _WHOLE.search(grid.head(column)) is not None
            if not called and len(grid.columns) > _FEW:
                continue  # among many columns some add up by chance
            identities = [_sum(first, last) for first, last in _stretches(grid, column)]
            enough = _LEAST if called else _MANY
            rule = TOTAL if grid.turned else ROW_TOTAL
            yield from _report(claims, grid, column, identities, rule, book, enough)


def _is_no_sum(head: str) -> bool:
    return bool(_DIFFERENCE.search(head) or NO_SUM.search(head))


def _stretches(grid: Grid, column: int) -> Iterator[tuple[int, int]]:
    """Two or more neighbouring columns of counts; next to ``column`` unless that is a total."""
    anywhere = bool(_WHOLE.search(grid.head(column)))
    for first, last in _neighbours(set(_counts(grid, column))):
        if anywhere or last == column - 1 or first == column + 1:
            yield first, last


def _neighbours(columns: set[int]) -> Iterator[tuple[int, int]]:
    """Each stretch of two or more columns without a gap."""
    for first in sorted(columns):
        last = first + 1
        while last in columns:
            yield first, last
            last += 1


def _report(
    claims: Claims, grid: Grid, column: int, identities: Sequence[Identity], rule: Rule,
    book: Book, enough: int = 2,
) -> Iterator[Finding]:  # fmt: skip
    proof = best_proof(grid, column, identities)
    if proof is None or len(proof.right) < enough:
        return
    if enough == _MANY and not all(step.high >= _LARGE for step in proof.right):
        return  # small numbers add up by chance
    for step in (*proof.right, *proof.wrong):
        book.note(step.line.cells[column].place, step.line.cells[column].text)
    for step in proof.wrong:
        if _NOTE.search(step.line.excerpt):
            continue  # the row says itself that it is another case
        cell = step.line.cells[column]
        spot = Spot(grid.section.title, cell.place, cell.text.strip(), grid.quoted(step.line))
        subject = claims.subjects.of_name(step.line.name)
        follows = step.arithmetic.rpartition(" = ")[2]
        yield finding(rule, spot, follows, step.arithmetic, None, subject, None, 0.9)


def averages(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns called an average, of neighbouring columns of counts."""
    for grid in claims.grids:
        for column in grid.columns:
            if _AVERAGE.search(grid.head(column)) and not grid.is_percent(column):
                pairs = _neighbours(set(_counts(grid, column)))
                identities = [_mean(first, last) for first, last in pairs]
                yield from _report(claims, grid, column, identities, MEAN, book, _LEAST)


# Running totals down a column


def running(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns that run up the column beside them, line by line."""
    for grid in claims.grids:
        for column in grid.columns:
            if grid.is_percent(column) or not _RUNNING.search(grid.head(column)):
                continue
            for added in _counts(grid, column):
                yield from _running(claims, grid, column, added, book)


def _running(
    claims: Claims, grid: Grid, column: int, added: int, book: Book
) -> Iterator[Finding]:  # fmt: skip
    lines = [line for line in grid.parts if column in line.numbers and added in line.numbers]
    starts = bool(lines) and lines[0].numbers[column].value == lines[0].numbers[added].value
    steps = [(a, b, a.numbers[column].value + b.numbers[added].value) for a, b in pairwise(lines)]
    wrong = [step for step in steps if not step[1].numbers[column].may_be(step[2])]
    right = len(steps) - len(wrong)
    if not starts or right < _LEAST or right < len(wrong):
        return
    for _, line, _ in steps:
        book.note(line.cells[column].place, line.cells[column].text)
    for before, line, follows in wrong[:1]:
        cell = line.cells[column]
        spot = Spot(grid.section.title, cell.place, cell.text.strip(), grid.quoted(line))
        yield finding(
            RUNNING_TOTAL, spot, least(follows),
            f"{before.numbers[column].text} + {line.numbers[added].text} = {least(follows)}, "
            f"not {line.numbers[column].text}", None, claims.subjects.of_section(grid.section),
        )  # fmt: skip


CHECKS = (
    Check(ROW_CHANGE, differences),
    Check(ROW_CHANGE, percents),
    Check(ROW_TOTAL, totals),
    Check(RUNNING_TOTAL, running),
    Check(MEAN, averages),
)
