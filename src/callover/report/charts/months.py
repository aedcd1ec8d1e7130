"""Twelve months as bars, the year before as a line: how it goes, compared with the same season."""

from __future__ import annotations

from collections.abc import Sequence

from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.findings import month_alt, month_finding
from callover.report.charts.labels import label_layer
from callover.report.charts.look import HEIGHT, WIDE, layered
from callover.report.charts.month_labels import break_labels, direct, gap_labels, latest
from callover.report.charts.month_marks import (
    band,
    bars,
    break_rules,
    range_ends,
    special_marks,
    target,
    year_before,
)
from callover.report.charts.plot import Plot, plotted
from callover.report.charts.points import OUTSIDE, Extras, MonthPoint, known, month_cell
from callover.report.charts.targets import target_cells


def months_chart(
    chart_id: str,
    title: str,
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint] = (),
    unit: str = "",
    extras: Extras | None = None,
    alt: str = "",
    decimals: int = 0,
    what: str = "each month",
) -> Chart:
    """Bars for ``points`` (one a month, in order), a line for the same months a year before.

    Bars begin at zero. A month without a value is a gap with its reason; an estimate is hollow.
    Without a ``title`` the finding is computed. ``what`` says in the caption what a bar stands for.
    """
    plot = plotted(points, previous, extras or Extras(), decimals)
    layers = [*band(plot), *bars(plot), *range_ends(plot), *year_before(plot), *target(plot)]
    layers += [*break_rules(plot), *special_marks(plot)]
    labels = [*latest(plot), *gap_labels(plot), *break_labels(plot), *direct(plot)]
    said = title or month_finding(points, previous, decimals)
    return Chart(
        id=chart_id,
        title=said,
        caption=_caption(plot, f"{unit} {what}"),
        alt=alt or month_alt(said, points, previous, unit, decimals, plot.extras),
        spec=layered([*layers, *label_layer(labels, plot.y)], plot.room(labels)),
        table=month_table(chart_id, said, points, previous, decimals, plot.extras),
        width=WIDE,
        height=HEIGHT,
    )


def _caption(plot: Plot, what: str) -> str:
    first, last = plot.points[0].month.short_name, plot.points[-1].month.short_name
    parts = [f"{words.capitalised(what)}: bars, {first} to {last}"]
    if known(plot.previous):
        parts.append("line, the year before")
    return caption_of(plot, parts)


def caption_of(plot: Plot, parts: Sequence[str]) -> str:
    """What is drawn, in one sentence; each sign is explained where it occurs."""
    said = list(parts)
    if any(point.estimated for point in (*plot.points, *plot.previous)):
        said.append("hollow, an estimate")
    if any(value is not None for value in plot.extras.target):
        said.append("dashed, the target")
    terms = plot.extras.special_terms(len(plot.points))
    if any(term in OUTSIDE for term in terms):
        said.append("triangle, outside the usual range")
    within = [term for term in terms if term not in OUTSIDE]
    if within:
        said.append(f"diamond, {words.joined(within, 'or')}")
    return f"{'; '.join(said)}."


def month_table(
    chart_id: str,
    title: str,
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint],
    decimals: int = 0,
    extras: Extras | None = None,
) -> Table:
    """The figures behind the chart, missing ones with their reason; target and usual range where
    they are drawn."""
    asked = target_cells(len(points), extras or Extras(), decimals)
    drawn = extras if extras is not None and extras.is_usual else None
    ranges = {place: ends for place, *ends in drawn.ranges(len(points))} if drawn else {}
    before = {p.month.index + 12: p for p in previous}
    rows = []
    for place, point in enumerate(points):
        cells = [Cell(point.month.name), month_cell(point, decimals)]
        if previous:
            cells.append(month_cell(before.get(point.month.index), decimals))
        cells += asked[place : place + 1]
        if drawn:
            cells.append(_usual(ranges.get(place), drawn.special_in(place), decimals))
        rows.append(Row(tuple(cells)))
    columns = [Column("Month"), Column("This year", numeric=True)]
    if previous:
        columns.append(Column("A year before", numeric=True))
    if asked:
        columns.append(Column("Target", numeric=True))
    if drawn:
        columns.append(Column("Usual range"))
    return Table(f"{chart_id}-table", f"{title}: the figures", tuple(columns), tuple(rows))


def _usual(ends: Sequence[float] | None, why: str, decimals: int) -> Cell:
    """``84–132``, ``84–132: above``; where a month has none, that."""
    if ends is None:
        return Cell("none")
    said = words.interval(ends[0], ends[1], decimals)
    return Cell(f"{said}: {why}" if why else said)
