"""Scorecards: rows of a table with what was achieved, its target, and the rating of the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from callover.audit.grids import Grid, Line
from callover.audit.reading.names import words_of
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.reading.stretches import stretches_in

_ACTUAL = re.compile(r"\bactual\b|\boutturn\b|\bachieved\b|\bperformance\b|\bresult\b")
_SO_FAR = re.compile(r"\bytd\b|\bto date\b|\bso far\b")
_TOLERANCE = re.compile(r"\btolerance\b|\bthreshold\b")
_NOW = re.compile(r"\b(?:this (?:year|quarter|month|period)|current|latest|now)\b")
_TARGET = re.compile(
    r"\btarget\b|\bplan(?:ned)?\b|\btrajectory\b|\bceiling\b|\bmilestone\b|\bprofile\b|\bambition\b"
)
_RATING = re.compile(
    r"\brag\b|\brating\b|\bstatus\b|\brated?\b|\bmet\b|\bforecast\b|\bposition\b|\bresult\b"
)
_VERDICTS = {
    "good": r"green|g|yes|y|met|on target|on track|achieved|exceeded|target met|likely|✓|✔",
    "middle": r"amber|a|within tolerance|nearly met|partly met|close to target|at risk|✱",
    "bad": r"red|r|no|n|not met|off target|off track|(?:target )?missed|below target|unlikely|✗|✘",
}
_GOOD = re.compile(r"\bgood\b|\bpolarity\b|\baim\b|\bbetter\b|\bdesired\b")
_LOW = re.compile(
    r"(?:low|lower|smaller|less|fewer|decrease|down|minimise|reduce)\b.*", re.IGNORECASE
)
_HIGH = re.compile(
    r"(?:high|higher|bigger|larger|more|increase|up|maximise|raise)\b.*", re.IGNORECASE
)
_MOST = (
    r"no more than|not more than|at most|up to|max(?:imum)?(?: of)?|[≤<]=?|fewer than|less than"
    r"|under|below"
)
_LEAST = (
    r"at least|no less than|not less than|no fewer than|min(?:imum)?(?: of)?|[≥>]=?|more than"
    r"|over|above"
)
_LIMIT = re.compile(
    rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))?\s*(?P<number>[£\d][\d,.]*\s?(?:%|per cent\b)?)\s*"
    r"(?:(?P<or_less>or (?:fewer|less|below|under|lower)|max(?:imum)?)"
    r"|(?P<or_more>or (?:more|above|over|higher|better)|min(?:imum)?|\+))?",
    re.IGNORECASE,
)
_IN_NAME = re.compile(
    r"\(\s*(?:(?P<low>max(?:imum)?|ceiling|low(?:er)?(?: is better| is good)?)|"
    r"(?P<high>min(?:imum)?|floor|high(?:er)?(?: is better| is good)?))\s*\)",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[±+-]?\s*(\d+(?:\.\d+)?)\s*(%|pts?|pp|points?|percentage points?)", re.I)
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Score:
    """A row of a scorecard. ``lower`` says that less is good, None where the row does not say.

    ``actual`` is the number achieved, ``target`` what was aimed at, ``column`` where the rating
    stands, None for a table without ratings. ``tolerance`` is how far from the target the middle
    rating reaches: in per cent of the target or, where the target is one, in points.
    """

    grid: Grid
    line: Line
    actual: Printed
    target: Printed
    lower: bool | None
    column: int | None
    tolerance: Printed | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met, None where the row does not say which side is good."""
        if self.lower is None:
            return None
        if self.lower:
            return self.actual.low <= self.target.high
        return self.actual.high >= self.target.low

    @property
    def verdict(self) -> str:
        """Its rating in one of three words: good, middle or bad; "" for another or none."""
        text = "" if self.column is None else self.line.text(self.column).lower()
        return next((each for each, words in _VERDICTS.items() if re.fullmatch(words, text)), "")

    @property
    def short(self) -> float:
        """How far the target is missed, in points where it is a per cent, else in per cent."""
        gap = (self.actual.value - self.target.value) * (1 if self.lower else -1)
        return gap if self.target.percent else 100 * gap / self.target.value

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of what it is of."""
        return frozenset(words_of(_IN_BRACKETS.sub(" ", self.line.name)))


def scores_of(grid: Grid) -> Iterator[Score]:
    """The rows of a scorecard; none of another table."""
    target, rating = _target(grid), grid.column_of(_RATING)
    within = grid.column_of(_TOLERANCE)
    actual = _actual(grid, target)
    if target is None or actual is None or grid.turned:
        return
    for line in grid.lines:
        number, limit = line.numbers.get(actual), read_target(line.text(target))
        if number is None or limit is None or number.percent != limit[0].percent:
            continue
        lower = limit[1] if limit[1] is not None else _lower(grid, line)
        yield Score(grid, line, number, limit[0], lower, rating, _tolerance(line, within, limit[0]))


def _target(grid: Grid) -> int | None:
    """The column of targets; of two that of the period so far, beside what was achieved so far."""
    called = [column for column, head in grid.heads.items() if _TARGET.search(head.lower())]
    called = [column for column in called if "%" not in grid.head(column)]
    so_far = [column for column in called if _SO_FAR.search(grid.head(column))]
    found = called if len(called) == 1 else so_far
    return found[0] if len(found) == 1 else None


def _actual(grid: Grid, target: int | None) -> int | None:
    """The column of what was achieved: so called, else that of the latest period."""
    called = [
        column
        for column in grid.columns
        if column != target and _ACTUAL.search(grid.head(column)) and "%" not in grid.head(column)
    ]
    if called:
        return called[0] if len(called) == 1 else None
    others = [c for c in grid.columns if c != target and "change" not in grid.head(c)]
    so_far = [column for column in others if _SO_FAR.search(grid.head(column))]
    if target is not None and _SO_FAR.search(grid.head(target)) and so_far:
        return max(so_far, key=lambda column: _year(grid.head(column)))
    periods = {
        column: found[-1].span.last
        for column in others
        if len(found := stretches_in(grid.heads.get(column, ""))) == 1
    }
    if periods:
        latest = [column for column, last in periods.items() if last == max(periods.values())]
        return latest[0] if len(latest) == 1 else None
    return grid.column_of(_NOW)


def _tolerance(line: Line, column: int | None, target: Printed) -> Printed | None:
    """What a row tolerates, in the unit of :attr:`Score.short`; None where it does not say so, or
    says a share of a target of nothing."""
    if not target.percent and not target.value:
        return None
    found = _POINTS.fullmatch(line.text(column)) if column is not None else None
    number = read_number(f"{found[1]}%") if found else None
    points = bool(found and found[2] != "%")
    return number if number is not None and points == target.percent else None


def _year(head: str) -> int:
    """The year that a heading ends with, its last two digits; -1 for none."""
    years = re.findall(r"(?<!\d)(?:20)?(\d\d)(?!\d)", head)
    return int(years[-1]) if years else -1


def read_target(text: str) -> tuple[Printed, bool | None] | None:
    """A target and whether less is good, as "no more than 80" says; None for no number alone."""
    found = _LIMIT.fullmatch(plain(text).strip())
    number = read_number(found["number"]) if found else None
    if found is None or number is None:
        return None
    if found["most"] or found["or_less"]:
        return number, True
    return number, False if found["least"] or found["or_more"] else None


def _lower(grid: Grid, line: Line) -> bool | None:
    """Which side a row's name or a column beside it calls good; None where none does."""
    named = _IN_NAME.search(line.name)
    if named:
        return named["low"] is not None
    column = grid.column_of(_GOOD)
    text = line.text(column) if column is not None else ""
    if _LOW.fullmatch(text):
        return True
    return False if _HIGH.fullmatch(text) else None
