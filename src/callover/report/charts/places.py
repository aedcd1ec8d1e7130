"""Where an area stands among its peers: one dot an area, ours marked and labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.labels import width_of
from callover.report.charts.look import (
    ACCENT,
    HEIGHT,
    INK,
    NARROW,
    PAPER,
    QUIET,
    RULE,
    SOFT,
    Layer,
    layered,
    values,
)

ACROSS, ROW_ROOM = NARROW - 12, HEIGHT - 22
"""Points that the dots have across, and all rows together down to the axis."""

LINE, BESIDE = 13, 11
"""Points: a line of words, and how far words stand from the dot and the edge."""


@dataclass(frozen=True, slots=True)
class PeerValue:
    """An area's rate."""

    area: str
    name: str
    value: float
    own: bool = False


def dot_plot(
    chart_id: str,
    title: str,
    peers: Sequence[PeerValue],
    unit: str,
    mean: float | None = None,
    rank: str = "",
    decimals: int = 1,
) -> Chart:
    """All areas from low to high; the mean as a dashed line, ours with value and rank in words."""
    ordered = sorted(peers, key=lambda peer: (peer.value, peer.name))
    rows: list[Layer] = [
        {"place": place, "value": peer.value, "own": peer.own} for place, peer in enumerate(ordered)
    ]
    own = next((row for row in rows if row["own"]), None)
    top = 1.04 * max([row["value"] for row in rows] + [mean or 0, 0]) or 1
    tag = None if own is None else _tag(own, rank, decimals, top, mean, len(rows))
    top = max(top, tag.top) if tag else top
    layers = _dots(rows, top)
    if mean is not None:
        layers += _mean(mean, decimals, top, bool(own and own["place"] < 0.25 * len(rows)))
    if own is not None and tag is not None:
        layers += _own(own, tag, top)
    line = f", the dashed line their mean of {words.number(mean, decimals)}" if mean else ""
    return Chart(
        id=chart_id,
        title=title,
        caption=f"{words.capitalised(unit)}: one dot an area{line}.",
        alt=_alt(title, ordered, mean, rank, decimals),
        spec=layered(layers),
        table=_table(chart_id, title, ordered, unit, decimals),
        width=NARROW,
        height=HEIGHT,
    )


def _alt(
    title: str, ordered: Sequence[PeerValue], mean: float | None, rank: str, decimals: int
) -> str:
    """``6th lowest of 12 (force): 79.9; mean 81.9; lowest Ashmere 48.9, highest Calderstow 114.2.``

    The rank and the number of areas only where the title does not say them.
    """
    own = next((peer for peer in ordered if peer.own), None)
    said = words.number(own.value, decimals) if own else "not among them"
    if own and rank and rank.lower() not in title.lower():
        said += f", {rank}"
    if f"of {len(ordered)}" not in f"{title} {rank}":
        said += f", among {len(ordered)} areas"
    if mean is not None:
        said += f"; mean {words.number(mean, decimals)}"
    ends = [
        f"{word} {peer.name} {words.number(peer.value, decimals)}"
        for word, peer in (("lowest", ordered[0]), ("highest", ordered[-1]))
        if not peer.own
    ]
    return f"{title}: {'; '.join([said, ', '.join(ends)])}."


def _across(top: float) -> Layer:
    axis = {"tickCount": 4, "title": None, "grid": False, "domain": True}
    scale = {"domain": [0, top], "nice": False}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


_DOWN: Layer = {"field": "place", "type": "ordinal", "axis": None}


def _dots(rows: list[Layer], top: float) -> list[Layer]:
    x = _across(top)
    hair = {"type": "rule", "color": RULE, "strokeWidth": 0.6}
    dot = {"type": "point", "filled": True, "color": SOFT, "size": 26, "opacity": 1,
           "stroke": PAPER, "strokeWidth": 0.6}  # fmt: skip
    others = [row for row in rows if not row["own"]]
    return [
        {"data": values(rows), "mark": hair,
         "encoding": {"x": x, "x2": {"datum": 0}, "y": _DOWN}},
        {"data": values(others), "mark": dot, "encoding": {"x": x, "y": _DOWN}},
    ]  # fmt: skip


def _mean(mean: float, decimals: int, top: float, at_foot: bool) -> list[Layer]:
    """The mean as a line, named where no dot is: right of it at the top, left of it at the foot."""
    data = values([{"value": mean, "text": f"mean {words.number(mean, decimals)}"}])
    x = _across(top)
    side = {"align": "right", "dx": -4, "baseline": "bottom"} if at_foot else {
        "align": "left", "dx": 4, "baseline": "top"}  # fmt: skip
    y = {"value": {"expr": "height - 2" if at_foot else "0"}}
    return [
        {"data": data, "mark": {"type": "rule", "strokeDash": [3, 2], "color": INK},
         "encoding": {"x": x}},
        {"data": data, "mark": {"type": "text", "color": QUIET, **side},
         "encoding": {"x": x, "y": y, "text": {"field": "text"}}},
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tag:
    """Our value and rank, beside our dot; ``top`` is how far the scale goes to leave them room."""

    lines: tuple[str, ...]
    right: bool
    top: float


def _tag(own: Layer, rank: str, decimals: int, top: float, mean: float | None, count: int) -> _Tag:
    """Left of our dot and below it, or right and above: there the rising dots leave room.

    Left where the mean's line is on the right; right where the words would not fit left, for the
    axis is near. There the scale goes on until they fit.
    """
    value = float(own["value"])
    lines = (words.number(value, decimals), *([rank] if rank else []))
    wide = max(map(width_of, lines)) + BESIDE
    below = ROW_ROOM * (count - own["place"] - 0.5) / count
    fits_left = ACROSS * value / top > wide and below > LINE * len(lines)
    right = not (fits_left and mean is not None and value < mean)
    return _Tag(lines, right, value * ACROSS / (ACROSS - wide) if right and wide < ACROSS else 0)


def _own(own: Layer, tag: _Tag, top: float) -> list[Layer]:
    """Our dot, larger, with its value and rank."""
    data = values([{"place": own["place"], "value": own["value"], "lines": tag.lines}])
    encoding = {"x": _across(top), "y": _DOWN}
    point = {"type": "point", "filled": True, "color": ACCENT, "size": 110, "opacity": 1,
             "stroke": PAPER}  # fmt: skip
    side: Layer = {"align": "right", "dx": -9, "dy": 4}
    if tag.right:
        side = {"align": "left", "dx": 9, "dy": -LINE * (len(tag.lines) - 1) - 2}
    mark = {"type": "text", "color": ACCENT, "fontWeight": "bold", "lineHeight": LINE,
            "baseline": "middle", **side}  # fmt: skip
    text = encoding | {"text": {"field": "lines"}}
    halo = mark | {"stroke": PAPER, "strokeWidth": 3, "color": PAPER}
    return [
        {"data": data, "mark": halo, "encoding": text},
        {"data": data, "mark": mark, "encoding": text},
        {"data": data, "mark": point, "encoding": encoding},
    ]


def _table(
    chart_id: str, title: str, ordered: Sequence[PeerValue], unit: str, decimals: int
) -> Table:
    rows = tuple(
        Row(
            (
                Cell(peer.name, strong=peer.own),
                Cell(words.number(peer.value, decimals), value=peer.value),
            )
        )
        for peer in ordered
    )
    columns = (Column("Area"), Column(words.capitalised(unit), numeric=True))
    return Table(f"{chart_id}-table", f"{title}: the figures", columns, rows)
