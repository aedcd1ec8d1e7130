"""The charts of an indicator's page: one of time, one of place among peers."""

from __future__ import annotations

from callover.domain.figures import Figure
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.periods import Month
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Block, Chart, Columns
from callover.report.build.context import PackContext
from callover.report.build.sentences import kind_of
from callover.report.build.trends import complete_years
from callover.report.charts import (
    MonthPoint,
    PeerValue,
    dot_plot,
    levels_chart,
    lines_chart,
    months_chart,
    years_chart,
)
from callover.report.charts.months import Extras

SHOWN = 12


def pictures(ctx: PackContext, indicator: Indicator) -> tuple[Block, ...]:
    """Time beside place; where there are no peers, five years take the second place."""
    time = _of_time(ctx, indicator)
    place = _of_place(ctx, indicator) or _of_years(ctx, indicator)
    if time is not None and place is not None and place.id != time.id:
        return (Columns(((time,), (place,)), (1.6, 1)),)
    drawn = time or place
    return (drawn,) if drawn is not None else ()


def _of_time(ctx: PackContext, indicator: Indicator) -> Chart | None:
    kind = kind_of(ctx, indicator)
    if kind is SeriesKind.WINDOW:
        return _levels(ctx, indicator)
    measure = "ytd" if kind is SeriesKind.RATIO else "month"
    months = _months(ctx, indicator, measure)
    if sum(point.value is not None for point in months) >= 2:
        return _monthly(ctx, indicator, months, measure)
    return _rolling(ctx, indicator) or _of_years(ctx, indicator)


def _months(
    ctx: PackContext, indicator: Indicator, measure: str, back: int = 0
) -> list[MonthPoint]:
    """The latest twelve months, or those ``back`` months earlier."""
    last = ctx.month - back
    points = []
    for place in range(SHOWN - 1, -1, -1):
        figure = ctx.figure(indicator, measure, last - place)
        why = "only in a sum" if figure.value is None and _in_a_sum(ctx, indicator, figure) else ""
        points.append(MonthPoint(last - place, figure.value, figure.state, why))
    return points


def _in_a_sum(ctx: PackContext, indicator: Indicator, month: Figure) -> bool:
    """Whether twelve months that are known include this one, which is not known by itself."""
    until = min(month.month.index + 11, ctx.month.index)
    return any(
        ctx.figure(indicator, "rolling12", Month(index), source=month.source).known
        for index in range(month.month.index, until + 1)
    )


def _monthly(
    ctx: PackContext, indicator: Indicator, months: list[MonthPoint], measure: str
) -> Chart:
    previous = _months(ctx, indicator, measure, 12)
    if sum(point.value is not None for point in previous) < 2:
        previous = []
    ratio = indicator.unit is Unit.PERCENTAGE
    unit = "per cent, year to date" if ratio else indicator.unit.value
    title = "Year to date, per cent" if ratio else f"{words.capitalised(unit)} each month"
    return months_chart(
        f"time-{indicator.id}", title, months, previous, unit, Extras(breaks=indicator.breaks)
    )


def _rolling(ctx: PackContext, indicator: Indicator) -> Chart | None:
    """Twelve months to each month, for sources that publish nothing else."""
    months = [ctx.month - place for place in range(SHOWN - 1, -1, -1)]
    line = [ctx.value(indicator, "rolling12", month=month) for month in months]
    if sum(value is not None for value in line) < 2:
        return None
    known = [(m, v) for m, v in zip(months, line, strict=True) if v is not None]
    names = [month.short_name for month, _ in known]
    lines = [(words.number(known[-1][1]), [value for _, value in known])]
    title = "Twelve months to each month"
    return lines_chart(f"time-{indicator.id}", title, names, lines, indicator.unit.value)


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
    title = "Latest figure and what it is compared with"
    return levels_chart(f"time-{indicator.id}", title, levels, "per cent", comparators)


def _of_place(ctx: PackContext, indicator: Indicator) -> Chart | None:
    """Every area of the widest group whose members' rates are held."""
    if indicator.rate is None:
        return None
    best: tuple[int, Chart] | None = None
    for group in ctx.groups_of(indicator):
        peers = ctx.service.peers(indicator.id, group.id, ctx.month)
        if len(peers) < 3 or (best is not None and len(peers) <= best[0]):
            continue
        rank = ctx.figure(indicator, "rank", peer_group=group.id)
        said = words.rank(rank.value, rank.of, group.rank_order) if rank.value else ""
        values = [PeerValue(a, n, v, a == ctx.partnership.area) for a, n, v in peers]
        per = words.per_words(indicator.rate.per, ctx.rate_of(indicator))
        unit = f"{indicator.unit.value} {per}"
        mean = ctx.value(indicator, "average", peer_group=group.id)
        chart = dot_plot(f"place-{indicator.id}", "Where we stand", values, unit, mean, said)
        best = (len(peers), chart)
    return best[1] if best else None


def _of_years(ctx: PackContext, indicator: Indicator) -> Chart | None:
    """Five financial years."""
    years = [
        (str(year), ctx.value(indicator, "rolling12", month=year.last))
        for year in complete_years(ctx)
    ]
    if sum(value is not None for _, value in years) < 2:
        return None
    decimals = indicator.decimals if indicator.unit is Unit.PERCENTAGE else 0
    unit = "per cent" if indicator.unit is Unit.PERCENTAGE else indicator.unit.value
    return years_chart(f"years-{indicator.id}", "Five years", years, unit, decimals)
