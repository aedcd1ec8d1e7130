"""The target of a chart of months, for its table and for those who cannot see its line."""

from __future__ import annotations

from collections.abc import Sequence

from callover.report import words
from callover.report.blocks import Cell
from callover.report.charts.points import Extras, MonthPoint

Asked = tuple[float, float]
"""The ends of a target's band; a target that is one number is both."""


def target_cells(count: int, extras: Extras, decimals: int = 0) -> list[Cell]:
    """What is asked of each of ``count`` months; empty where no target is drawn."""
    asked = _asked(count, extras)
    places = _places(list(asked.values()), decimals)
    return [_cell(asked.get(place), places) for place in range(count)] if asked else []


def target_words(points: Sequence[MonthPoint], extras: Extras, decimals: int = 0) -> str:
    """``target 49 (at or below), met in 3 of 6 months``; empty where no target is drawn.

    Not how often it was met where a month's value is withheld: the sum could tell.
    """
    asked = _asked(len(points), extras)
    if not asked:
        return ""
    said = _said(list(asked.values()), extras.aim, decimals)
    met = [
        _is_met(point.value, asked[place], extras.aim)
        for place, point in enumerate(points)
        if point.value is not None and place in asked
    ]
    if not met or None in met or any(point.withheld for point in points):
        return said
    count = sum(map(bool, met))
    months = "1 month" if len(met) == 1 else f"{len(met)} months"
    return f"{said}, met in {count or 'none'} of {months}"


def _asked(count: int, extras: Extras) -> dict[int, Asked]:
    """By month; months without a target are not in it."""
    line = {place: (end, end) for place, end in enumerate(extras.target) if end is not None}
    if extras.range_name != "target":
        return line
    return line | {place: (low, high) for place, low, high in extras.ranges(count)}


def _is_met(value: float, asked: Asked, aim: str) -> bool | None:
    """Whether a value meets what was asked; None where no side is known to be the good one."""
    low, high = asked
    if low < high:
        return low <= value <= high
    if aim == "at or below":
        return value <= high
    return value >= low if aim == "at or above" else None


def _said(asked: Sequence[Asked], aim: str, decimals: int) -> str:
    places = _places(asked, decimals)
    lows = [low for low, _ in asked]
    first, last = (_number(each, places) for each in (asked[0], asked[-1]))
    side = f" ({aim})" if aim else ""
    if len(set(asked)) == 1:
        return f"target {first}{side}" if aim or asked[0][0] < asked[0][1] else (
            f"the target is {first}")  # fmt: skip
    if lows in (sorted(lows), sorted(lows, reverse=True)):
        return f"target from {first} to {last}{side}"
    low, high = min(lows), max(high for _, high in asked)
    return f"target between {words.number(low, places)} and {words.number(high, places)}{side}"


def _number(asked: Asked, places: int) -> str:
    low, high = asked
    return words.number(low, places) if low == high else words.interval(low, high, places)


def _cell(asked: Asked | None, places: int) -> Cell:
    if asked is None:
        return Cell("none")
    low, high = asked
    return Cell(_number(asked, places), value=low if low == high else None)


def _places(asked: Sequence[Asked], decimals: int) -> int:
    """Decimals that show a target as it is, two more at most; else one more than the values have:
    a month's share of a year's target is seldom whole, and 21.6 is not met by 22."""
    ends = [end for pair in asked for end in pair]
    few = range(decimals, decimals + 3)
    exact = (p for p in few if all(abs(round(end, p) - end) < 1e-9 for end in ends))
    return next(exact, decimals + 1)
