"""What the columns of a table are to one another: differences, per cents, shares, totals.

Which column is which shows in the figures: an identity counts where at least twice as many lines
prove it as break it. Headings only say what kind of figure a column holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, permutations

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import TOTAL as CALLED_TOTAL
from callover.audit.grids import Grid
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.identities import (
    Identity,
    best_proof,
    change_of,
    difference_of,
    mean_of,
    product_of,
    quotient_of,
    share_of,
    share_of_all,
    share_of_sum,
    sum_of,
)
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
EACH = Rule(
    "amount-for-each",
    "An amount for each does not follow from the total and the number",
    Severity.WRONG,
    "Where most rows show that a column is one of the others over another, or times another, such "
    "as the cost of each output, people per session, or income from penalties, every row is.",
    "£21,500 for 172 kits with £152 each: it is £125.",
    "Work the row out again.",
)
_PER = re.compile(r"\bper ([\d,]*\d)")
_AVERAGE = re.compile(r"\baverage\b|\bmean\b")
_DIFFERENCE = re.compile(
    r"\bdiff|\bchange|\bvarian|\+/-|\bremain|\bbalance\b|\bgap\b|\bunspent\b|\bleft\b|\bnet\b"
    r"|\bshortfall|\bsurplus|\bdeficit|\bunderspen|\boverspen|\boutstanding\b"
)
_PERIOD = re.compile(r"\d|\bcomparison\b|\bprevious\b|\b(?:this|last) (?:year|quarter|month)\b")
_POINTS = re.compile(r"\bpoints?\b|\bpts\b|\bpp\b")
_EACH = re.compile(r"\bper\b|\beach\b|\baverage\b|\bmean\b|\bunit cost\b|\bcaseload\b|\brate\b")
_PRODUCT = re.compile(r"\bincome\b|\bcost\b|\bvalue\b|\bspend\b|\bamount\b|\btotal\b|\bpayable\b")
_AIMED = re.compile(r"\btargets?\b|\bambition\b|\bprofile\b|\bmilestone\b|\bbenchmark\b|\bgoal\b")
_NO_SHARE = re.compile(r"\btarget\b|\bconfiden|\bsatisf")
_WHOLE = re.compile(
    r"\btotal|\ball\b|\bwhole\b|\boverall\b|\bsum\b|\bcombined\b|\bhalf\b|^h[12]\b"
    r"|\bto date\b|\bytd\b|^(?:20)?\d\d[/-]\d\d$|^(?:the |full )?(?:year|week|quarter)$"
    r"|\byear (?:to|ending|ended)\b|^(?:12|twelve) months$"
)
_FEWEST, _LEAST, _MANY = 2, 3, 5
_LARGE = 20
_FEW = 8
_RUNNING = re.compile(
    r"\bto date\b|\bytd\b|\bcumul|\brunning\b|\bso far\b|\btotal\b", re.IGNORECASE
)
_NOTE = re.compile(r"\[note|\*|[¹²³]")


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
                counts, stated = _periods(grid, column)
                if _POINTS.search(grid.head(column)):
                    counts, stated = [c for c in grid.columns if grid.is_percent(c)], False
                identities = [difference_of(*pair) for pair in permutations(counts, 2)]
                yield from _report(
                    claims, grid, column, identities, ROW_CHANGE, book, stated=stated
                )


def percents(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of percentages: changes where the heading or the signs say so, else shares."""
    for grid in claims.grids:
        for column in grid.columns:
            if not grid.is_percent(column):
                continue
            counts = _counts(grid, column)
            if _is_change(grid, column):
                periods, stated = _periods(grid, column)
                identities = [change_of(*pair) for pair in permutations(periods, 2)]
                yield from _report(
                    claims, grid, column, identities, ROW_CHANGE, book, stated=stated
                )
            elif not _NO_SHARE.search(grid.head(column).replace("within target", "")):
                identities = [share_of(*pair) for pair in permutations(counts, 2)]
                identities += [share_of_all(grid, count) for count in counts]
                identities += [share_of_sum(grid, count) for count in counts]
                yield from _report(claims, grid, column, identities, SHARE, book)


def _periods(grid: Grid, column: int) -> tuple[list[int], bool]:
    """The columns a change may be of, and whether the headings leave only two, both periods."""
    counts = _counts(grid, column)
    before = [c for c in counts if c < column]
    stated = len(before) == 2 and all(_PERIOD.search(grid.head(c)) for c in before)
    return (before, True) if stated and not grid.turned else (counts, False)


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
            identities = [sum_of(first, last) for first, last in _stretches(grid, column)]
            enough = _LEAST if called else _MANY
            if CALLED_TOTAL.fullmatch(grid.head(column)) and not grid.turned:
                enough = _FEWEST
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
    book: Book, enough: int = 2, stated: bool = False,
) -> Iterator[Finding]:  # fmt: skip
    proof = best_proof(grid, column, identities, stated)
    if proof is None or (len(proof.right) < enough and not stated):
        return
    if enough == _MANY and not all(step.high >= _LARGE for step in proof.right):
        return  # small numbers add up by chance
    for step in (*proof.right, *proof.wrong):
        book.note(step.line.cells[column].place, step.line.cells[column].text)
    for step in proof.wrong:
        if _AIMED.search(step.line.name.lower()):
            continue  # what is aimed at follows from nothing
        if not stated and _NOTE.search(step.line.excerpt):
            continue  # the row says itself that it is another case
        cell = step.line.cells[column]
        spot = Spot(grid.section.title, cell.place, cell.text.strip(), grid.quoted(step.line))
        subject = claims.subjects.of_name(step.line.name)
        follows = step.arithmetic.rpartition(" = ")[2]
        yield finding(rule, spot, follows, step.arithmetic, None, subject, None, 0.9)


def quotients(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of costs, people or crimes for each of something, and what such a column makes."""
    for grid in claims.grids:
        for column in grid.columns:
            if grid.is_percent(column) or grid.turned:
                continue
            identities: list[Identity] = []
            counts = _counts(grid, column)
            if _EACH.search(grid.head(column)):
                per = _per(grid.head(column))
                identities = [quotient_of(*pair, per) for pair in permutations(counts, 2)]
            elif _PRODUCT.search(grid.head(column)):
                identities = [product_of(*pair) for pair in combinations(counts, 2)]
            yield from _report(claims, grid, column, identities, EACH, book)


def _per(head: str) -> int:
    """The 1,000 of "per 1,000 residents", else 1."""
    found = _PER.search(head)
    return int(found[1].replace(",", "")) if found else 1


def averages(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns called an average, of neighbouring columns of counts."""
    for grid in claims.grids:
        for column in grid.columns:
            if _AVERAGE.search(grid.head(column)) and not grid.is_percent(column):
                pairs = _neighbours(set(_counts(grid, column)))
                identities = [mean_of(first, last) for first, last in pairs]
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
    Check(EACH, quotients),
)
