"""Centre line and limits of each kind of chart (methods 4.1 and 4.2).

A series is one array in order of time without gaps; charts of shares and rates take a denominator
of the same length. Three-sigma limits are ``lower`` and ``upper``, two-sigma ones ``near``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from callover.analysis.arrays import Numbers

SPREAD = 1.128
"""Mean of the range of two values from a normal distribution, in standard deviations (d2)."""
XMR = 2.66
"""3 / 1.128 as the charts of moving ranges print it."""
SCREEN = 3.267
"""Moving ranges from this many mean ranges on are left out, once (D4)."""
FEWEST_FIXED = 12


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Centre and limits, a value a point."""

    centre: Numbers
    lower: Numbers
    upper: Numbers
    near_lower: Numbers
    near_upper: Numbers

    @classmethod
    def around(cls, centre: Numbers, sigma: Numbers, floor: float | None = None) -> ProcessLimits:
        """Three and two ``sigma`` about ``centre``, not below ``floor``."""

        def below(by: float) -> Numbers:
            low = centre - by * sigma
            return low if floor is None else np.maximum(low, floor)

        return cls(centre, below(3), centre + 3 * sigma, below(2), centre + 2 * sigma)


def mean_range(values: Numbers, screened: bool = True) -> float:
    """The mean moving range; with ``screened``, without ranges of 3.267 means or more, once.

    A missing value has no range on either side. NaN where there is none at all.
    """
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return float("nan")
    mean = float(ranges.mean())
    kept = ranges[ranges < SCREEN * mean] if screened else ranges
    return float(kept.mean()) if len(kept) else mean


def xmr(values: Numbers, baseline: int | None = None, screened: bool = True) -> ProcessLimits:
    """Single values with limits from their moving ranges; the lower limit may be below zero.

    ``baseline`` takes mean and ranges from the first so many values, 12 at least.
    Raises ValueError for a shorter baseline.
    """
    if baseline is not None and baseline < FEWEST_FIXED:
        raise ValueError(f"a baseline of {baseline} values is too short: {FEWEST_FIXED} at least")
    base = values[:baseline]
    centre = np.full(len(values), base.mean())
    return ProcessLimits.around(centre, np.full(len(values), XMR / 3 * mean_range(base, screened)))


def individuals(
    values: Numbers, denominators: Numbers | None = None, screened: bool = True
) -> ProcessLimits:
    """XmR with sigma as mean range ÷ 1.128, of ratios where denominators are given."""
    ratio = values if denominators is None else values / denominators
    sigma = mean_range(ratio, screened) / SPREAD
    return ProcessLimits.around(np.full(len(ratio), ratio.mean()), np.full(len(ratio), sigma))


def moving_ranges(values: Numbers, denominators: Numbers | None = None) -> ProcessLimits:
    """Limits of the ranges themselves: 0 to 3.267 mean ranges."""
    ratio = values if denominators is None else values / denominators
    mean = mean_range(ratio, screened=False)
    line, zero = np.full(len(ratio), mean), np.zeros(len(ratio))
    return ProcessLimits(line, zero, SCREEN * line, zero, SCREEN * 2 / 3 * line)


def counts(values: Numbers) -> ProcessLimits:
    """c chart: counts of a Poisson process over equal spans."""
    mean = np.full(len(values), values.mean())
    return ProcessLimits.around(mean, np.sqrt(mean), 0.0)


def shares(
    values: Numbers,
    wholes: Numbers,
    wider: bool = False,
    screened: bool = True,
    baseline: int | None = None,
) -> ProcessLimits:
    """p chart of ``values / wholes``; ``wider`` is Laney's p′, for more spread than chance has.

    ``baseline`` takes share and spread from the first so many values.
    """
    p = values[:baseline].sum() / wholes[:baseline].sum()
    sigma = np.sqrt(p * (1 - p) / wholes)
    if wider:
        z = (values / wholes - p) / sigma
        sigma = sigma * mean_range(z[:baseline], screened) / SPREAD
    limits = ProcessLimits.around(np.full(len(values), p), sigma, 0.0)
    return _below(limits, 1.0)


def _below(limits: ProcessLimits, top: float) -> ProcessLimits:
    return ProcessLimits(
        limits.centre, limits.lower, np.minimum(limits.upper, top),
        limits.near_lower, np.minimum(limits.near_upper, top),
    )  # fmt: skip


def rates(
    values: Numbers,
    exposed: Numbers,
    wider: bool = False,
    screened: bool = True,
    baseline: int | None = None,
) -> ProcessLimits:
    """u chart of ``values / exposed``; ``wider`` is Laney's u′; ``baseline`` as for ``shares``."""
    u = values[:baseline].sum() / exposed[:baseline].sum()
    sigma = np.sqrt(u / exposed)
    if wider:
        z = (values / exposed - u) / sigma
        sigma = sigma * mean_range(z[:baseline], screened) / SPREAD
    return ProcessLimits.around(np.full(len(values), u), sigma, 0.0)


def between_events(values: Numbers) -> ProcessLimits:
    """g chart: opportunities (or days) between rare events; the centre is the median."""
    mean, n = values.mean(), len(values)
    sigma = np.sqrt(mean * (mean + 1))
    limits = ProcessLimits.around(np.full(n, mean), np.full(n, sigma), 0.0)
    return ProcessLimits(
        np.full(n, np.median(values)), limits.lower, limits.upper, limits.near_lower,
        limits.near_upper,
    )  # fmt: skip


POWER = 3.6
"""Times between events are near normal after y^(1/3.6) (Nelson)."""


def times_between(values: Numbers, screened: bool = True) -> ProcessLimits:
    """t chart: times between rare events, judged after y^(1/3.6)."""
    limits = individuals(values ** (1 / POWER), screened=screened)

    def back(line: Numbers) -> Numbers:
        return np.asarray(np.maximum(line, 0) ** POWER)

    return ProcessLimits(
        back(limits.centre), back(limits.lower), back(limits.upper),
        back(limits.near_lower), back(limits.near_upper),
    )  # fmt: skip
