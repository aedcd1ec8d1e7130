"""Twelve months as bars, the year before as a line: how it goes, compared with the same season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from callover.domain.indicators import PracticeBreak
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.look import ACCENT, BAND, INK, QUIET, Layer, layered, values


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """A month's value, or the state that says why there is none."""

    month: Month
    value: float | None
    state: State = State.FINAL
    why: str = ""  # instead of the state's own words

    @property
    def reason(self) -> str:
        """Why there is no value, in a word or two."""
        return self.why or words.missing(self.state, 10)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a chart of months may show besides: a target to step along, breaks, a usual range."""

    target: tuple[float | None, ...] = ()
    breaks: tuple[PracticeBreak, ...] = ()
    usual: tuple[float, float] | None = None


def months_chart(
    chart_id: str,
    title: str,
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint] = (),
    unit: str = "",
    extras: Extras | None = None,
    alt: str = "",
) -> Chart:
    """Bars for ``points`` (one a month, in order), a line for the same months a year before.

    A month without a value is a gap with its reason; an estimate is hollow.
    """
    extras = extras or Extras()
    names = [_name(place, point) for place, point in enumerate(points)]
    axis = _axis(points)
    x = {"field": "month", "type": "ordinal", "sort": names, "axis": axis, "title": None}
    layers = [*_band(extras), *_bars(points, names, x), *_gaps(points, names, x)]
    layers += _line(previous, names, x) + _breaks(extras, points, names, x)
    layers += _target(extras, names, x)
    caption = f"{words.capitalised(unit)} each month: bars, the latest twelve months"
    caption += "; line, the year before." if any(p.value is not None for p in previous) else "."
    return Chart(
        id=chart_id,
        title=title,
        caption=caption,
        alt=alt or _alt(title, points, unit),
        spec=layered(layers),
        table=_table(chart_id, title, points, previous),
        width=440,
        height=152,
    )


def _name(place: int, point: MonthPoint) -> str:
    """A distinct axis value: the year stands beneath the first month and every January."""
    show_year = place == 0 or point.month.month == 1
    return f"{point.month.short_name[:3]}|{point.month.year if show_year else ''}|{place}"


def _axis(points: Sequence[MonthPoint]) -> dict[str, Any]:
    return {
        "labelExpr": "[split(datum.value, '|')[0], split(datum.value, '|')[1]]",
        "labelAngle": 0,
        "grid": False,
        "domain": bool(points),
    }


def _y(field: str = "value") -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "axis": {"tickCount": 4, "title": None, "format": ",.0f"},
        "scale": {"zero": True, "nice": True},
    }


def _band(extras: Extras) -> list[Layer]:
    if extras.usual is None:
        return []
    low, high = extras.usual
    return [
        {
            "data": values([{"low": max(0.0, low), "high": high}]),
            "mark": {"type": "rect", "color": BAND},
            "encoding": {"y": _y("low"), "y2": {"field": "high"}},
        }
    ]


def _bars(points: Sequence[MonthPoint], names: list[str], x: dict[str, Any]) -> list[Layer]:
    rows: list[Layer] = [
        {"month": name, "value": p.value, "estimated": p.state is State.ESTIMATED}
        for name, p in zip(names, points, strict=True)
        if p.value is not None
    ]
    bars: Layer = {
        "data": values(rows),
        "mark": {"type": "bar", "width": {"band": 0.62}, "stroke": ACCENT},
        "encoding": {
            "x": x,
            "y": _y(),
            "fill": {
                "condition": {"test": "datum.estimated", "value": "white"},
                "value": ACCENT,
            },
        },
    }
    last = rows[-1:]
    label: Layer = {
        "data": values([row | {"text": words.number(row["value"] or 0)} for row in last]),
        "mark": {"type": "text", "dy": -7, "fontWeight": "bold", "color": ACCENT},
        "encoding": {"x": x, "y": _y(), "text": {"field": "text"}},
    }
    return [bars, label] if rows else []


def _gaps(points: Sequence[MonthPoint], names: list[str], x: dict[str, Any]) -> list[Layer]:
    """Why a month has no bar, written where the bar would stand."""
    rows = [
        {"month": name, "why": p.reason}
        for name, p in zip(names, points, strict=True)
        if p.value is None
    ]
    if not rows:
        return []
    return [
        {
            "data": values(rows),
            "mark": {
                "type": "text", "angle": 270, "align": "left", "dx": 3, "color": QUIET,
                "fontSize": 9, "baseline": "middle",
            },
            "encoding": {"x": x, "y": {"value": {"expr": "height"}}, "text": {"field": "why"}},
        }
    ]  # fmt: skip


def _line(previous: Sequence[MonthPoint], names: list[str], x: dict[str, Any]) -> list[Layer]:
    rows = [
        {"month": name, "value": p.value}
        for name, p in zip(names, previous, strict=False)
        if p.value is not None
    ]
    if not rows:
        return []
    mark = {
        "type": "line", "color": INK, "strokeWidth": 1.4,
        "point": {"filled": False, "fill": "white", "stroke": INK, "size": 26},
    }  # fmt: skip
    return [{"data": values(rows), "mark": mark, "encoding": {"x": x, "y": _y()}}]


def _breaks(
    extras: Extras, points: Sequence[MonthPoint], names: list[str], x: dict[str, Any]
) -> list[Layer]:
    """A marked line with a word where recording practice changed within the months shown."""
    rows = [
        {"month": name, "word": each.word}
        for each in extras.breaks
        for name, point in zip(names, points, strict=True)
        if point.month == Month.containing(each.on)
    ]
    if not rows:
        return []
    rule: Layer = {"mark": {"type": "rule", "strokeDash": [4, 3], "color": QUIET}}
    word: Layer = {
        "mark": {"type": "text", "align": "left", "dx": 3, "dy": 4, "color": QUIET},
        "encoding": {"text": {"field": "word"}, "y": {"value": 0}},
    }
    return [
        {"data": values(rows), **rule, "encoding": {"x": x}},
        {"data": values(rows), **word, "encoding": {"x": x, **word["encoding"]}},
    ]


def _target(extras: Extras, names: list[str], x: dict[str, Any]) -> list[Layer]:
    rows = [
        {"month": name, "value": value}
        for name, value in zip(names, extras.target, strict=False)
        if value is not None
    ]
    if not rows:
        return []
    mark = {"type": "line", "interpolate": "step", "strokeDash": [6, 3], "color": QUIET}
    return [{"data": values(rows), "mark": mark, "encoding": {"x": x, "y": _y()}}]


def _alt(title: str, points: Sequence[MonthPoint], unit: str) -> str:
    """The finding in one sentence: the last month, and the range of the others."""
    known = [p for p in points if p.value is not None]
    if not known:
        return f"{title}: no month has a value."
    last = known[-1]
    low = min(p.value for p in known if p.value is not None)
    high = max(p.value for p in known if p.value is not None)
    return (
        f"{title}. {last.month.name}: {words.number(last.value or 0)} {unit}; the months shown lie "
        f"between {words.number(low)} and {words.number(high)}."
    )


def _table(
    chart_id: str, title: str, points: Sequence[MonthPoint], previous: Sequence[MonthPoint]
) -> Table:
    before = {p.month.index + 12: p for p in previous}
    rows = []
    for point in points:
        earlier = before.get(point.month.index)
        cells = [Cell(point.month.name), _cell(point)]
        if previous:
            cells.append(_cell(earlier) if earlier else Cell(""))
        rows.append(Row(tuple(cells)))
    columns = [Column("Month"), Column("This year", numeric=True)]
    if previous:
        columns.append(Column("A year before", numeric=True))
    return Table(f"{chart_id}-table", f"{title}: the figures", tuple(columns), tuple(rows))


def _cell(point: MonthPoint) -> Cell:
    if point.value is None:
        return Cell(point.reason)
    return Cell(words.number(point.value), value=point.value)
