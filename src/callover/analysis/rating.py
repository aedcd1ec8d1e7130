"""From a value and a target to red, amber or green, with the sentence that says why.

Limits and colours are in ``domain.ratings``; here stands which limit a kind of target means
(RAG-02 to RAG-11, AMB-01, AMB-02, AMB-12).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from callover.domain.ratings import (
    Direction,
    Rating,
    rate_at_least,
    rate_at_most,
    rate_in_band,
)
from callover.domain.rounding import half_up
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit

CHANGE_TOLERANCE = Tolerance(5, ToleranceUnit.POINTS)
"""What reproduces the printed colours of crime (RAG-06)."""

PERCENT_TOLERANCE = Tolerance(10, ToleranceUnit.POINTS)
COUNT_TOLERANCE = Tolerance(10, ToleranceUnit.RELATIVE)
"""The corporate rule "within 10 %": points for percentages, relative for counts (AMB-01)."""

COUNT = (0.0, math.inf)
SHARE = (0.0, 100.0)
CHANGE = (-100.0, math.inf)
"""Lowest and highest value that there can be: of a count, a share, a change in per cent."""

CHANGE_KINDS = (TargetKind.REDUCTION, TargetKind.PERCENT_DECREASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A colour and the sentence with rule and numbers."""

    rating: Rating
    reason: str


def said(value: float, decimals: int = 1) -> str:
    """A number for a reason: rounded half up, true minus, without needless zeros."""
    shown = f"{abs(half_up(value, decimals)):,.{decimals}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"\u2212{shown}" if half_up(value, decimals) < 0 else shown


def margin(tolerance: Tolerance, limit: float) -> float:
    """How far beyond ``limit`` is still amber; a relative one of a limit of 0 is 0."""
    if tolerance.unit is ToleranceUnit.POINTS:
        return tolerance.value
    return abs(limit) * tolerance.value / 100


def judge_limit(
    value: float,
    limit: float,
    lower_is_good: bool,
    tolerance: Tolerance,
    what: str,
    unit: str = "",
    ends: tuple[float, float] = COUNT,
) -> Judgement:
    """A value against one limit: at most where lower is good, else at least.

    ``ends`` are the lowest and highest value that there can be: a share ends at 100.
    """
    beyond = margin(tolerance, limit)
    edge = limit + beyond if lower_is_good else limit - beyond
    rate = rate_at_most if lower_is_good else rate_at_least
    word = "at most" if lower_is_good else "at least"
    amber = _amber(limit, edge, lower_is_good, unit, ends)
    reason = (
        f"{what} is {said(value)}{unit}; the target is {word} {said(limit)}{unit}, "
        f"{amber} (tolerance {tolerance.words})."
    )
    return Judgement(rate(value, limit, edge), reason)


def _amber(
    limit: float, edge: float, lower_is_good: bool, unit: str, ends: tuple[float, float]
) -> str:
    """Up or down to where it is amber; a tolerance may reach to nothing, or be nothing."""
    if edge == limit:
        return "with no amber"
    least, most = ends
    if lower_is_good:
        return "amber above it" if edge >= most else f"amber to {said(edge)}{unit}"
    return "amber below it" if edge <= least else f"amber down to {said(edge)}{unit}"


def judge_change(change_pct: float, target: Target, direction: Direction, what: str) -> Judgement:
    """A change in per cent against "no more than last year" or "x % fewer" (RAG-06, AMB-02).

    A relative tolerance is per cent of the target count, which is last year's less the decrease.
    """
    decrease = (target.value or 0.0) if target.kind is TargetKind.PERCENT_DECREASE else 0.0
    limit = -decrease
    tolerance = target.tolerance or CHANGE_TOLERANCE
    if tolerance.unit is ToleranceUnit.RELATIVE:
        points = (100 + limit) * tolerance.value / 100
        tolerance = Tolerance(points, ToleranceUnit.POINTS)
    if direction is Direction.HIGHER:
        return judge_limit(change_pct, 0.0, False, tolerance, what, " %", CHANGE)
    return judge_limit(change_pct, limit, True, tolerance, what, " %", CHANGE)


def judge_band(
    value: float, low: float, high: float, tolerance: Tolerance, what: str, unit: str = " %"
) -> Judgement:
    """A value against a band whose ends both belong to it; above and below are told apart."""
    rating = rate_in_band(value, low, high, _band_margin(tolerance, value, low, high))
    band = f"the band is {said(low)} to {said(high)}{unit}"
    if rating is Rating.GREEN:
        return Judgement(rating, f"{what} is {said(value)}{unit}; {band}.")
    side, edge = ("below", low) if value < low else ("above", high)
    gap = f"{said(abs(value - edge))}{' points' if unit else ''}"
    rule = f"amber within {tolerance.words} of it" if tolerance.value else "with no amber"
    return Judgement(rating, f"{what} is {said(value)}{unit}, {gap} {side}; {band}, {rule}.")


def _band_margin(tolerance: Tolerance, value: float, low: float, high: float) -> float:
    return margin(tolerance, low if value < low else high)


def judge_averages(
    value: float,
    averages: dict[str, float],
    lower_is_good: bool,
    tolerance: Tolerance,
    what: str,
) -> Judgement:
    """Better than every published average is green, within tolerance of the hardest amber."""
    name = (min if lower_is_good else max)(averages, key=lambda key: averages[key])
    hardest = averages[name]
    listed = ", ".join(f"{key} {said(average)} %" for key, average in averages.items())
    judged = judge_limit(value, hardest, lower_is_good, tolerance, what, " %")
    word = "below" if lower_is_good else "above"
    if judged.rating is Rating.GREEN:
        return Judgement(judged.rating, f"{what} is {said(value)} %, not worse than {listed}.")
    reason = (
        f"{what} is {said(value)} %; green is {word} every average ({listed}), amber within "
        f"{tolerance.words} of {name}."
    )
    return Judgement(judged.rating, reason)
