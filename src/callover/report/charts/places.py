"""Where an area stands among its peers: one dot an area, ours marked and labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.look import ACCENT, INK, QUIET, RULE, SOFT, Layer, layered, values


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
        {"place": place, "value": peer.value, "name": peer.name, "own": peer.own}
        for place, peer in enumerate(ordered)
    ]
    own = next((row for row in rows if row["own"]), None)
    y: Layer = {"field": "place", "type": "ordinal", "axis": None}
    x: Layer = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"tickCount": 4, "title": unit, "grid": False, "domain": True},
    }
    layers: list[Layer] = [
        {
            "data": values(rows),
            "mark": {"type": "rule", "color": RULE, "strokeWidth": 0.7},
            "encoding": {"x": x, "x2": {"datum": 0}, "y": y},
        },
        {
            "data": values([row for row in rows if not row["own"]]),
            "mark": {"type": "point", "filled": True, "color": SOFT, "size": 28, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
    ]
    if mean is not None:
        layers += _mean(mean, decimals)
    if own is not None:
        layers += _own(own, rank, decimals, x, y, max(row["value"] for row in rows))
    said = f"{words.number(own['value'], decimals)}, {rank}" if own else "not among them"
    return Chart(
        id=chart_id,
        title=title,
        caption=f"{words.capitalised(unit)}: one dot an area, the dashed line is their mean.",
        alt=f"{title}: {said}, among {len(rows)} areas.",
        spec=layered(layers),
        table=_table(chart_id, title, ordered, unit, decimals),
        width=270,
        height=160,
    )


def _mean(mean: float, decimals: int) -> list[Layer]:
    data = values([{"mean": mean, "text": f"mean {words.number(mean, decimals)}"}])
    x = {"field": "mean", "type": "quantitative"}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "strokeDash": [3, 2], "color": INK},
            "encoding": {"x": x},
        },
        {
            "data": data,
            "mark": {"type": "text", "color": QUIET, "align": "left", "dx": 3, "baseline": "top"},
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "text"}},
        },
    ]


def _own(
    own: Layer,
    rank: str,
    decimals: int,
    x: Layer,
    y: Layer,
    highest: float,
) -> list[Layer]:
    value = float(own["value"])
    label = own | {"text": f"{words.number(value, decimals)}" + (f" · {rank}" if rank else "")}
    right = value < 0.55 * highest
    text = {
        "type": "text", "align": "left" if right else "right", "dx": 8 if right else -8,
        "dy": 0 if right else -9, "color": ACCENT, "fontWeight": "bold",
    }  # fmt: skip
    point = {"type": "point", "filled": True, "color": ACCENT, "size": 90, "opacity": 1}
    return [
        {"data": values([dict(own)]), "mark": point, "encoding": {"x": x, "y": y}},
        {
            "data": values([dict(label)]),
            "mark": text,
            "encoding": {"x": x, "y": y, "text": {"field": "text"}},
        },
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
