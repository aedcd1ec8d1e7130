"""From the value before to the value now, a step for each part: what made a change."""

from __future__ import annotations

from collections.abc import Sequence

from callover.analysis.drivers import Contribution
from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.labels import width_of
from callover.report.charts.look import ACCENT, INK, PAPER, SOFT, WIDE, Layer, Room, layered, values

LINE = 17
"""Points a step takes with its room."""

NAME_WIDTH = 190

Ends = tuple[tuple[str, float], tuple[str, float]]
"""Name and value before, and now."""


def waterfall_chart(
    chart_id: str,
    title: str,
    ends: Ends,
    parts: Sequence[Contribution],
    unit: str,
    names: bool = False,
) -> Chart:
    """Both ends with the parts between them, in the order given.

    Rises are solid, falls hollow; each begins where the one above it ended, and the last ends at
    the value now. Without a ``title`` the finding is computed. ``names``: the parts are called by
    names, which keep their capitals within a sentence.
    """
    said = title or contribution_finding(parts, names)
    return Chart(
        id=chart_id,
        title=said,
        caption=f"{words.capitalised(unit)}: from the first number to the last, a bar for what "
        "each part added (solid) or took away (hollow).",
        alt=f"{said}. {_all_words(ends, parts, names)}",
        spec=_spec(ends, parts),
        table=_table(chart_id, said, ends, parts, unit),
        width=WIDE,
        height=LINE * (len(parts) + 2) + 10,
    )


def contribution_finding(parts: Sequence[Contribution], names: bool = False) -> str:
    """``Largest rise: harassment (+396)``; where all together fell, the largest fall.

    What no part explains is no finding.
    """
    moved = [part for part in parts if part.change and not part.rest]
    if not moved:
        return "No part that is known changed"
    whole = sum(part.change for part in parts)
    most = max(moved, key=lambda part: part.change if whole >= 0 else -part.change)
    word = "rise" if most.change > 0 else "fall"
    return f"Largest {word}: {_called(most, names)} ({words.signed(most.change)})"


def _called(part: Contribution, names: bool) -> str:
    return part.name if names else words.within(part.name)


def _all_words(ends: Ends, parts: Sequence[Contribution], names: bool) -> str:
    before, now = ends
    said = [f"{_called(part, names)} {words.signed(part.change)}" for part in parts]
    whole = f"From {words.number(before[1])} ({before[0]}) to {words.number(now[1])} ({now[0]})"
    return f"{whole}: {words.joined(said)}." if said else f"{whole}."


def _spec(ends: Ends, parts: Sequence[Contribution]) -> Layer:
    steps = _steps(ends, parts)
    names = [step["name"] for step in steps]
    low = min(min(step["from"], step["to"]) for step in steps)
    high = max(max(step["from"], step["to"]) for step in steps)
    left = min(max(map(width_of, names)), NAME_WIDTH) + 8
    number = max(width_of(step["text"]) for step in steps) + 8
    room = number * ((high - low) or 1) / max(WIDE - left - 2 * number, 30)
    scale = {"domain": [low - room, high + room], "nice": False, "zero": False}
    y = {"field": "name", "type": "ordinal", "sort": names, "title": None,
         "axis": {"labelLimit": NAME_WIDTH, "labelColor": INK, "domain": False}}  # fmt: skip
    x = {"field": "from", "type": "quantitative", "axis": None, "scale": scale}
    bar = {"type": "bar", "height": {"band": 0.66}, "strokeWidth": 1.3}
    fall = {"test": "datum.to < datum.from", "value": PAPER}
    end = {"test": "datum.end", "value": INK}
    edge = [end, {"test": "datum.to < datum.from", "value": SOFT}]
    colours = {"fill": {"condition": [end, fall], "value": ACCENT},
               "stroke": {"condition": edge, "value": ACCENT}}  # fmt: skip
    text = {"type": "text", "fontWeight": "bold",
            "align": {"expr": "datum.to < datum.from ? 'right' : 'left'"},
            "dx": {"expr": "datum.to < datum.from ? -4 : 4"}}  # fmt: skip
    at = {"x": x | {"field": "to"}, "y": y}
    return layered(
        [
            {"data": values(steps), "mark": bar,
             "encoding": {"x": x, "x2": {"field": "to"}, "y": y, **colours}},
            {"data": values(steps), "mark": text,
             "encoding": at | {"text": {"field": "text"}}},
        ],
        Room(left=round(left, 1), top=2, right=4),
    )  # fmt: skip


def _steps(ends: Ends, parts: Sequence[Contribution]) -> list[Layer]:
    """Where each bar begins and ends; both ends of the whole are a line."""
    before, now = ends
    found: list[Layer] = [_end(*before)]
    height = before[1]
    for part in parts:
        found.append({"name": part.name, "from": height, "to": height + part.change,
                      "text": words.signed(part.change), "end": False})  # fmt: skip
        height += part.change
    return [*found, _end(*now)]


def _end(name: str, value: float) -> Layer:
    return {"name": name, "from": value, "to": value, "text": words.number(value), "end": True}


def _table(
    chart_id: str, title: str, ends: Ends, parts: Sequence[Contribution], unit: str
) -> Table:
    before, now = ends
    rows = (
        Row((Cell(before[0]), Cell(words.number(before[1]), value=before[1]))),
        *(Row((Cell(p.name), Cell(words.signed(p.change), value=p.change))) for p in parts),
        Row((Cell(now[0]), Cell(words.number(now[1]), value=now[1])), kind="total"),
    )
    columns = (Column("Part"), Column(words.capitalised(unit), numeric=True))
    return Table(f"{chart_id}-table", f"{title}: the figures", columns, rows)
