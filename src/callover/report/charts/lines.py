"""A line over months: a rolling twelve, or more months than bars have room for."""

from __future__ import annotations

from collections.abc import Sequence

from callover.report import words
from callover.report.blocks import Chart
from callover.report.charts.findings import month_alt, month_finding
from callover.report.charts.labels import Label, kept_apart, label_layer
from callover.report.charts.look import (
    ACCENT,
    HEIGHT,
    PAPER,
    WIDE,
    Layer,
    layered,
    values,
)
from callover.report.charts.month_labels import band_label, break_labels, edge_label, gap_labels
from callover.report.charts.month_marks import band, break_rules, year_before
from callover.report.charts.months import caption_of, month_table
from callover.report.charts.plot import Plot, plotted
from callover.report.charts.points import Extras, MonthPoint, known, stretches


def month_line_chart(
    chart_id: str,
    title: str,
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint] = (),
    unit: str = "",
    extras: Extras | None = None,
    decimals: int = 0,
    what: str = "each month",
) -> Chart:
    """A line of months (24, or a rolling 12), with the same months a year before if given.

    The line stops at a gap; an estimate is hollow; it need not begin at zero. ``what`` says in
    the caption what a point stands for.
    """
    extras = extras or Extras()
    plot = plotted(points, previous, extras, decimals, _floor(points, previous, extras))
    layers = [*band(plot), *year_before(plot), *_line(plot), *break_rules(plot)]
    labels = [*gap_labels(plot), *break_labels(plot), *_ends(plot)]
    said = title or month_finding(points, previous, decimals)
    parts = [f"{words.capitalised(unit)}, {what}: line with dots, the months named"]
    if known(previous):
        parts.append("thin line, the year before")
    return Chart(
        id=chart_id,
        title=said,
        caption=caption_of(plot, parts),
        alt=month_alt(said, points, previous, unit, decimals),
        spec=layered([*layers, *label_layer(labels, plot.y)], plot.room(labels)),
        table=month_table(chart_id, said, points, previous, decimals),
        width=WIDE,
        height=HEIGHT,
    )


def _floor(points: Sequence[MonthPoint], previous: Sequence[MonthPoint], extras: Extras) -> float:
    """Where the scale begins: half the spread below the lowest, zero where that is near."""
    heights = [value for _, value in (*known(points), *known(previous))]
    heights += [low for _, low, _ in extras.ranges(len(points))]
    if not heights:
        return 0.0
    low, high = min(heights), max(heights)
    floor = low - (high - low) / 2 if high > low else low * 0.9
    return floor if low >= 0 and floor > high / 3 else min(0.0, floor)


def _line(plot: Plot) -> list[Layer]:
    rows = stretches(
        [(place, point.value, point.estimated) for place, point in enumerate(plot.points)]
    )
    encoding = {"x": plot.x, "y": plot.y}
    fill = {"condition": {"test": "datum.hollow", "value": PAPER}, "value": ACCENT}
    point = {"type": "point", "filled": True, "size": 24, "stroke": ACCENT, "opacity": 1}
    detail = {"detail": {"field": "stretch", "type": "nominal"}}
    line = {"type": "line", "color": ACCENT, "strokeWidth": 2}
    return [
        {"data": values(rows), "mark": line, "encoding": encoding | detail},
        {"data": values(rows), "mark": point, "encoding": encoding | {"fill": fill}},
    ]


def _ends(plot: Plot) -> list[Label]:
    labels = band_label(plot)
    for _, value in known(plot.points)[-1:]:
        labels.append(edge_label(words.number(value, plot.decimals), value, ACCENT, bold=True))
    for _, value in known(plot.previous[: len(plot.points)])[-1:]:
        labels.append(edge_label("last year", value))
    return kept_apart(labels, plot.letter_height, plot.top, plot.bottom)
