"""A value against a benchmark, a target or its peers, by interval and polarity (methods 4.5)."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from scipy.special import gammaincinv

from callover.analysis.arrays import Numbers


class Polarity(StrEnum):
    """Which way is good."""

    LOW = "low"
    HIGH = "high"
    NONE = "none"


class Verdict(StrEnum):
    """How a value stands to what it is compared with."""

    BEST = "best"
    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    WORST = "worst"
    LOWER = "lower"
    HIGHER = "higher"


def by_interval(
    lower: float | None, upper: float | None, benchmark: float | None, polarity: Polarity
) -> Verdict | None:
    """The interval wholly below or above the benchmark's value; touching it is similar.

    None where the interval or the benchmark is missing: no verdict.
    """
    if lower is None or upper is None or benchmark is None:
        return None
    return _sided(_side(lower, upper, benchmark), polarity)


def by_two_levels(
    inner: tuple[float, float], outer: tuple[float, float], benchmark: float, polarity: Polarity
) -> Verdict:
    """Outside the 99.8 % interval is best or worst, outside the 95 % one only better or worse."""
    near, far = _side(*inner, benchmark), _side(*outer, benchmark)
    said = _sided(near, polarity)
    if far == 0 or polarity is Polarity.NONE:
        return said
    return {Verdict.BETTER: Verdict.BEST, Verdict.WORSE: Verdict.WORST}[said]


def by_both_intervals(
    own: tuple[float, float], other: tuple[float, float], polarity: Polarity
) -> Verdict:
    """Two intervals that do not overlap; touching is overlap."""
    if own[1] < other[0]:
        return _sided(-1, polarity)
    return _sided(1 if own[0] > other[1] else 0, polarity)


def _side(lower: float, upper: float, benchmark: float) -> int:
    return -1 if upper < benchmark else 1 if lower > benchmark else 0


def _sided(side: int, polarity: Polarity) -> Verdict:
    """The word for below (−1), above (1) or neither."""
    if side == 0:
        return Verdict.SIMILAR
    if polarity is Polarity.NONE:
        return Verdict.LOWER if side < 0 else Verdict.HIGHER
    good = (side < 0) == (polarity is Polarity.LOW)
    return Verdict.BETTER if good else Verdict.WORSE


def range_target(value: float, low: float, high: float, polarity: Polarity) -> Verdict:
    """Two limits: good beyond one, bad from the other on, similar between them.

    The limits may be set, or be the values at two percentiles of all areas.
    """
    if polarity is Polarity.LOW:
        return _ordered(value < low, value >= high)
    return _ordered(value >= high, value < low)


def single_target(value: float, target: float, polarity: Polarity) -> Verdict:
    """Met at the target itself, whichever way is good."""
    met = value <= target if polarity is Polarity.LOW else value >= target
    return Verdict.BETTER if met else Verdict.WORSE


def single_target_by_interval(
    lower: float, upper: float, target: float, polarity: Polarity
) -> Verdict:
    """The interval beside the target: its near end at the target counts as missed."""
    if polarity is Polarity.LOW:
        return _ordered(upper < target, lower >= target)
    return _ordered(lower >= target, upper < target)


def _ordered(better: bool, worse: bool) -> Verdict:
    return Verdict.BETTER if better else Verdict.WORSE if worse else Verdict.SIMILAR


def quantile_of(values: Numbers, count: int, highest_first: bool = False) -> Numbers:
    """Which of ``count`` equal groups each value is in (1 to count), along the last axis.

    Equal values share the lower rank; NaN everywhere where fewer values than groups are known.
    """
    v = -np.asarray(values, dtype=float) if highest_first else np.asarray(values, dtype=float)
    n = np.count_nonzero(~np.isnan(v), axis=-1, keepdims=True).astype(float)
    rank = (v[..., None, :] < v[..., :, None]).sum(axis=-1) + 1.0
    group = np.floor((count + 1) - np.ceil(((n + 1) - rank) / (n / count)))
    group = np.maximum(group, 1)
    return np.where(np.isnan(v) | (n < count), np.nan, group)


def quantile_bounds(values: Numbers, count: int = 5) -> Numbers:
    """Where the groups begin and end: linear between the ordered values."""
    known = np.asarray(values, dtype=float)
    return np.asarray(np.quantile(known[~np.isnan(known)], np.linspace(0, 1, count + 1)))


def quintile(value: float, values: Numbers, polarity: Polarity) -> int | None:
    """Which fifth of all ``values`` holds ``value``, 1 the lowest (the highest where high is good).

    None for fewer than five values.
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) < 5:
        return None
    inner = quantile_bounds(known)[1:-1]
    fifth = 1 + int(np.sum(value > inner))
    return 6 - fifth if polarity is Polarity.HIGH else fifth


def by_proportion_limits(
    value: float, whole: float, comparator: float, z: float, polarity: Polarity
) -> Verdict:
    """A proportion outside limits about the ``comparator`` for its size (Wilson's form)."""
    x = comparator * whole
    reach = z * np.sqrt(z**2 + 4 * x * (1 - comparator))
    low, high = ((2 * x + z**2 + side * reach) / (2 * (whole + z**2)) for side in (-1, 1))
    return _sided(-1 if value < low else 1 if value > high else 0, polarity)


def by_rate_limits(
    value: float, exposed: float, comparator: float, tail: float, polarity: Polarity
) -> Verdict:
    """A rate outside the exact Poisson limits about what the ``comparator`` would give."""
    due = comparator * exposed
    low, high = gammaincinv(due, tail) / exposed, gammaincinv(due + 1, 1 - tail) / exposed
    return _sided(-1 if value < low else 1 if value > high else 0, polarity)
