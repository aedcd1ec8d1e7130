"""The charts of an indicator's page: one of time, one of place among peers."""

from __future__ import annotations

from dataclasses import replace

from callover.domain.indicators import Indicator
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Block, Chart, Columns
from callover.report.build.context import PackContext
from callover.report.build.time_pictures import of_time
from callover.report.build.trends import complete_years
from callover.report.build.year_marks import year_marks
from callover.report.charts import PeerValue, dot_plot, years_chart

BESIDE = (1.6, 1)
"""Shares of the page's width that the chart of time and what stands beside it take."""


def pictures(ctx: PackContext, indicator: Indicator) -> tuple[Block, ...]:
    """Time beside place; five years stand in for either; a chart alone has its table beside it."""
    years = of_years(ctx, indicator)
    time = of_time(ctx, indicator) or years
    place = _of_place(ctx, indicator) or years
    if time is None or place is None:
        drawn = time or place
        return () if drawn is None else (_with_table(drawn),)
    if place.id == time.id:
        return (_with_table(time),)
    return (Columns(((time,), (place,)), BESIDE),)


def _with_table(chart: Chart) -> Columns:
    beside = () if chart.table is None else (chart.table,)
    return Columns(((replace(chart, table=None),), beside), BESIDE)


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
        title = f"{words.capitalised(said)} ({group.short_title})" if said else group.title
        chart = dot_plot(f"place-{indicator.id}", title, values, unit, mean, said)
        best = (len(peers), chart)
    return best[1] if best else None


def of_years(ctx: PackContext, indicator: Indicator) -> Chart | None:
    """Five financial years from the first known, without copied ones; None if fewer than two."""
    marks = year_marks(ctx, indicator, complete_years(ctx))
    years = [
        (str(year), ctx.value(indicator, "rolling12", month=year.last))
        for year in complete_years(ctx)
        if year not in marks.doubted
    ]
    if sum(value is not None for _, value in years) < 2:
        return None
    while years[0][1] is None:
        years.pop(0)
    names = [name for name, _ in years]
    breaks = [(names.index(str(year)), each.word) for year, each in marks.broken.items()]
    decimals = indicator.decimals if indicator.unit is Unit.PERCENTAGE else 0
    unit = "per cent" if indicator.unit is Unit.PERCENTAGE else indicator.unit.value
    return years_chart(f"years-{indicator.id}", "", years, unit, decimals, breaks)
