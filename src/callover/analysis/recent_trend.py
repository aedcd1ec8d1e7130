"""The recent trend on five yearly points as Fingertips defines it (methods 4.5).

The published code of 2020 had a branch for proportions that never set the slope, so that a rise was
called a fall. It is not here: the direction always comes from the weighted slope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from callover.analysis.arrays import Numbers

POINTS = 5
CRITICAL = 9.54953570608324
"""Chi-square of one degree of freedom at p = 0.002."""
_WIDTH = 3.92  # a 95 % interval is this many standard errors wide


class Trend(StrEnum):
    """What the five points say."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no significant change"
    NOT_ENOUGH = "not enough to say"


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A year's value with its 95 % interval."""

    year: int
    value: float | None
    lower: float | None = None
    upper: float | None = None

    @property
    def valid(self) -> bool:
        """Whether value and interval are there and the interval has a width."""
        if self.value is None or self.lower is None or self.upper is None:
            return False
        return self.upper > self.lower


@dataclass(frozen=True, slots=True)
class RecentTrend:
    """The verdict with its evidence."""

    verdict: Trend
    slope: float | None = None
    chi_square: float | None = None
    stable: bool | None = None  # the slope keeps its sign when each point is left out


def recent_trend(points: Sequence[YearPoint], year_range: int = 1) -> RecentTrend:
    """The trend of the five latest valid points; years need not follow one another.

    Significant where chi-square is above 9.5495 and the slope keeps its sign without each point.
    Values pooled over several years (``year_range``) overlap and are not judged.
    """
    valid = sorted((p for p in points if p.valid), key=lambda p: p.year)[-POINTS:]
    if len(valid) < POINTS or year_range > 1:
        return RecentTrend(Trend.NOT_ENOUGH)
    years = np.array([p.year for p in valid], dtype=float)
    value = np.array([p.value for p in valid], dtype=float)
    wide = np.array([(p.upper or 0) - (p.lower or 0) for p in valid])
    weight = 1 / (wide / _WIDTH) ** 2
    slope, error = _fit(years - years[0], value, weight)
    chi_square = (slope / error) ** 2
    stable = all(_keeps_sign(years - years[0], value, weight, out, slope) for out in range(POINTS))
    return RecentTrend(_verdict(slope, chi_square, stable), slope, chi_square, stable)


def _verdict(slope: float, chi_square: float, stable: bool) -> Trend:
    if chi_square <= CRITICAL or not stable:
        return Trend.NO_CHANGE
    return Trend.INCREASING if slope > 0 else Trend.DECREASING


def _fit(x: Numbers, y: Numbers, w: Numbers) -> tuple[float, float]:
    """Slope of the weighted line and its standard error."""
    s1, s2, s3 = w.sum(), (w * x * y).sum(), (w * x).sum()
    s4, s5 = (w * y).sum(), (w * x * x).sum()
    below = s1 * s5 - s3**2
    return float((s1 * s2 - s3 * s4) / below), float(np.sqrt(s1 / below))


def _keeps_sign(x: Numbers, y: Numbers, w: Numbers, out: int, slope: float) -> bool:
    """Whether the slope without one point has the same sign; exactly 0 counts as positive."""
    rest = np.arange(len(x)) != out
    without, _ = _fit(x[rest], y[rest], w[rest])
    return (without >= 0) == (slope >= 0)
