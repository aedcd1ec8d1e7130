"""Years, cohorts and windows: a column each, with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callover.report import words
from callover.report.blocks import Cell, Chart, Column, Row, Table
from callover.report.charts.findings import level_alt, level_finding
from callover.report.charts.labels import (
    Label,
    kept_apart,
    label_layer,
    room_beside,
    side_of_rule,
    width_of,
)
from callover.report.charts.look import (
    ACCENT,
    FONT_SIZE,
    HEIGHT,
    INK,
    NARROW,
    QUIET,
    SOFT,
    Layer,
    Room,
    layered,
    values,
)

Years = Sequence[tuple[str, float | None]]
Comparators = Sequence[tuple[str, float]]
Breaks = Sequence[tuple[int, str]]
"""Before which column counting changed, and the word for it."""

BELOW = 17
"""Points below the columns, for their names."""

LOW = 120
"""Points: the height of a chart of two columns, which say no more when they are taller."""

NO_VALUE = "not available"
ROOM = 1.16
"""How far the scale goes above the highest column, for its number."""


def years_chart(
    chart_id: str,
    title: str,
    years: Years,
    unit: str,
    decimals: int = 0,
    breaks: Breaks = (),
) -> Chart:
    """A column a year, each with its number; a year without a value is a named gap.

    Without a ``title`` the finding is computed; years on either side of a break are not compared.
    """
    said = title or (_broken(years, breaks[-1], decimals) if breaks else "")
    chart = _columns(chart_id, said, years, unit, decimals, ())
    layers = [*chart.spec["layer"], *_break_layers(breaks, len(years))]
    return replace(chart, spec={**chart.spec, "layer": layers}) if breaks else chart


def levels_chart(
    chart_id: str,
    title: str,
    levels: Years,
    unit: str,
    comparators: Comparators = (),
    decimals: int = 1,
) -> Chart:
    """A column a cohort or window, with a line for each area or group it is compared with.

    A single cohort stands beside a quiet column for each of those instead.
    """
    if sum(value is not None for _, value in levels) == 1 and comparators:
        known = [(name, value) for name, value in levels if value is not None]
        said = title or _against(known[0], comparators, decimals)
        return _columns(chart_id, said, [*known, *comparators], unit, decimals, (), quiet_from=1)
    return _columns(chart_id, title, levels, unit, decimals, comparators)


def _against(own: tuple[str, float], comparators: Comparators, decimals: int) -> str:
    """``44.5: higher than London (43.2) and National (37.7)``."""
    name, value = own
    said = []
    for word, test in (("higher than", float.__gt__), ("lower than", float.__lt__),
                       ("the same as", float.__eq__)):  # fmt: skip
        named = [f"{each} ({words.number(level, decimals)})" for each, level in comparators
                 if test(float(value), float(level))]  # fmt: skip
        if named:
            said.append(f"{word} {words.joined(named)}")
    return f"{words.capitalised(name)}: {words.number(value, decimals)}, {', '.join(said)}"


def _broken(years: Years, broken: tuple[int, str], decimals: int) -> str:
    """``99.4 in 2015/16, counted otherwise than before 2015/16 (silence)``."""
    place, word = broken
    name, value = next(pair for pair in reversed(years) if pair[1] is not None)
    shown = words.number(value or 0.0, decimals)
    return f"{shown} in {name}; counted otherwise from {years[place][0]} ({word})"


def _break_layers(breaks: Breaks, count: int) -> list[Layer]:
    """A dashed line before the first year that was counted otherwise, with its word."""
    rows: list[Layer] = []
    for place, name in breaks:
        side, dx = side_of_rule(name, place / count, NARROW - 9)
        rows.append({"across": place / count, "word": name, "side": side, "dx": dx})
    x: Layer = {"x": {"value": {"expr": "width * datum.across"}}}
    rule = {"type": "rule", "strokeDash": [2, 2], "color": INK}
    word = {"type": "text", "color": QUIET, "fontSize": FONT_SIZE,
            "align": {"expr": "datum.side"}, "dx": {"expr": "datum.dx"}}  # fmt: skip
    named = {**x, "y": {"value": 0}, "text": {"field": "word"}}
    return [
        {"data": values(rows), "mark": rule, "encoding": x},
        {"data": values(rows), "mark": word, "encoding": named},
    ]


def _columns(
    chart_id: str,
    title: str,
    levels: Years,
    unit: str,
    decimals: int,
    comparators: Comparators,
    quiet_from: int | None = None,
) -> Chart:
    """Columns from ``quiet_from`` on are not ours and drawn in grey."""
    heights = [value for _, value in levels if value is not None] + [v for _, v in comparators]
    top = ROOM * max([*heights, 0]) or 1
    y = {"field": "value", "type": "quantitative", "axis": None,
         "scale": {"domain": [min([*heights, 0]), top], "nice": False}}  # fmt: skip
    named = _comparator_labels(comparators, decimals, top)
    labels = [*_numbers(levels, decimals), *named]
    layers = [_bars(levels, y, quiet_from), *_rules(comparators, y), *label_layer(labels, y)]
    said = title or level_finding(levels, decimals)
    return Chart(
        id=chart_id,
        title=said,
        caption=_caption(unit, comparators, quiet_from is not None),
        alt=level_alt(said, [*levels, *comparators], unit, decimals),
        spec=layered(layers, _room(levels, named)),
        table=_table(chart_id, said, levels, unit, decimals, comparators),
        width=NARROW + 94 if named else NARROW,
        height=HEIGHT if len(levels) + len(comparators) > 2 else LOW,
    )


def _room(levels: Years, named: Sequence[Label]) -> Room:
    """Around the columns: a name wider than its column stands out at the side."""
    beside = 4 + room_beside(named) if named else 3
    column = (NARROW - 4) / max(len(levels), 1)
    first, last = (
        max(3.0, 4 + (width_of(levels[end][0]) - column) * 0.6 if levels else 3.0)
        for end in (0, -1)
    )
    return Room(round(first, 1), right=round(max(beside, last), 1), bottom=BELOW)


def _caption(unit: str, comparators: Comparators, compared: bool) -> str:
    if compared:
        return f"{words.capitalised(unit)}: ours first, then what it is compared with."
    lines = "; dashed, what it is compared with" if comparators else ""
    return f"{words.capitalised(unit)}, by year or period{lines}."


def _bars(levels: Years, y: Layer, quiet_from: int | None) -> Layer:
    names = [name for name, _ in levels]
    own = len(levels) if quiet_from is None else quiet_from
    rows: list[Layer] = [
        {"name": name, "value": value, "own": place < own}
        for place, (name, value) in enumerate(levels)
        if value is not None
    ]
    axis = {"labelAngle": 0, "grid": False, "domain": True, "labelOverlap": False}
    x = {"field": "name", "type": "ordinal", "sort": names, "title": None, "axis": axis,
         "scale": {"domain": names, "paddingInner": 0, "paddingOuter": 0}}  # fmt: skip
    mark = {"type": "bar", "width": {"band": 0.6}}
    fill = {"condition": {"test": "datum.own", "value": ACCENT}, "value": SOFT}
    return {"data": values(rows), "mark": mark, "encoding": {"x": x, "y": y, "fill": fill}}


def _numbers(levels: Years, decimals: int) -> list[Label]:
    """Each column's number above it; why there is none where it is missing."""
    labels = []
    for place, (_, value) in enumerate(levels):
        across = (place + 0.5) / len(levels)
        if value is None:
            labels.append(Label(NO_VALUE, across, 0, QUIET, align="left", dx=4, angle=270))
        else:
            shown = words.number(value, decimals)
            labels.append(Label(shown, across, max(value, 0), INK, bold=True, dy=-8))
    return labels


def _rules(comparators: Comparators, y: Layer) -> list[Layer]:
    if not comparators:
        return []
    rows: list[Layer] = [{"value": level} for _, level in comparators]
    rule = {"type": "rule", "strokeDash": [4, 3], "color": INK}
    return [{"data": values(rows), "mark": rule, "encoding": {"y": y}}]


def _comparator_labels(comparators: Comparators, decimals: int, top: float) -> list[Label]:
    labels = [
        Label(f"{name} {words.number(level, decimals)}", 1, level, QUIET, align="left", dx=4)
        for name, level in comparators
    ]
    return kept_apart(labels, 1.15 * FONT_SIZE * top / (HEIGHT - 20), top)


def _table(
    chart_id: str,
    title: str,
    levels: Years,
    unit: str,
    decimals: int,
    comparators: Comparators,
) -> Table:
    rows = tuple(
        Row((Cell(name), _cell(value, decimals))) for name, value in (*levels, *comparators)
    )
    columns = (Column("Period"), Column(words.capitalised(unit), numeric=True))
    return Table(f"{chart_id}-table", f"{title}: the figures", columns, rows)


def _cell(value: float | None, decimals: int) -> Cell:
    if value is None:
        return Cell(NO_VALUE)
    return Cell(words.number(value, decimals), value=value)
