"""The chart of time: months, twelve months to each month, or the latest cohort or window."""

from __future__ import annotations

from dataclasses import dataclass, replace

from callover.domain.breaks import PracticeBreak
from callover.domain.disclosure import is_printed
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.periods import Month
from callover.domain.ratings import Direction
from callover.domain.targets import TargetKind
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Chart
from callover.report.build.context import PackContext
from callover.report.build.sentences import kind_of
from callover.report.build.usual_range import with_usual_range
from callover.report.charts import (
    Extras,
    MonthPoint,
    levels_chart,
    month_line_chart,
    months_chart,
)

SHOWN = 12
FEWEST = 3
"""Known months that a chart of months needs; two points make no course."""

IN_A_SUM = "only in a sum"


@dataclass(frozen=True, slots=True)
class Course:
    """What a chart of months draws: whose figures, by which measure, and what they are called."""

    indicator: Indicator
    measure: str
    unit: str
    what: str = "each month"
    series: str = ""  # a part of a ratio instead of the indicator's own series

    @property
    def is_share(self) -> bool:
        """Whether it draws a part of a whole, which is never above 100 per cent."""
        return self.indicator.unit is Unit.PERCENTAGE and not self.series

    @property
    def decimals(self) -> int:
        """Decimals of a percentage; counts have none."""
        return self.indicator.decimals if self.is_share else 0


def of_time(ctx: PackContext, indicator: Indicator) -> Chart | None:
    """The indicator's course, by the first way for which enough is known."""
    kind = kind_of(ctx, indicator)
    if kind is SeriesKind.WINDOW:
        return _levels(ctx, indicator)
    ways = _ratio_ways(ctx, indicator) if kind is SeriesKind.RATIO else _count_ways(indicator)
    return next((chart for way in ways if (chart := _drawn(ctx, way)) is not None), None)


def course_of(ctx: PackContext, indicator: Indicator) -> list[MonthPoint]:
    """The latest twelve months as the chart of time draws them; empty where it draws none."""
    kind = kind_of(ctx, indicator)
    if kind is SeriesKind.WINDOW:
        return []
    ways = _ratio_ways(ctx, indicator) if kind is SeriesKind.RATIO else _count_ways(indicator)
    courses = (_without_sum(_points(ctx, way))[0] for way in ways)
    return next((points for points in courses if _count(points) >= FEWEST), [])


def _count_ways(indicator: Indicator) -> list[Course]:
    unit = indicator.unit.value
    return [
        Course(indicator, "month", unit),
        Course(indicator, "rolling12", unit, "twelve months to each month"),
    ]


def _ratio_ways(ctx: PackContext, indicator: Indicator) -> list[Course]:
    """The percentage itself; where too few months have one, the count above its line."""
    top = ctx.catalogue.series[indicator.series].numerator
    counted = words.within(ctx.catalogue.series[top].title)
    return [
        Course(indicator, "ytd", "per cent", "from April to each month"),
        Course(indicator, "rolling12", "per cent", "twelve months to each month"),
        Course(indicator, "month", counted, series=top),
    ]


def _drawn(ctx: PackContext, course: Course) -> Chart | None:
    """The chart, or None where too few months are known."""
    months, summed = _without_sum(_points(ctx, course))
    if _count(months) < FEWEST:
        return None
    previous = [_point(ctx, course, point.month - 12) for point in months]
    before = previous if _count(previous) >= 2 else []
    extras = _extras(ctx, course, months, before)
    if course.measure == "month" and not course.series:
        extras = with_usual_range(ctx, course.indicator, months, extras)
    name = f"time-{course.indicator.id}"
    draw = month_line_chart if course.measure == "rolling12" else months_chart
    chart = draw(
        name, "", months, before, course.unit, extras, decimals=course.decimals, what=course.what
    )
    said = _sum_words(ctx, course, summed)
    return replace(chart, caption=f"{chart.caption} {said}") if said else chart


def _points(ctx: PackContext, course: Course) -> list[MonthPoint]:
    """The latest twelve months."""
    return [_point(ctx, course, ctx.month - place) for place in range(SHOWN - 1, -1, -1)]


def _point(ctx: PackContext, course: Course, month: Month) -> MonthPoint:
    figure = ctx.figure(course.indicator, course.measure, month, series=course.series)
    if course.is_share and (figure.value or 0) > 100:
        return MonthPoint(month, None, figure.state, f"{words.percent(figure.value or 0)} printed")
    if is_printed(figure.reason):
        return MonthPoint(month, None, figure.state, figure.reason)
    why = IN_A_SUM if figure.value is None and _in_a_sum(ctx, course, figure) else ""
    return MonthPoint(month, figure.value, figure.state, why)


def _in_a_sum(ctx: PackContext, course: Course, month: Figure) -> bool:
    """Whether twelve months that are known include this one, which is not known by itself."""
    if course.measure == "rolling12":
        return False
    until = min(month.month.index + 11, ctx.month.index)
    return any(
        ctx.figure(
            course.indicator, "rolling12", Month(index), source=month.source, series=course.series
        ).known
        for index in range(month.month.index, until + 1)
    )


def _without_sum(points: list[MonthPoint]) -> tuple[list[MonthPoint], list[MonthPoint]]:
    """The months from the first that is known by itself, and those before it known in a sum."""
    first = next((i for i, p in enumerate(points) if p.why != IN_A_SUM), len(points))
    return (points[first:], points[:first]) if first > 1 else (points, [])


def _count(points: list[MonthPoint]) -> int:
    return sum(point.value is not None for point in points)


def _sum_words(ctx: PackContext, course: Course, summed: list[MonthPoint]) -> str:
    """``October 2015 to March 2016 are known only as a sum: 8,723.``"""
    if not summed:
        return ""
    span = f"{summed[0].month.name} to {summed[-1].month.name}"
    whole = _sum_of(ctx, course, len(summed))
    if whole is None:
        return f"{span} are not known month by month."
    return f"{span} are known only as a sum: {words.number(whole)}."


def _sum_of(ctx: PackContext, course: Course, count: int) -> float | None:
    """Twelve months less the later ones that are known, all of one source."""
    if course.measure != "month":
        return None
    last = ctx.figure(course.indicator, "month", series=course.series)
    twelve = ctx.figure(course.indicator, "rolling12", source=last.source, series=course.series)
    later = [
        ctx.value(course.indicator, "month", month=ctx.month - back, series=course.series)
        for back in range(SHOWN - count)
    ]
    known = [value for value in later if value is not None]
    if twelve.value is None or len(known) < len(later):
        return None
    return twelve.value - sum(known)


def _breaks(ctx: PackContext, course: Course) -> tuple[PracticeBreak, ...]:
    """The breaks of the source that the chart is drawn from."""
    if not course.indicator.breaks:
        return ()
    source = ctx.figure(course.indicator, course.measure, series=course.series).source
    area = ctx.partnership.area
    return tuple(each for each in ctx.breaks(course.indicator) if each.concerns(source, area))


def _extras(
    ctx: PackContext, course: Course, months: list[MonthPoint], before: list[MonthPoint]
) -> Extras:
    """Target (stepping where it changed), band and breaks in recording practice."""
    breaks = _breaks(ctx, course)
    if course.series or course.measure == "rolling12":
        return Extras(breaks=breaks)
    last_year = [point.value for point in before] or [None] * len(months)
    targets = [
        _target_in(ctx, course, point.month, earlier)
        for point, earlier in zip(months, last_year, strict=True)
    ]
    bands = [_band_in(ctx, course, point.month) for point in months]
    lower, upper = tuple(low for low, _ in bands), tuple(high for _, high in bands)
    target = tuple(targets) if any(value is not None for value in targets) else ()
    aims = {_aim_in(ctx, course, point.month) for point in months} - {""}
    aim = aims.pop() if len(aims) == 1 else ""
    return Extras(
        target=target, breaks=breaks, lower=lower, upper=upper, range_name="target", aim=aim
    )


_AIMS = {
    TargetKind.CEILING: "at or below",
    TargetKind.PERCENT_DECREASE: "at or below",
    TargetKind.COUNT: "at or above",
}
"""On which side of its line a target is met; of a level, the indicator's direction says it."""


def _aim_in(ctx: PackContext, course: Course, month: Month) -> str:
    target = ctx.target(course.indicator, month)
    if target is None or target.kind is not TargetKind.LEVEL:
        return _AIMS.get(target.kind, "") if target else ""
    sides = {Direction.LOWER: "at or below", Direction.HIGHER: "at or above"}
    return sides.get(course.indicator.direction_in(month), "")


def _target_in(
    ctx: PackContext, course: Course, month: Month, last_year: float | None
) -> float | None:
    """What the target in force asks of one month; None where last year's line is the target."""
    target = ctx.target(course.indicator, month)
    if target is None:
        return None
    if target.kind is TargetKind.LEVEL:
        return target.value
    if target.kind is TargetKind.PERCENT_DECREASE and last_year is not None:
        return last_year * (1 - (target.value or 0) / 100)
    return target.in_month(month) if course.measure == "month" else None


def _band_in(ctx: PackContext, course: Course, month: Month) -> tuple[float | None, float | None]:
    target = ctx.target(course.indicator, month)
    if target is None or target.kind is not TargetKind.BAND:
        return None, None
    return target.low, target.high


def _levels(ctx: PackContext, indicator: Indicator) -> Chart | None:
    """The latest cohort or window, the one before, and who it is compared with."""
    now, before = ctx.figure(indicator, "level"), ctx.figure(indicator, "level_previous")
    levels = [
        (name, figure.value)
        for name, figure in (("before", before), ("latest", now))
        if figure.value is not None
    ]
    comparators = [
        (group.short_title, average)
        for group in ctx.groups_of(indicator)
        if (average := ctx.value(indicator, "average", peer_group=group.id)) is not None
    ]
    if not levels or (len(levels) < 2 and not comparators):
        return None
    name = f"time-{indicator.id}"
    return levels_chart(name, "", levels, "per cent", comparators, max(1, indicator.decimals))
