"""What stands behind a figure beside its value: an interval, a comparison, the span of a rank.

Counts are Poisson, shares binomial (methods 4.3). Where a figure is no count and rests on none,
nothing is said: a level, a target, a published average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from callover.analysis import rates
from callover.analysis.benchmarks import Polarity, Verdict, by_interval
from callover.analysis.counts import ratio_parts
from callover.analysis.differences import (
    Difference,
    rate_difference,
    rate_ratio,
    share_difference,
)
from callover.analysis.figures import Figures
from callover.analysis.funnels import Place, place_of_rate
from callover.analysis.intervals import Limits, count_limits, method_of, rate_limits, wilson
from callover.analysis.questions import Question
from callover.analysis.subjects import subject_of
from callover.domain.figures import Figure
from callover.domain.peers import RankOrder
from callover.domain.ratings import Direction
from callover.domain.units import Unit

COUNTS = ("month", "ytd", "rolling12")
_POLARITY = {Direction.LOWER: Polarity.LOW, Direction.HIGHER: Polarity.HIGH}
INNER, OUTER = 0.95, 0.998


@dataclass(frozen=True, slots=True)
class Evidence:
    """Limits at 95 and 99.8 per cent in the figure's own unit; None where there are none."""

    method: str = ""
    inner: tuple[float, float] | None = None
    outer: tuple[float, float] | None = None
    clear: bool | None = None  # of a change: the 95 % interval leaves out "no change"
    compared: Verdict | None = None  # of an average: our rate beside it
    funnel: Place | None = None  # of a pooled average: where our count lies among areas of its size
    rank_span: tuple[int, int] | None = None  # places that the rank may as well be


NOTHING = Evidence()


def evidence(figures: Figures, figure: Figure) -> Evidence:
    """What stands behind ``figure``; empty where nothing can be said."""
    if figure.value is None:
        return NOTHING
    base, _, comparison = figure.measure.partition("_")
    if base in COUNTS and comparison in ("", "previous") and not figure.peer_group:
        return _of_count(figures, figure)
    if base in COUNTS and comparison in ("change", "change_pct") and not figure.peer_group:
        return _of_change(figures, figure, base, comparison)
    match figure.measure:
        case "rate" | "rate_previous":
            return _of_rate(figures, figure)
        case "share":
            return _of_share(figures, figure)
        case "average" | "pooled_average":
            return _of_average(figures, figure)
        case "rank" | "rank_from_top":
            return _of_rank(figures, figure)
    return NOTHING


def _limited(method: str, inner: Limits, outer: Limits) -> Evidence:
    return Evidence(method, _pair(inner), _pair(outer))


def _pair(limits: Limits) -> tuple[float, float]:
    return float(limits.lower), float(limits.upper)


def _is_count(figure: Figure) -> bool:
    return figure.unit in {each.value for each in Unit if each.counts}


def _of_count(figures: Figures, figure: Figure) -> Evidence:
    if _is_count(figure):
        x = np.array(figure.value)
        return _limited(method_of(float(x)), count_limits(x, INNER), count_limits(x, OUTER))
    parts = ratio_parts(figures.question(figure))
    if parts is None:
        return NOTHING
    part, whole = np.array(parts[0]), np.array(parts[1])
    inner, outer = (wilson(part, whole, level).scaled(100) for level in (INNER, OUTER))
    return _limited("Wilson", inner, outer)


def _of_change(figures: Figures, figure: Figure, base: str, comparison: str) -> Evidence:
    """A change of counts as a ratio or difference; of shares as a difference of shares."""
    measures = (base, f"{base}_previous")
    shares = [ratio_parts(figures.question(figure, measure)) for measure in measures]
    if comparison == "change" and shares[0] is not None and shares[1] is not None:
        return _changed("Newcombe", [share_difference(*shares[0], *shares[1], level=level)
                                     for level in (INNER, OUTER)], 100)  # fmt: skip
    now, before = (_value(figures, figure, measure) for measure in measures)
    series = figures.catalogue.series.get(figure.series)
    if now is None or before is None or series is None or not series.unit.adds:
        return NOTHING
    if series.unit is Unit.MONEY:
        return NOTHING
    if comparison == "change_pct":
        ratios = [rate_ratio(now, before, level=level) for level in (INNER, OUTER)]
        return _changed("exact ratio", ratios, 100, shift=-100)
    differences = [rate_difference(now, before, level=level) for level in (INNER, OUTER)]
    return _changed("difference of counts", differences, 1)


def _changed(
    method: str, found: list[Difference | None], scale: float, shift: float = 0.0
) -> Evidence:
    inner, outer = found
    if inner is None or outer is None:
        return NOTHING
    ends = [(each.lower * scale + shift, each.upper * scale + shift) for each in (inner, outer)]
    return Evidence(method, ends[0], ends[1], clear=inner.clear)


def _value(figures: Figures, figure: Figure, measure: str) -> float | None:
    return figures.figure(
        figure.indicator, measure, figure.area, figure.month, "", figure.source, figure.series
    ).value


def _of_rate(figures: Figures, figure: Figure) -> Evidence:
    """Limits of the count that the rate is made of, or that rate and residents imply."""
    subject = subject_of(figures.catalogue, figure.indicator, figure.series)
    month = figure.month - 12 if figure.measure == "rate_previous" else figure.month
    people = figures.figure(
        figure.indicator, "rate_denominator", figure.area, month, "", figure.source
    ).value
    if subject.rate is None or not people or figure.value is None:
        return NOTHING
    count = np.array(round(figure.value * people / subject.rate.per))
    per = subject.rate.per
    inner, outer = (rate_limits(count, np.array(people), per, level) for level in (INNER, OUTER))
    return _limited(method_of(float(count)), inner, outer)


def _of_share(figures: Figures, figure: Figure) -> Evidence:
    part = _value(figures, figure, "rolling12")
    if part is None or not figure.value:
        return NOTHING
    whole = round(100 * part / figure.value)
    if whole == part:  # the whole in itself: nothing could be otherwise
        return NOTHING
    inner, outer = (
        wilson(np.array(part), np.array(float(whole)), level).scaled(100)
        for level in (INNER, OUTER)
    )
    return _limited("Wilson", inner, outer)


def _of_average(figures: Figures, figure: Figure) -> Evidence:
    """Our own rate's interval beside the average's value; touching it is similar."""
    own = figures.figure(figure.indicator, "rate", figure.area, figure.month)
    limits = evidence(figures, own).inner
    subject = subject_of(figures.catalogue, figure.indicator)
    polarity = _POLARITY.get(subject.direction_in(figure.month), Polarity.NONE)
    if limits is None:
        return NOTHING
    compared = by_interval(limits[0], limits[1], figure.value, polarity)
    funnel = _in_funnel(figures, own, figure) if figure.measure == "pooled_average" else None
    return Evidence(compared=compared, funnel=funnel)


def _in_funnel(figures: Figures, own: Figure, average: Figure) -> Place | None:
    """Our count against what the pooled average would give as many residents (methods 4.4)."""
    subject = subject_of(figures.catalogue, own.indicator)
    people = figures.figure(
        own.indicator, "rate_denominator", own.area, own.month, "", own.source
    ).value
    if subject.rate is None or not people or own.value is None or not average.value:
        return None
    per = subject.rate.per
    return place_of_rate(round(own.value * people / per), people, average.value / per)


def _of_rank(figures: Figures, figure: Figure) -> Evidence:
    """From one more than those clearly before us to all but those clearly behind us."""
    subject = subject_of(figures.catalogue, figure.indicator, figure.series)
    q = Question(figures.held, subject, figure.source, figure.area, figure.month, "rank",
                 figure.peer_group)  # fmt: skip
    found = rates.compared_values(q)
    if found is None or subject.rate is None or figure.area not in found[0]:
        return NOTHING
    kind, per = subject.rate.denominator, subject.rate.per
    sides = []
    for area, value in zip(*found, strict=True):
        point = figures.held.denominators.chosen(kind, subject.id, area, figure.month)
        if np.isnan(value) or point is None or not point.value:
            continue
        sides.append((area, float(value) * point.value / per, point.value))
    return _span(sides, figure, figures.catalogue.peer_groups[figure.peer_group].rank_order)


def _span(sides: list[tuple[str, float, float]], figure: Figure, order: RankOrder) -> Evidence:
    own = next((each for each in sides if each[0] == figure.area), None)
    if own is None or len(sides) < 2:
        return NOTHING
    lowest_first = (order is RankOrder.LOWEST_FIRST) == (figure.measure == "rank")
    before = behind = 0
    for area, count, people in sides:
        if area == figure.area:
            continue
        against = rate_ratio(count, own[1], people, own[2])
        if against is not None and against.clear:
            is_before = (against.value < 1) == lowest_first
            before, behind = before + is_before, behind + (not is_before)
    return Evidence(rank_span=(1 + before, len(sides) - behind))
