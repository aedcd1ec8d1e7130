"""The recent trend of an indicator: its five latest financial years, counted alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from callover.analysis.counts import count, ratio_parts
from callover.analysis.intervals import Limits, count_limits, rate_limits, wilson
from callover.analysis.questions import Answer, Question, nothing
from callover.analysis.rates import rate, rate_denominator
from callover.analysis.recent_trend import POINTS, Trend, YearPoint, recent_trend
from callover.analysis.subjects import is_percentage
from callover.data.quality.steps import DENOMINATOR_STEP
from callover.domain.breaks import Reach
from callover.domain.periods import FinancialYear, PeriodKind
from callover.domain.states import State
from callover.domain.units import Unit

LOOKED_BACK = 10
"""Years need not follow one another, but one from before that is no recent one."""


def recent(q: Question) -> Answer:
    """``increasing``, ``decreasing``, ``no significant change``; no value where there is not
    enough to say (methods 4.5)."""
    years = {year: point for year in _years(q) if (point := _point(q, year)) is not None}
    points = list(years.values())
    found = recent_trend(points)
    stepped = _stepped(q, list(years)[-POINTS:])
    if stepped is not None and found.verdict is not Trend.NOT_ENOUGH:
        reason = f"not enough to say: whom the rate counts was counted anew in {stepped}"
        return nothing("", reason, State.NOT_APPLICABLE, PeriodKind.FINANCIAL_YEAR)
    if found.verdict is Trend.NOT_ENOUGH:
        known = sum(point.valid for point in points)
        reason = f"not enough to say: {known} of {POINTS} years are known and counted alike"
        return nothing("", reason, State.NOT_APPLICABLE, PeriodKind.FINANCIAL_YEAR)
    return Answer(
        None, State.FINAL, "", PeriodKind.FINANCIAL_YEAR, _how(found.chi_square),
        text=found.verdict.value,
    )  # fmt: skip


def _stepped(q: Question, years: Sequence[FinancialYear]) -> FinancialYear | None:
    """The first of these years whose denominator moved further than people do: every rate after it
    moved too. None for what is no rate."""
    if q.subject.rate is None or is_percentage(q.subject.series):
        return None
    people = [rate_denominator(q.ask(month=each.last, measure="rolling12")).value for each in years]
    for (before, after), year in zip(pairwise(people), years[1:], strict=True):
        if before and after and abs(after / before - 1) > DENOMINATOR_STEP:
            return year
    return None


def _how(chi_square: float | None) -> str:
    return f"chi-square of the slope {chi_square or 0:.1f}, against 9.5"


def _years(q: Question) -> Iterator[FinancialYear]:
    """Complete years up to the month, not before counting last changed."""
    newest = q.month.financial_year.start - (0 if q.month.position == 12 else 1)
    breaks = q.subject.indicator.breaks if q.subject.indicator else ()
    changed = [
        each.on for each in breaks
        if each.reach is Reach.COUNTS and each.concerns(q.source, q.area)
    ]  # fmt: skip
    for start in range(newest - LOOKED_BACK + 1, newest + 1):
        year = FinancialYear(start)
        if all(not year.first.first_day < day <= q.month.last_day for day in changed):
            yield year


def _point(q: Question, year: FinancialYear) -> YearPoint | None:
    """The year's rate, share or count with its 95 % interval; None where it is not known."""
    then = q.ask(month=year.last, measure="rolling12")
    counted = count(then)
    if counted.value is None or counted.state is State.ESTIMATED:
        return None
    if is_percentage(q.subject.series):
        return _share(then, year)
    if q.subject.series.unit is Unit.MONEY:
        return None
    made, people = rate(then.ask(measure="rate")), rate_denominator(then)
    if q.subject.rate is None or made.value is None or not people.value:
        return _pointed(year, counted.value, count_limits(np.array(counted.value)))
    limits = rate_limits(np.array(counted.value), np.array(people.value), q.subject.rate.per)
    return _pointed(year, made.value, limits)


def _share(q: Question, year: FinancialYear) -> YearPoint | None:
    parts = ratio_parts(q)
    if parts is None:
        return None
    limits = wilson(np.array(parts[0]), np.array(parts[1])).scaled(100)
    return _pointed(year, 100 * parts[0] / parts[1], limits)


def _pointed(year: FinancialYear, value: float, limits: Limits) -> YearPoint:
    return YearPoint(year.start, value, float(limits.lower), float(limits.upper))
