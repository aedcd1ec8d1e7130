"""What charts of months are made from: a month's value or the state that says why there is none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from callover.domain.breaks import PracticeBreak
from callover.domain.disclosure import is_printed
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report import words
from callover.report.blocks import Cell
from callover.report.charts.look import Layer

SUPPRESSED_BELOW = 10


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
        return self.why or words.missing(self.state, SUPPRESSED_BELOW)

    @property
    def withheld(self) -> bool:
        """Whether there is a value that is not printed."""
        hidden = self.state is State.SUPPRESSED or is_printed(self.reason)
        return self.value is None and hidden

    @property
    def estimated(self) -> bool:
        """Whether the value is somebody's estimate, and so is drawn hollow."""
        return self.value is not None and self.state is State.ESTIMATED


OUTSIDE = ("above", "below")
"""What months outside the usual range are called; other terms are of months within it."""

Limits = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a chart of months may show besides: a target to step along, breaks, a usual range.

    ``usual`` holds lower and upper end for all months; ``lower`` and ``upper`` a value a month;
    ``range_name`` says what the range is; ``aim`` on which side of the target a month meets it
    (``at or below``, ``at or above``; empty where not known); ``special`` names, for each month,
    why it is no chance (``above``, ``below``, ``run above`` …; empty for the others).
    """

    target: Limits = ()
    breaks: tuple[PracticeBreak, ...] = ()
    usual: tuple[float, float] | None = None
    lower: Limits = ()
    upper: Limits = ()
    range_name: str = "usual range"
    special: tuple[str, ...] = ()
    aim: str = ""

    def special_in(self, place: int) -> str:
        """Why a month is no chance; empty where it may be."""
        return self.special[place] if place < len(self.special) else ""

    def special_terms(self, count: int) -> dict[str, list[int]]:
        """Why months are no chance, in the order of the months, with the places of each."""
        found: dict[str, list[int]] = {}
        for place in range(count):
            if why := self.special_in(place):
                found.setdefault(why, []).append(place)
        return found

    @property
    def is_usual(self) -> bool:
        """Whether the range is the usual one, not a target's."""
        return self.range_name == "usual range" and bool(self.usual or self.lower)

    def ranges(self, count: int) -> list[tuple[int, float, float]]:
        """Place, lower and upper end of the usual range, for the months that have both."""
        if self.usual is not None:
            return [(place, *self.usual) for place in range(count)]
        pairs = zip(self.lower, self.upper, strict=True)
        return [
            (place, low, high)
            for place, (low, high) in enumerate(pairs)
            if low is not None and high is not None
        ]


@dataclass(frozen=True, slots=True)
class Gap:
    """Months next to one another without a value, for one reason."""

    first: int
    count: int
    reason: str


def gaps(points: Sequence[MonthPoint]) -> Iterator[Gap]:
    """The runs of months that have no value."""
    placed = enumerate(points)
    for reason, run in groupby(placed, lambda p: None if p[1].value is not None else p[1].reason):
        members = list(run)
        if reason is not None:
            yield Gap(members[0][0], len(members), reason)


def known(points: Sequence[MonthPoint]) -> list[tuple[int, float]]:
    """Place and value of the months that have one."""
    return [(place, p.value) for place, p in enumerate(points) if p.value is not None]


def stretches(points: Sequence[tuple[int, float | None, bool]]) -> list[Layer]:
    """Rows of place, value, hollow and the number of the unbroken stretch they belong to."""
    rows: list[Layer] = []
    stretch, last = 0, -1
    for place, value, hollow in points:
        if value is None:
            continue
        stretch += place != last + 1
        last = place
        rows.append({"place": place, "value": value, "stretch": stretch, "hollow": hollow})
    return rows


def break_places(
    breaks: Sequence[PracticeBreak], points: Sequence[MonthPoint]
) -> list[tuple[float, str]]:
    """How far across the chart recording practice changed (0 to 1), and the word for it."""
    found = []
    for each in breaks:
        for place, point in enumerate(points):
            if point.month == Month.containing(each.on):
                through = (each.on.day - 1) / point.month.last_day.day
                found.append(((place + through) / len(points), each.word))
    return found


def month_axis(points: Sequence[MonthPoint]) -> Layer:
    """The horizontal encoding: a band a month; where there is no room for all names, every second
    or fourth is named, back from the last.

    The year stands beneath the first name and beneath the first of each new year.
    """
    step = 1 if len(points) <= 7 else 2 if len(points) <= 12 else 4
    shown: dict[int, list[str]] = {}
    year = 0
    for place, point in enumerate(points):
        if (len(points) - 1 - place) % step:
            continue
        below = [str(point.month.year)] if point.month.year != year else []
        shown[place] = [point.month.short_name[:3], *below]
        year = point.month.year
    axis = {"values": list(shown), "labelExpr": f"{json.dumps(shown)}[datum.value]",
            "labelAngle": 0, "grid": False, "domain": True, "labelOverlap": False}  # fmt: skip
    places = list(range(len(points)))
    scale = {"domain": places, "paddingInner": 0, "paddingOuter": 0}
    return {"field": "place", "type": "ordinal", "title": None, "axis": axis, "scale": scale}


def value_axis(top: float, decimals: int = 0, bottom: float = 0) -> Layer:
    """The vertical encoding from ``bottom`` to ``top``."""
    return {
        "field": "value", "type": "quantitative",
        "axis": {"tickCount": 4, "title": None, "format": f",.{decimals}f",
                 "tickMinStep": 10**-decimals},
        "scale": {"domain": [bottom, top], "nice": False, "zero": bottom == 0},
    }  # fmt: skip


def month_cell(point: MonthPoint | None, decimals: int = 0) -> Cell:
    """A month in the chart's table: its value (an estimate says so), or why there is none."""
    if point is None:
        return Cell("not held")
    if point.value is None:
        return Cell(point.reason)
    shown = words.number(point.value, decimals)
    return Cell(f"{shown} (estimate)" if point.estimated else shown, value=point.value)
