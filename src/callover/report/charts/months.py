"""Twelve months as bars, the year before as a line: how it goes, compared with the same season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.findings import month_alt, month_finding
from callover.report.charts.labels import (
    Label,
    kept_apart,
    label_layer,
    width_of,
)
from callover.report.charts.look import (
    ACCENT,
    BAND,
    FONT_SIZE,
    HEIGHT,
    INK,
    PAPER,
    QUIET,
    WIDE,
    Layer,
    layered,
    values,
)
from callover.report.charts.points import (
    Extras,
    Gap,
    MonthPoint,
    break_places,
    gaps,
    known,
    month_axis,
    month_cell,
    stretches,
    value_axis,
)

MARGIN = 62
"""About how many points the names at the right edge take; the drawer makes the room."""

PLOT_WIDTH, PLOT_HEIGHT = WIDE - MARGIN - 38, HEIGHT - 36


@dataclass(frozen=True, slots=True)
class Plot:
    """The months to draw with their scales."""

    points: tuple[MonthPoint, ...]
    previous: tuple[MonthPoint, ...]
    extras: Extras
    top: float
    decimals: int
    bottom: float = 0

    @property
    def x(self) -> Layer:
        """Encoding of the months."""
        return month_axis(self.points)

    @property
    def y(self) -> Layer:
        """Encoding of the values."""
        return value_axis(self.top, self.decimals, self.bottom)

    @property
    def letter_height(self) -> float:
        """A line of words, in data."""
        return 1.15 * FONT_SIZE * (self.top - self.bottom) / PLOT_HEIGHT


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
    layers = [*band(plot), *_bars(plot), *range_ends(plot), *year_before(plot), *_target(plot)]
    layers += [*break_rules(plot), *special_marks(plot)]
    labels = [*_latest(plot), *gap_labels(plot), *break_labels(plot), *_direct(plot)]
    said = title or month_finding(points, previous, decimals)
    return Chart(
        id=chart_id,
        title=said,
        caption=_caption(plot, f"{unit} {what}"),
        alt=alt or month_alt(said, points, previous, unit, decimals, plot.extras),
        spec=layered([*layers, *label_layer(labels, plot.y)]),
        table=month_table(chart_id, said, points, previous, decimals, plot.extras),
        width=WIDE,
        height=HEIGHT,
    )


def plotted(
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint],
    extras: Extras,
    decimals: int = 0,
    bottom: float = 0,
) -> Plot:
    """The months with a scale that leaves room for words above the highest mark."""
    heights = [value for _, value in (*known(points), *known(previous))]
    heights += [high for _, _, high in extras.ranges(len(points))]
    heights += [value for value in extras.target if value is not None]
    room = 1.28 if break_places(extras.breaks, points) else 1.15
    highest = max(heights, default=0) or 1
    top = bottom + (highest - bottom) * room
    return Plot(tuple(points), tuple(previous), extras, top, decimals, bottom)


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


def _bars(plot: Plot) -> list[Layer]:
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


def _target(plot: Plot) -> list[Layer]:
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


def break_labels(plot: Plot) -> list[Label]:
    """The word beside each such line, above all marks."""
    labels = []
    for across, word in break_places(plot.extras.breaks, plot.points):
        left = across * PLOT_WIDTH + width_of(word) > PLOT_WIDTH
        side, dx = ("right", -3) if left else ("left", 3)
        labels.append(Label(word, across, plot.top, QUIET, align=side, dx=dx, dy=6))
    return labels


def _latest(plot: Plot) -> list[Label]:
    """The latest value, above its bar and above the line that may cross it."""
    for place, value in known(plot.points)[-1:]:
        line = plot.previous[place].value if place < len(plot.previous) else None
        shown = words.number(value, plot.decimals)
        return [_above(plot, place, max(value, line or 0), shown)]
    return []


def _above(plot: Plot, place: int, height: float, shown: str) -> Label:
    """Words above a month; above the last one they end with the plot, clear of the names."""
    if place == len(plot.points) - 1:
        return Label(shown, 1, height, ACCENT, bold=True, align="right", dy=-9)
    return Label(shown, middle(plot, place), height, ACCENT, bold=True, dy=-9)


def middle(plot: Plot, place: float) -> float:
    """How far across the middle of a month's band is (0 to 1)."""
    return (place + 0.5) / len(plot.points)


def gap_labels(plot: Plot) -> list[Label]:
    """Why months have no mark, written once where their marks would stand."""
    return [_gap_label(plot, gap) for gap in gaps(plot.points)]


def _gap_label(plot: Plot, gap: Gap) -> Label:
    across = middle(plot, gap.first + (gap.count - 1) / 2)
    room = PLOT_WIDTH * gap.count / len(plot.points)
    if width_of(gap.reason) <= room:
        return Label(gap.reason, across, plot.bottom, QUIET, dy=-8)
    return Label(gap.reason, across, plot.bottom, QUIET, align="left", dx=4, angle=270)


def _direct(plot: Plot) -> list[Label]:
    """Names beside what they name, at the right edge."""
    labels = []
    for _, value in known(plot.points)[-1:]:
        labels.append(edge_label("this year", value, ACCENT, bold=True))
    for _, value in known(plot.previous[: len(plot.points)])[-1:]:
        labels.append(edge_label("last year", value))
    labels += band_label(plot)
    if any(plot.extras.special):
        labels.append(edge_label("not chance", plot.bottom + plot.letter_height / 2, QUIET))
    for value in [value for value in plot.extras.target if value is not None][-1:]:
        labels.append(edge_label("target", value, QUIET))
    if len(labels) == 1:
        return []
    return kept_apart(labels, plot.letter_height, plot.top)


def band_label(plot: Plot) -> list[Label]:
    """The name of the usual range, at its middle."""
    for _, low, high in plot.extras.ranges(len(plot.points))[-1:]:
        return [edge_label(plot.extras.range_name, (low + high) / 2, QUIET)]
    return []


def edge_label(name: str, value: float, colour: str = INK, bold: bool = False) -> Label:
    """A name to the right of the plot."""
    return Label(name, 1, value, colour, bold, align="left", dx=4)


def _caption(plot: Plot, what: str) -> str:
    first, last = plot.points[0].month.short_name, plot.points[-1].month.short_name
    parts = [f"{words.capitalised(what)}: bars, {first} to {last}"]
    if known(plot.previous):
        parts.append("line, the year before")
    return caption_of(plot, parts)


def caption_of(plot: Plot, parts: Sequence[str]) -> str:
    """What is drawn, in one sentence; what is hollow or dashed is explained where it occurs."""
    said = list(parts)
    if any(point.estimated for point in (*plot.points, *plot.previous)):
        said.append("hollow, an estimate")
    if any(value is not None for value in plot.extras.target):
        said.append("dashed, the target")
    return f"{'; '.join(said)}."


def month_table(
    chart_id: str,
    title: str,
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint],
    decimals: int = 0,
    extras: Extras | None = None,
) -> Table:
    """The figures behind the chart, missing ones with their reason; the usual range if drawn."""
    drawn = extras if extras is not None and extras.is_usual else None
    ranges = {place: ends for place, *ends in drawn.ranges(len(points))} if drawn else {}
    before = {p.month.index + 12: p for p in previous}
    rows = []
    for place, point in enumerate(points):
        cells = [Cell(point.month.name), month_cell(point, decimals)]
        if previous:
            cells.append(month_cell(before.get(point.month.index), decimals))
        if drawn:
            cells.append(_usual(ranges.get(place), drawn.special_in(place), decimals))
        rows.append(Row(tuple(cells)))
    columns = [Column("Month"), Column("This year", numeric=True)]
    if previous:
        columns.append(Column("A year before", numeric=True))
    if drawn:
        columns.append(Column("Usual range"))
    return Table(f"{chart_id}-table", f"{title}: the figures", tuple(columns), tuple(rows))


def _usual(ends: Sequence[float] | None, why: str, decimals: int) -> Cell:
    """``84–132``, ``84–132: above``; where a month has none, that."""
    if ends is None:
        return Cell("none")
    said = words.interval(ends[0], ends[1], decimals)
    return Cell(f"{said}: {why}" if why else said)
