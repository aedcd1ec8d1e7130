"""What made a change: a bar for each part, to the right for more, to the left for fewer."""

from __future__ import annotations

from collections.abc import Sequence

from callover.analysis.drivers import Contribution
from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.labels import width_of
from callover.report.charts.look import (
    ACCENT,
    INK,
    PAPER,
    SOFT,
    WIDE,
    Layer,
    layered,
    values,
)

LINE = 17
"""Points a bar takes with its room."""

NAME_WIDTH = 190


def contributions_chart(
    chart_id: str, title: str, parts: Sequence[Contribution], unit: str
) -> Chart:
    """The parts from the largest rise to the largest fall; rises solid, falls hollow.

    Without a ``title`` the finding is computed.
    """
    ordered = sorted(parts, key=lambda part: (-part.change, part.name))
    said = title or contribution_finding(parts)
    return Chart(
        id=chart_id,
        title=said,
        caption=f"Change in {unit} by part: solid bars are more, hollow bars fewer.",
        alt=f"{said}. {_all_words(ordered)}",
        spec=_spec(ordered),
        table=_table(chart_id, said, ordered, unit),
        width=WIDE,
        height=LINE * max(len(ordered), 1) + 10,
    )


def contribution_finding(parts: Sequence[Contribution]) -> str:
    """``Most of the rise: harassment (+396)``; where all fell, the largest fall."""
    moved = [part for part in parts if part.change]
    if not moved:
        return "No part changed"
    whole = sum(part.change for part in parts)
    most = max(moved, key=lambda part: part.change if whole >= 0 else -part.change)
    word = "rise" if most.change > 0 else "fall"
    return f"Largest {word}: {words.within(most.name)} ({words.signed(most.change)})"


def _all_words(ordered: Sequence[Contribution]) -> str:
    said = [f"{words.within(part.name)} {words.signed(part.change)}" for part in ordered]
    return f"{words.capitalised(words.joined(said))}." if said else "There are no parts."


def _spec(ordered: Sequence[Contribution]) -> Layer:
    rows: list[Layer] = [
        {"name": part.name, "change": part.change, "text": words.signed(part.change)}
        for part in ordered
    ]
    y = {"field": "name", "type": "ordinal", "sort": [part.name for part in ordered],
         "title": None,
         "axis": {"labelLimit": NAME_WIDTH, "labelColor": INK, "domain": False}}  # fmt: skip
    x = {"field": "change", "type": "quantitative", "axis": None,
         "scale": {"domain": _domain(ordered), "nice": False}}  # fmt: skip
    fill = {"condition": {"test": "datum.change < 0", "value": PAPER}, "value": ACCENT}
    stroke = {"condition": {"test": "datum.change < 0", "value": SOFT}, "value": ACCENT}
    bar = {"type": "bar", "height": {"band": 0.66}, "strokeWidth": 1.3}
    encoding: Layer = {"x": x, "y": y}
    text = {"type": "text", "fontWeight": "bold",
            "align": {"expr": "datum.change < 0 ? 'right' : 'left'"},
            "dx": {"expr": "datum.change < 0 ? -4 : 4"}}  # fmt: skip
    return layered([
        {"data": values(rows), "mark": bar, "encoding": encoding | {"fill": fill,
                                                                    "stroke": stroke}},
        {"data": values(rows), "mark": text, "encoding": encoding | {"text": {"field": "text"}}},
        {"data": values([{"change": 0}]), "mark": {"type": "rule", "color": INK},
         "encoding": {"x": x}},
    ])  # fmt: skip


def _domain(ordered: Sequence[Contribution]) -> list[float]:
    """From the largest fall to the largest rise, with room for the numbers at both ends."""
    low = min([part.change for part in ordered] + [0])
    high = max([part.change for part in ordered] + [0])
    number = max((width_of(words.signed(part.change)) for part in ordered), default=0) + 8
    names = max((width_of(part.name) for part in ordered), default=0)
    bars = WIDE - min(names, NAME_WIDTH) - 14 - number * ((low < 0) + (high > 0))
    room = number * ((high - low) or 1) / max(bars, 30)
    return [low - room if low < 0 else low, high + room if high > 0 else high + 1]


def _table(chart_id: str, title: str, ordered: Sequence[Contribution], unit: str) -> Table:
    rows = tuple(
        Row((Cell(part.name), Cell(words.signed(part.change), value=part.change)))
        for part in ordered
    )
    columns = (Column("Part"), Column(f"Change in {unit}", numeric=True))
    return Table(f"{chart_id}-table", f"{title}: the figures", columns, rows)
