"""Which points of a chart are no chance: outside, trend, two in three, run (methods 4.1).

Signs are +1 above, −1 below, 0 on the line. Series lie on the last axis; a missing value breaks a
run and a trend.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from callover.analysis.arrays import Numbers
from callover.analysis.process.limits import ProcessLimits

RUN, TREND = 7, 7

Signs = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


class Special(StrEnum):
    """Why a point is no chance; the first that applies, in this order."""

    OUTSIDE_ABOVE = "above_limit"
    OUTSIDE_BELOW = "below_limit"
    TREND_UP = "trend_up"
    TREND_DOWN = "trend_down"
    TWO_IN_THREE_ABOVE = "two_in_three_above"
    TWO_IN_THREE_BELOW = "two_in_three_below"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many points make a run and a trend; charts elsewhere use other numbers."""

    run: int = RUN
    trend: int = TREND


def sides(values: Numbers, centre: Numbers | float) -> Signs:
    """On which side of the line each value lies; 0 for a missing one."""
    return np.nan_to_num(np.sign(values - centre)).astype(np.int8)


def run_ends(signs: Signs, length: int = RUN) -> Signs:
    """The sign where ``length`` equal, non-zero signs end."""
    return np.where(_same_for(signs, length), signs, 0).astype(np.int8)


def trend_ends(values: Numbers, length: int = TREND) -> Signs:
    """The sign where ``length`` values that only rise or only fall end; equal values break it."""
    steps = np.zeros(values.shape, dtype=np.int8)
    steps[..., 1:] = np.nan_to_num(np.sign(np.diff(values))).astype(np.int8)
    return np.where(_same_for(steps, length - 1), steps, 0).astype(np.int8)


def _same_for(signs: Signs, length: int) -> Flags:
    """Where the latest ``length`` signs are equal and not zero."""
    same = signs != 0
    for back in range(1, length):
        shifted = np.zeros_like(signs)
        shifted[..., back:] = signs[..., :-back]
        same &= shifted == signs
    return np.asarray(same)


def members(ends: Signs, length: int) -> Signs:
    """All points of the windows that end where ``ends`` is set; a later window goes first."""
    result = np.zeros_like(ends)
    for back in range(min(length, ends.shape[-1])):  # the furthest end is written last and stays
        ahead = np.zeros_like(ends)
        ahead[..., : ends.shape[-1] - back] = ends[..., back:]
        result = np.where(ahead != 0, ahead, result).astype(np.int8)
    return result


def two_in_three(near: Flags, signs: Signs, same_side: bool = True, whole: bool = False) -> Signs:
    """Points near a limit in a window of three with two such, all three on one side of the line.

    ``same_side`` false asks only that the near points are on one side; ``whole`` flags all three
    points of the window instead of the near ones.
    """
    result = np.zeros_like(signs)
    n = signs.shape[-1]
    for side in (1, -1):
        close = near & (signs == side)
        for start in range(n - 2):
            window = slice(start, start + 3)
            enough = close[..., window].sum(axis=-1) >= 2
            if same_side:
                enough &= (signs[..., window] == side).all(axis=-1)
            flagged = enough[..., None] & (close[..., window] | whole)
            result[..., window] = np.where(flagged, side, result[..., window])
    return result


@dataclass(frozen=True, slots=True)
class Judged:
    """Each rule's flags, −1, 0 or 1 a point, before one is chosen."""

    outside: Signs
    trend: Signs
    two_in_three: Signs
    run: Signs


def judged(
    values: Numbers, limits: ProcessLimits, lengths: Lengths | None = None, same_side: bool = True
) -> Judged:
    """Every rule applied to every point; equality with a limit is inside."""
    long = lengths or Lengths()
    signs = sides(values, limits.centre)
    above, below = values > limits.upper, values < limits.lower
    outside = above.astype(np.int8) - below.astype(np.int8)
    beyond = (values > limits.near_upper) | (values < limits.near_lower)
    return Judged(
        outside.astype(np.int8),
        members(trend_ends(values, long.trend), long.trend),
        two_in_three(beyond & (outside == 0), signs, same_side),
        members(run_ends(signs, long.run), long.run),
    )


_NAMES = {
    "outside": (Special.OUTSIDE_ABOVE, Special.OUTSIDE_BELOW),
    "trend": (Special.TREND_UP, Special.TREND_DOWN),
    "two_in_three": (Special.TWO_IN_THREE_ABOVE, Special.TWO_IN_THREE_BELOW),
    "run": (Special.RUN_ABOVE, Special.RUN_BELOW),
}


def special_causes(flags: Judged) -> list[Special]:
    """The rule that names each point of one series: outside, trend, two in three, run, in order."""
    return [_named(flags, place) for place in range(flags.outside.shape[-1])]


def _named(flags: Judged, place: int) -> Special:
    for rule, (up, down) in _NAMES.items():
        side = getattr(flags, rule)[place]
        if side:
            return up if side > 0 else down
    return Special.COMMON
