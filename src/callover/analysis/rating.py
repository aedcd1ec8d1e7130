"""From a value and a target to red, amber or green, with the sentence that says why.

Limits and colours are in ``domain.ratings``; here stands which limit a kind of target means
(RAG-02 to RAG-11, AMB-01, AMB-02, AMB-12).
"""

from __future__ import annotations

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
    value: float, limit: float, lower_is_good: bool, tolerance: Tolerance, what: str, unit: str = ""
) -> Judgement:
    """A value against one limit: at most where lower is good, else at least."""
    beyond = margin(tolerance, limit)
    if lower_is_good:
        rating, word, edge = rate_at_most(value, limit, limit + beyond), "at most", limit + beyond
    else:
        rating, word, edge = rate_at_least(value, limit, limit - beyond), "at least", limit - beyond
    amber = f"amber {'to' if lower_is_good else 'down to'} {said(edge)}{unit}"
    if edge <= 0 < limit:  # the tolerance reaches to nothing: whatever is below is amber
        amber = "amber below it"
    reason = (
        f"{what} is {said(value)}{unit}; the target is {word} {said(limit)}{unit}, "
        f"{amber} (tolerance {tolerance.words})."
    )
    return Judgement(rating, reason)


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
        return judge_limit(change_pct, 0.0, False, tolerance, what, " %")
    return judge_limit(change_pct, limit, True, tolerance, what, " %")


def judge_band(value: float, low: float, high: float, tolerance: Tolerance, what: str) -> Judgement:
    """A value against a band whose ends both belong to it; above and below are told apart."""
    rating = rate_in_band(value, low, high, _band_margin(tolerance, value, low, high))
    band = f"the band is {said(low)} to {said(high)} %"
    if rating is Rating.GREEN:
        return Judgement(rating, f"{what} is {said(value)} %; {band}.")
    side, edge = ("below", low) if value < low else ("above", high)
    gap = said(abs(value - edge))
    rule = f"amber within {tolerance.words} of it"
    return Judgement(rating, f"{what} is {said(value)} %, {gap} points {side}; {band}, {rule}.")


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
