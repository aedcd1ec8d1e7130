"""Years, cohorts and rolling lines: figures that are not months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.look import ACCENT, INK, QUIET, SOFT, Layer, layered, values

Years = Sequence[tuple[str, float | None]]
Lines = Sequence[tuple[str, Sequence[float | None]]]
MOST_LINES = 4


def years_chart(chart_id: str, title: str, years: Years, unit: str, decimals: int = 0) -> Chart:
    """A column a year, each with its number; a year without a value is an empty place."""
    return _columns(chart_id, title, years, unit, decimals, ())


def levels_chart(
    chart_id: str,
    title: str,
    levels: Years,
    unit: str,
    comparators: Sequence[tuple[str, float]] = (),
    decimals: int = 1,
) -> Chart:
    """A column a cohort or window, with a line for each area or group it is compared with."""
    return _columns(chart_id, title, levels, unit, decimals, comparators)


def _columns(
    chart_id: str,
    title: str,
    levels: Years,
    unit: str,
    decimals: int,
    comparators: Sequence[tuple[str, float]],
) -> Chart:
    names = [name for name, _ in levels]
    rows = [
        {"name": name, "value": value, "text": words.number(value, decimals)}
        for name, value in levels
        if value is not None
    ]
    x: dict[str, Any] = {
        "field": "name", "type": "ordinal", "sort": names, "title": None,
        "axis": {"labelAngle": 0, "grid": False, "domain": True},
        "scale": {"domain": names},
    }  # fmt: skip
    y = {
        "field": "value", "type": "quantitative", "scale": {"zero": True},
        "axis": {"tickCount": 4, "title": None},
    }  # fmt: skip
    layers: list[Layer] = [
        {
            "data": values(rows),
            "mark": {"type": "bar", "color": ACCENT, "width": {"band": 0.55}},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": values(rows),
            "mark": {"type": "text", "dy": -7, "fontWeight": "bold"},
            "encoding": {"x": x, "y": y, "text": {"field": "text"}},
        },
    ]
    for name, level in comparators:
        text = f"{name} {words.number(level, decimals)}"
        data = values([{"value": level, "text": text}])
        rule = {"type": "rule", "strokeDash": [4, 3], "color": INK}
        label = {"type": "text", "align": "right", "dy": -6, "color": QUIET}
        layers.append({"data": data, "mark": rule, "encoding": {"y": y}})
        layers.append(
            {
                "data": data,
                "mark": label,
                "encoding": {"y": y, "x": {"value": "width"}, "text": {"field": "text"}},
            }
        )
    return Chart(
        id=chart_id,
        title=title,
        caption=f"{words.capitalised(unit)}, by year or period.",
        alt=_alt(title, levels, unit, decimals),
        spec=layered(layers),
        table=_table(chart_id, title, levels, unit, decimals),
        width=300,
        height=160,
    )


def lines_chart(chart_id: str, title: str, names: Sequence[str], lines: Lines, unit: str) -> Chart:
    """At most four lines over the same months, each labelled at its end.

    Raises ValueError for more than four: nobody can tell five apart in grey.
    """
    if len(lines) > MOST_LINES:
        raise ValueError(f"{len(lines)} lines: at most {MOST_LINES} can be told apart")
    x: dict[str, Any] = {
        "field": "name", "type": "ordinal", "sort": list(names), "title": None,
        "axis": {"labelAngle": 0, "grid": False}, "scale": {"domain": list(names)},
    }  # fmt: skip
    y = {"field": "value", "type": "quantitative", "axis": {"tickCount": 4, "title": None}}
    layers: list[Layer] = []
    for place, (line, series) in enumerate(lines):
        rows = [
            {"name": n, "value": v} for n, v in zip(names, series, strict=True) if v is not None
        ]
        if not rows:
            continue
        colour = (ACCENT, INK, SOFT, QUIET)[place]
        dash = ([1, 0], [6, 3], [2, 2], [8, 2])[place]
        mark = {"type": "line", "color": colour, "strokeDash": dash, "point": {"color": colour}}
        layers.append({"data": values(rows), "mark": mark, "encoding": {"x": x, "y": y}})
        end = rows[-1] | {"text": line}
        text = {"type": "text", "align": "right", "dy": -9, "color": colour, "fontWeight": "bold"}
        encoding = {"x": x, "y": y, "text": {"field": "text"}}
        layers.append({"data": values([end]), "mark": text, "encoding": encoding})
    first = lines[0][1] if lines else ()
    return Chart(
        id=chart_id,
        title=title,
        caption=f"{words.capitalised(unit)}, 12 months to each month.",
        alt=_alt(title, list(zip(names, first, strict=True)), unit, 0),
        spec=layered(layers),
        table=_lines_table(chart_id, title, names, lines),
        width=300,
        height=160,
    )


def _alt(title: str, levels: Years, unit: str, decimals: int) -> str:
    known = [(name, value) for name, value in levels if value is not None]
    if not known:
        return f"{title}: no period has a value."
    (first, begin), (last, end) = known[0], known[-1]
    moved = "unchanged from" if begin == end else "up from" if end > begin else "down from"
    now, before = words.number(end, decimals), words.number(begin, decimals)
    return f"{title}. {last}: {now} {unit}, {moved} {before} in {first}."


def _table(chart_id: str, title: str, levels: Years, unit: str, decimals: int) -> Table:
    rows = tuple(
        Row(
            (
                Cell(name),
                Cell("") if value is None else Cell(words.number(value, decimals), value=value),
            )
        )
        for name, value in levels
    )
    columns = (Column("Period"), Column(words.capitalised(unit), numeric=True))
    return Table(f"{chart_id}-table", f"{title}: the figures", columns, rows)


def _lines_table(
    chart_id: str,
    title: str,
    names: Sequence[str],
    lines: Lines,
) -> Table:
    rows = tuple(
        Row(
            (
                Cell(name),
                *(
                    Cell("") if (v := line[1][i]) is None else Cell(words.number(v), value=v)
                    for line in lines
                ),
            )
        )
        for i, name in enumerate(names)
    )
    columns = (Column("Month"), *(Column(line, numeric=True) for line, _ in lines))
    return Table(f"{chart_id}-table", f"{title}: the figures", columns, rows)
