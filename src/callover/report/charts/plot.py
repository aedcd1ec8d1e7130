"""Months on their scales: what every mark and word of a chart of months is placed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.report import words
from callover.report.charts.labels import Label, room_beside, width_of
from callover.report.charts.look import FONT_SIZE, HEIGHT, WIDE, Layer, Room
from callover.report.charts.points import (
    Extras,
    MonthPoint,
    break_places,
    known,
    month_axis,
    value_axis,
)

MARGIN = 62
"""About how many points the names at the right edge take."""

TOP, BOTTOM = 8, 30
"""Points above the plot, for a word at its edge, and below it, for the months and their years."""

PLOT_WIDTH, PLOT_HEIGHT = WIDE - MARGIN - 38, HEIGHT - TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class Plot:
    """The months to draw with their scales."""

    points: tuple[MonthPoint, ...]
    previous: tuple[MonthPoint, ...]
    extras: Extras
    top: float
    decimals: int
    bottom: float = 0

    @property
    def x(self) -> Layer:
        """Encoding of the months."""
        return month_axis(self.points)

    @property
    def y(self) -> Layer:
        """Encoding of the values."""
        return value_axis(self.top, self.decimals, self.bottom)

    def room(self, labels: Sequence[Label]) -> Room:
        """Around the plot: the values to its left, the names to its right, the months below."""
        highest, lowest = (words.number(end, self.decimals) for end in (self.top, self.bottom))
        values = max(width_of(highest), width_of(lowest) if self.bottom < 0 else 0)
        return Room(round(values + 7, 1), TOP, round(room_beside(labels) + 4, 1), BOTTOM)

    @property
    def letter_height(self) -> float:
        """A line of words, in data."""
        return 1.15 * FONT_SIZE * (self.top - self.bottom) / PLOT_HEIGHT


def plotted(
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint],
    extras: Extras,
    decimals: int = 0,
    bottom: float = 0,
) -> Plot:
    """The months with a scale that leaves room for words above the highest mark."""
    heights = [value for _, value in (*known(points), *known(previous))]
    heights += [high for _, _, high in extras.ranges(len(points))]
    heights += [value for value in extras.target if value is not None]
    room = 1.28 if break_places(extras.breaks, points) else 1.15
    highest = max(heights, default=0) or 1
    top = bottom + (highest - bottom) * room
    return Plot(tuple(points), tuple(previous), extras, top, decimals, bottom)


def middle(plot: Plot, place: float) -> float:
    """How far across the middle of a month's band is (0 to 1)."""
    return (place + 0.5) / len(plot.points)
