"""What is drawn in a chart of months: bars, the year before, the usual range, target, breaks."""

from __future__ import annotations

from collections.abc import Sequence

from callover.report.charts.look import ACCENT, BAND, INK, PAPER, QUIET, Layer, values
from callover.report.charts.plot import PLOT_HEIGHT, Plot
from callover.report.charts.points import break_places, known, stretches


def bars(plot: Plot) -> list[Layer]:
    """A bar a month; an estimate is hollow."""
    rows: list[Layer] = [
        {"place": place, "value": value, "hollow": plot.points[place].estimated}
        for place, value in known(plot.points)
    ]
    mark = {"type": "bar", "width": {"band": 0.64}, "stroke": ACCENT}
    fill = {"condition": {"test": "datum.hollow", "value": PAPER}, "value": ACCENT}
    encoding = {"x": plot.x, "y": plot.y, "fill": fill}
    return [{"data": values(rows), "mark": mark, "encoding": encoding}]


def year_before(plot: Plot) -> list[Layer]:
    """The same months a year before, as a line that stops at a gap; estimates are hollow."""
    earlier = plot.previous[: len(plot.points)]
    rows = stretches([(place, p.value, p.estimated) for place, p in enumerate(earlier)])
    if not rows:
        return []
    encoding = {"x": plot.x, "y": plot.y}
    line = {"type": "line", "color": INK, "strokeWidth": 1.5}
    point = {"type": "point", "filled": True, "size": 28, "opacity": 1, "strokeWidth": 1.2}
    fill = {"condition": {"test": "datum.hollow", "value": PAPER}, "value": INK}
    stroke = {"condition": {"test": "datum.hollow", "value": INK}, "value": PAPER}
    return [
        {"data": values(rows), "mark": line,
         "encoding": encoding | {"detail": {"field": "stretch", "type": "nominal"}}},
        {"data": values(rows), "mark": point, "encoding": encoding | {"fill": fill,
                                                                      "stroke": stroke}},
    ]  # fmt: skip


def band(plot: Plot) -> list[Layer]:
    """The usual range as a quiet band."""
    rows: list[Layer] = [
        {"place": place, "value": max(plot.bottom, low), "high": high}
        for place, low, high in plot.extras.ranges(len(plot.points))
    ]
    if not rows:
        return []
    mark = {"type": "bar", "color": BAND, "stroke": BAND, "strokeWidth": 0.5, "width": {"band": 1}}
    encoding = {"x": plot.x, "y": plot.y, "y2": {"field": "high"}}
    return [{"data": values(rows), "mark": mark, "encoding": encoding}]


def range_ends(plot: Plot) -> list[Layer]:
    """Both ends of the usual range over the bars, which hide the band: a short line each month."""
    if not plot.extras.is_usual:
        return []
    ends = [
        (place, end)
        for place, low, high in plot.extras.ranges(len(plot.points))
        for end in (max(plot.bottom, low), high)
    ]
    return [_flat(plot, ends, 2.2, PAPER), _flat(plot, ends, 0.9, QUIET)]


def _flat(plot: Plot, ends: Sequence[tuple[int, float]], points: float, colour: str) -> Layer:
    """A line a month wide at each end, so many points thick."""
    half = points / 2 * (plot.top - plot.bottom) / PLOT_HEIGHT
    rows: list[Layer] = [
        {"place": place, "value": max(plot.bottom, end - half), "high": end + half}
        for place, end in ends
    ]
    mark = {"type": "rect", "color": colour}
    encoding = {"x": plot.x, "y": plot.y, "y2": {"field": "high"}}
    return {"data": values(rows), "mark": mark, "encoding": encoding}


_SHAPES = {"above": "triangle-up", "below": "triangle-down"}
"""Of months outside the usual range; a run or a trend has a diamond."""


def special_marks(plot: Plot) -> list[Layer]:
    """A shape at the foot of a month that is no chance: white, so that grey shows it too."""
    rows: list[Layer] = [
        {"place": place, "value": plot.bottom, "shape": _SHAPES.get(why, "diamond")}
        for place, _ in known(plot.points)
        if (why := plot.extras.special_in(place))
    ]
    if not rows:
        return []
    mark = {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": PAPER,
            "stroke": INK, "strokeWidth": 1.2, "yOffset": -8}  # fmt: skip
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    encoding = {"x": plot.x, "y": plot.y, "shape": shape}
    return [{"data": values(rows), "mark": mark, "encoding": encoding}]


def target(plot: Plot) -> list[Layer]:
    """The target, stepping where it changed."""
    rows: list[Layer] = [
        {"place": place, "value": value}
        for place, value in enumerate(plot.extras.target)
        if value is not None
    ]
    if not rows:
        return []
    data, encoding = values(rows), {"x": plot.x, "y": plot.y}
    under: Layer = {"type": "line", "interpolate": "step", "strokeWidth": 3.5, "color": PAPER}
    dashes = under | {"strokeDash": [6, 3], "strokeWidth": 1.6, "color": INK}
    return [{"data": data, "mark": mark, "encoding": encoding} for mark in (under, dashes)]


def break_rules(plot: Plot) -> list[Layer]:
    """A marked line where recording practice changed."""
    rows: list[Layer] = [
        {"across": across} for across, _ in break_places(plot.extras.breaks, plot.points)
    ]
    if not rows:
        return []
    mark = {"type": "rule", "strokeDash": [2, 2], "color": INK}
    encoding = {"x": {"value": {"expr": "width * datum.across"}}}
    return [{"data": values(rows), "mark": mark, "encoding": encoding}]
