"""The end of the financial year, from the months so far and what is kept of a model.

``year_end`` is the one way in. It imports no forecasting library: a model's forecasts were made
when data arrived (``jobs.forecast``) and are found by the very months that they were made from,
so that a question as known at an earlier moment never sees a later forecast.
"""

from __future__ import annotations

import hashlib

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.forecast.goal import Goal, goal_of
from callover.analysis.forecast.naive import YEAR, naive_spread
from callover.analysis.forecast.spread import Spread, spread_of
from callover.analysis.forecast.types import (
    KNOWN,
    NAIVE,
    Comparison,
    Kept,
    KeptForecasts,
    YearEnd,
    mean_error,
)
from callover.analysis.process.chart import History, NotEnough
from callover.domain.periods import Month
from callover.domain.ratings import Direction
from callover.domain.targets import Target

FEWEST_MONTHS = 2 * YEAR
"""A year to copy, and a year to see how well copying did."""

FEWEST_TRIES = 5
"""Fewer tries do not say which of two methods is the better one."""

TRIES_EVERY = 3
"""Months between the tries of a model."""

_NOT_KEPT = "no model's forecast is kept for these months"


def year_end(
    history: History,
    month: Month,
    target: Target | None = None,
    kept: KeptForecasts | None = None,
    direction: Direction = Direction.LOWER,
) -> YearEnd | NotEnough:
    """Where the financial year of ``month`` will end, judged after that month.

    The kept model's forecast where it beat the seasonal naive one in its tries, else the naive one
    with the reason. Nothing is said of a series that is too short, all zero, or has a gap in the
    latest year; in March the year is counted, not forecast.
    """
    if history.wholes is not None or not history.unit.adds:
        return NotEnough("a percentage has no total over the year")
    so_far = _sum(history, month.financial_year.first, month)
    goal = goal_of(target, direction, _last_year(history, month))
    if month.position == YEAR and not np.isnan(so_far):
        return _counted(history, month, so_far, goal)
    alike = history.upto(month)
    problem = _too_little(history, alike, month)
    if problem:
        return NotEnough(problem)
    return _forecast(alike, month, so_far, goal, kept)


def key_of(history: History, month: Month) -> str:
    """What the forecast after ``month`` is kept under: its months, and nothing else."""
    alike = history.upto(month)
    known = np.flatnonzero(~np.isnan(alike.values))
    values = alike.values[known[0] :] if len(known) else alike.values[:0]
    digest = hashlib.sha256(f"{month} {history.unit}".encode())
    digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return digest.hexdigest()[:32]


def unbroken(history: History, month: Month) -> Numbers:
    """The months up to ``month`` since the last gap, counted alike, at most six years."""
    values = history.upto(month).values
    gaps = np.flatnonzero(np.isnan(values))
    return values[gaps[-1] + 1 :] if len(gaps) else values


def _counted(history: History, month: Month, total: float, goal: Goal | str) -> YearEnd:
    """A year that is over."""
    months = int((~np.isnan(history.upto(month).values)).sum())
    if isinstance(goal, str):
        return YearEnd(
            month, total, total, total, total, total, total, KNOWN, months, why_no_chance=goal
        )
    return YearEnd(
        month, total, total, total, total, total, total, KNOWN, months, limit=goal.limit,
        chance=1.0 if goal.met(total) else 0.0,
    )  # fmt: skip


def _too_little(history: History, alike: History, month: Month) -> str:
    """Why nothing can be said; empty where something can."""
    values = alike.values
    months = int((~np.isnan(values)).sum())
    if not len(values) or np.isnan(values[-1]):
        return f"no month's figure for {month.name}"
    if months < FEWEST_MONTHS:
        since = next((why for when, why in history.begins if when == alike.first), "")
        word = "month is" if months == 1 else "months are"
        after = f" since {since}" if since else ""
        return f"only {months} {word} measured{after}; {FEWEST_MONTHS} are needed"
    gaps = np.flatnonzero(np.isnan(values[-YEAR:]))
    if len(gaps):
        missing = month - (YEAR - 1 - int(gaps[-1]))
        return f"the latest year has a gap: no month's figure for {missing.name}"
    if not np.nansum(values):
        return f"all of the {months} months are 0"
    return ""


def _forecast(
    alike: History, month: Month, so_far: float, goal: Goal | str, kept: KeptForecasts | None
) -> YearEnd | NotEnough:
    left = YEAR - month.position
    found = kept.get(key_of(alike, month)) if kept else None
    comparison = compared(found) if found and len(found.path) == left else None
    if found and comparison and comparison.beaten:
        rest, method, why = model_spread(found), found.model, ""
    else:
        rest, method = naive_spread(alike.values, left), NAIVE
        why = _why_naive(found, comparison)
    low80, high80 = rest.interval(0.80)
    low95, high95 = rest.interval(0.95)
    counted = isinstance(goal, Goal)
    return YearEnd(
        month,
        so_far,
        so_far + rest.expected,
        so_far + low80,
        so_far + high80,
        so_far + low95,
        so_far + high95,
        method,
        int((~np.isnan(alike.values)).sum()),
        comparison,
        why,
        goal.limit if isinstance(goal, Goal) else None,
        goal.chance(so_far, rest) if isinstance(goal, Goal) else None,
        goal.needed_per_month(so_far, left) if isinstance(goal, Goal) else None,
        "" if counted else str(goal),
    )


def compared(kept: Kept) -> Comparison | None:
    """Both methods' mean errors in the tries; None where these are too few."""
    if len(kept.tries) < FEWEST_TRIES:
        return None
    actual = [each.actual for each in kept.tries]
    return Comparison(
        kept.model,
        mean_error(actual, [each.model for each in kept.tries]),
        mean_error(actual, [each.naive for each in kept.tries]),
        len(kept.tries),
    )


def model_spread(kept: Kept) -> Spread:
    """The count of the months on the path, with the spread of the model's tries.

    A model averages over years, so that chance is mostly in what comes.
    """
    actual = np.array([each.actual for each in kept.tries])
    errors = actual - np.array([each.model for each in kept.tries])
    expected, left = float(sum(kept.path)), len(kept.path)
    apart = len(kept.tries) * min(1.0, TRIES_EVERY / left)
    return spread_of(expected, errors, actual, expected, apart)


def _why_naive(kept: Kept | None, comparison: Comparison | None) -> str:
    if kept is None:
        return _NOT_KEPT
    if comparison is None:
        return f"too few months to compare {kept.model} with it"
    return f"{kept.model} came no nearer in {comparison.tries} tries"


def _last_year(history: History, month: Month) -> float:
    """Last year's total; NaN where a month is missing or was not counted as this year's are."""
    first = month.financial_year.first - YEAR
    if any(first < when <= month for when, _ in history.begins):
        return float("nan")
    return _sum(history, first, first + (YEAR - 1))


def _sum(history: History, first: Month, last: Month) -> float:
    """The count from ``first`` to ``last``; NaN where a month is missing."""
    begin, end = first.index - history.first.index, last.index - history.first.index + 1
    if begin < 0 or end > len(history.values):
        return float("nan")
    return float(history.values[begin:end].sum())
