"""Confidence limits of counts, rates, proportions and means (methods 4.3).

Counts follow a Poisson, proportions a binomial distribution. Arrays in, arrays out, NaN for what is
missing. ``level`` is the confidence: 0.95, or 0.998 (printed as 99.8 %).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv, ndtri, stdtrit

from callover.analysis.arrays import Numbers

LEVELS = (0.95, 0.998)
EXACT_BELOW = 10
"""Counts below this have exact limits, the others Byar's approximation."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper end of an interval, in the unit of what it is of."""

    lower: Numbers
    upper: Numbers

    def scaled(self, by: Numbers | float) -> Limits:
        """The limits times ``by``."""
        return Limits(self.lower * by, self.upper * by)


def z_of(level: float) -> float:
    """How many standard errors a two-sided interval reaches: 1.959964 at 95 %."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence of {level} is not between 0 and 1")
    return float(ndtri((1 + level) / 2))


def byar(count: Numbers, level: float = 0.95) -> Limits:
    """Byar's limits of a Poisson count; the lower end is NaN where the formula falls below zero."""
    x, z = np.asarray(count, dtype=np.float64), z_of(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    above = x + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return Limits(np.where(lower < 0, np.nan, lower), upper)


def exact(count: Numbers, level: float = 0.95) -> Limits:
    """Exact limits of a Poisson count, from the chi-square distribution; zero's lower end is 0."""
    x = np.asarray(count, dtype=np.float64)
    lower = np.where(x > 0, gammaincinv(np.where(x > 0, x, 1), (1 - level) / 2), 0.0)
    return Limits(np.where(np.isnan(x), np.nan, lower), gammaincinv(x + 1, (1 + level) / 2))


def count_limits(count: Numbers, level: float = 0.95) -> Limits:
    """Limits of a count: exact below 10, Byar's from 10."""
    x = np.asarray(count, dtype=np.float64)
    small, large = exact(x, level), byar(x, level)
    few = x < EXACT_BELOW
    return Limits(np.where(few, small.lower, large.lower), np.where(few, small.upper, large.upper))


def method_of(count: float) -> str:
    """Which of the two a count's limits come from: ``exact`` or ``Byar``."""
    return "exact" if count < EXACT_BELOW else "Byar"


def rate_limits(
    count: Numbers, denominator: Numbers, per: float = 1000, level: float = 0.95
) -> Limits:
    """Limits of ``count / denominator × per``; NaN where the denominator is missing or zero.

    A count may exceed its denominator: a person can be a victim twice.
    """
    d = np.asarray(denominator, dtype=np.float64)
    return count_limits(count, level).scaled(per / np.where(d > 0, d, np.nan))


def wilson(count: Numbers, whole: Numbers, level: float = 0.95) -> Limits:
    """Wilson's limits of ``count / whole`` (0 to 1), without continuity correction.

    Raises ValueError where a part is above its whole.
    """
    x, n, z = np.asarray(count, dtype=float), np.asarray(whole, dtype=float), z_of(level)
    if np.any(x > n):
        raise ValueError("a proportion's numerator is above its denominator")
    n = np.where(n > 0, n, np.nan)
    centre, reach = 2 * x + z**2, z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    return Limits((centre - reach) / (2 * (n + z**2)), (centre + reach) / (2 * (n + z**2)))


def mean_limits(values: Numbers, level: float = 0.95) -> Limits:
    """Student's limits of the mean of the last axis; NaN for fewer than two values."""
    known = np.count_nonzero(~np.isnan(values), axis=-1)
    n = np.where(known > 1, known, np.nan)
    mean = np.nansum(values, axis=-1) / n
    spread = np.nansum((values - mean[..., None]) ** 2, axis=-1) / (n - 1)
    reach = stdtrit(n - 1, (1 + level) / 2) * np.sqrt(spread / n)
    return Limits(mean - reach, mean + reach)
