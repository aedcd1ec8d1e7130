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
    layers = _dots(rows, top)
    if mean is not None:
        layers += _mean(mean, decimals, top, bool(own and own["place"] < 0.25 * len(rows)))
    if own is not None:
        layers += _own(own, rank, decimals, top, mean, len(rows))
    said = f"{words.number(own['value'], decimals)}, {rank}" if own else "not among them"
    line = f", the dashed line their mean of {words.number(mean, decimals)}" if mean else ""
    return Chart(
        id=chart_id,
        title=title,
        caption=f"{words.capitalised(unit)}: one dot an area{line}.",
        alt=f"{title}: {said.rstrip(', ')}, among {len(rows)} areas.",
        spec=layered(layers),
        table=_table(chart_id, title, ordered, unit, decimals),
        width=NARROW,
        height=HEIGHT,
    )


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


def _own(
    own: Layer, rank: str, decimals: int, top: float, mean: float | None, count: int
) -> list[Layer]:
    """Our dot, larger, with its value and rank where no other dot can be."""
    value = float(own["value"])
    lines = [words.number(value, decimals), *([rank] if rank else [])]
    data = values([{"place": own["place"], "value": value, "lines": lines}])
    encoding = {"x": _across(top), "y": _DOWN}
    point = {"type": "point", "filled": True, "color": ACCENT, "size": 110, "opacity": 1,
             "stroke": PAPER}  # fmt: skip
    wide = max(map(width_of, lines))
    low = own["place"] >= count - 6
    side = _side(value / top, wide, mean is not None and value < mean, len(lines), low)
    mark = {"type": "text", "color": ACCENT, "fontWeight": "bold", "lineHeight": 13, **side}
    text = encoding | {"text": {"field": "lines"}}
    halo = mark | {"stroke": PAPER, "strokeWidth": 3, "color": PAPER}
    return [
        {"data": data, "mark": halo, "encoding": text},
        {"data": data, "mark": mark, "encoding": text},
        {"data": data, "mark": point, "encoding": encoding},
    ]


def _side(across: float, width: float, below_mean: bool, lines: int, low: bool) -> Layer:
    """Right of the dot and above it, or left and below: there the rising dots leave room.

    Away from the mean's line where the words fit there; above the axis for the last places.
    """
    room = NARROW - 12
    fits_right = room * (1 - across) > 0.8 * width  # the drawer makes room for the rest
    fits_left = room * across > width + 10
    right = fits_right and not (below_mean and fits_left)
    if right or not fits_left:
        return {"align": "left", "dx": 9, "dy": -13 * (lines - 1) - 2, "baseline": "middle"}
    return {"align": "right", "dx": -9, "dy": -13 * lines if low else 4, "baseline": "middle"}


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
