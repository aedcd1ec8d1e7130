"""What changed and what did not: a process chart, a year against the year before, one p-value.

The rating says whether a target was met; a signal says whether the figure moved more than chance
makes it move. They answer different questions and stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from callover.analysis.counts import ratio_parts
from callover.analysis.differences import Difference, change_p, rate_ratio, share_difference
from callover.analysis.figures import Figures
from callover.analysis.histories import histories_of
from callover.analysis.process.chart import History, ProcessChart, process_chart
from callover.analysis.process.kinds import dispersion
from callover.analysis.process.rules import Special
from callover.analysis.process.verdicts import Assurance, Variation, assurance, variation
from callover.analysis.subjects import Subject, subject_of
from callover.domain.breaks import counted_apart
from callover.domain.figures import Figure
from callover.domain.indicators import SeriesKind
from callover.domain.periods import Month
from callover.domain.ratings import Direction
from callover.domain.states import State
from callover.domain.targets import Target, TargetKind
from callover.domain.units import Unit

YEAR = 12
TESTS = 3
"""Looked at: the month, the run of months on one side, the year against the year before."""

_GOOD = {Direction.LOWER: "decrease", Direction.HIGHER: "increase"}


@dataclass(frozen=True)
class Signal:
    """An indicator's signal in a month. ``p`` is that of a change as strong by chance alone.

    ``year`` compares twelve months with the twelve before: a ratio of counts, or a difference of
    shares. ``why_not`` says what is missing where there is no chart.
    """

    indicator: str
    area: str
    month: Month
    source: str = ""
    chart: ProcessChart | None = None
    why_not: str = ""
    variation: Variation | None = None
    assurance: Assurance | None = None
    year: Difference | None = None
    run: int = 0  # months on one side of the expected value, up to the latest; below is negative
    p: float = 1.0

    @property
    def special(self) -> Special:
        """What the latest month is."""
        return self.chart.last if self.chart else Special.COMMON


def signal_of(figures: Figures, indicator: str, area: str, month: Month) -> Signal:
    """The signal from the first source whose months suffice; else why none does.

    Years are compared wherever both are known, even as published sums without months.
    """
    reason = "no source gives months"
    subject = subject_of(figures.catalogue, indicator)
    partnership = figures.partnership
    own = partnership is not None and partnership.area == area
    rebases = partnership.rebases if partnership is not None and own else ()
    for source, history in histories_of(figures.held, subject, area, rebases).items():
        chart = process_chart(history, month)
        if isinstance(chart, ProcessChart):
            return _charted(figures, Signal(indicator, area, month, source, chart), history)
        reason = chart.reason
    reason = figures.figure(indicator, "month", area, month).why_awaited or reason
    year, p = year_on_year(figures, indicator, area, month)
    return Signal(indicator, area, month, why_not=reason, year=year, p=p)


def _charted(figures: Figures, signal: Signal, history: History) -> Signal:
    """The verdicts of a chart."""
    chart, month = signal.chart, signal.month
    if chart is None:
        return signal
    subject = subject_of(figures.catalogue, signal.indicator)
    good = _GOOD.get(subject.direction_in(month), "neutral")
    spread = _spread(chart, history.wholes is not None)
    year, p_year = year_on_year(figures, signal.indicator, signal.area, month, spread)
    run = _run(chart)
    p = min(_p_month(chart), 0.5 ** (abs(run) - 1) if run else 1.0, p_year)
    target = _monthly(subject.target(month, signal.area), month, history)
    lower, upper = float(chart.limits.lower[-1]), float(chart.limits.upper[-1])
    return replace(
        signal,
        variation=variation(chart.last, good),
        assurance=assurance(lower, upper, target, good),
        year=year,
        run=run,
        p=min(1.0, TESTS * p),
    )


def _monthly(target: Target | None, month: Month, history: History) -> float | None:
    """What the target asks of this month alone, in the chart's scale; None where of none."""
    if target is None:
        return None
    if target.kind is TargetKind.LEVEL and history.unit is Unit.PERCENTAGE:
        return (target.value or 0.0) / (100 if history.wholes is not None else 1)
    return target.in_month(month)


def _spread(chart: ProcessChart, shares: bool) -> float:
    """Variance of the baseline's counts over what chance gives; at least 1."""
    if shares:
        return 1.0
    base = slice(0, chart.base)
    known = ~np.isnan(chart.values[base])
    found = dispersion(chart.values[base][known], chart.limits.centre[base][known])
    return max(1.0, found.ratio)


def _run(chart: ProcessChart) -> int:
    """How many of the latest months lie on one side of what was expected."""
    signs = np.nan_to_num(np.sign(chart.values - chart.limits.centre))
    last = int(signs[-1])
    length = 0
    for sign in signs[::-1]:
        if not last or sign != last:
            break
        length += 1
    return last * length


def _p_month(chart: ProcessChart) -> float:
    """Of a month as far from the expected value as the latest, by normal limits."""
    limits = chart.limits
    sigma = float(limits.upper[-1] - limits.centre[-1]) / 3
    if not sigma > 0:
        return 1.0
    return float(2 * ndtr(-abs(float(chart.values[-1] - limits.centre[-1])) / sigma))


def year_on_year(
    figures: Figures, indicator: str, area: str, month: Month, spread: float = 1.0
) -> tuple[Difference | None, float]:
    """Twelve months against the twelve before, and the probability of a change as large by chance.

    A ratio of counts, or for a percentage of known parts a difference of shares. None (and 1) where
    a year is not known or the two were not counted alike.
    """
    subject = subject_of(figures.catalogue, indicator)
    series, years = subject.series, _two_years(figures, indicator, area, month)
    if years is None or _unlike(subject, years[0]):
        return None, 1.0
    if series.kind is SeriesKind.RATIO:
        now, before = (ratio_parts(figures.question(year)) for year in years)
        if now is None or before is None:
            return None, 1.0
        return share_difference(*now, *before), _p_of_shares(*now, *before)
    if not series.unit.counts:
        return None, 1.0
    this, last = (float(year.value or 0) for year in years)
    return rate_ratio(this, last, spread=spread), change_p(this, last, spread=spread)


def _two_years(
    figures: Figures, indicator: str, area: str, month: Month
) -> tuple[Figure, Figure] | None:
    """The twelve months and the twelve before, known from one source and no estimates."""
    now = figures.figure(indicator, "rolling12", area, month)
    before = figures.figure(indicator, "rolling12", area, month - YEAR, "", now.source)
    if any(each.value is None or each.state is State.ESTIMATED for each in (now, before)):
        return None
    return now, before


def _unlike(subject: Subject, now: Figure) -> bool:
    breaks = subject.indicator.breaks if subject.indicator else ()
    return counted_apart(breaks, "rolling12", now.month, now.source, now.area) is not None


def _p_of_shares(part: float, whole: float, part_before: float, whole_before: float) -> float:
    """Two-sided, by the pooled share."""
    if whole <= 0 or whole_before <= 0:
        return 1.0
    pooled = (part + part_before) / (whole + whole_before)
    error = np.sqrt(pooled * (1 - pooled) * (1 / whole + 1 / whole_before))
    if not error > 0:
        return 1.0
    return float(2 * ndtr(-abs(part / whole - part_before / whole_before) / error))
