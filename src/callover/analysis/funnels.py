"""Funnels: which areas lie further from the average than chance would put them (methods 4.4).

Drawn limits are inverted: the curve where an area's own interval touches the average. The verdict
on an area comes from its own numbers. At small areas these are not the same curve, and the drawn
one is the one that agrees with the verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import gammaincinv

from callover.analysis.arrays import Numbers
from callover.analysis.intervals import Limits, exact, rate_limits, wilson, z_of

INNER, OUTER = 0.95, 0.998


class Place(StrEnum):
    """Where an area lies in the funnel; the number is the chance on that side alone."""

    FAR_LOW = "Low (0.001)"
    LOW = "Low (0.025)"
    WITHIN = "Not significant"
    HIGH = "High (0.025)"
    FAR_HIGH = "High (0.001)"


def _placed(value: float, inner: tuple[float, float], outer: tuple[float, float]) -> Place:
    """Strictly outside the outer limits, the inner ones, or within."""
    if value < outer[0]:
        return Place.FAR_LOW
    if value > outer[1]:
        return Place.FAR_HIGH
    if value < inner[0]:
        return Place.LOW
    return Place.HIGH if value > inner[1] else Place.WITHIN


def _pair(limits: Limits) -> tuple[float, float]:
    return float(limits.lower), float(limits.upper)


def place_of_proportion(numerator: float, denominator: float, average: float) -> Place:
    """An area's proportion against limits about the pooled ``average`` (0 to 1)."""
    about = np.array(average * denominator), np.array(denominator)
    inner, outer = _pair(wilson(*about, INNER)), _pair(wilson(*about, OUTER))
    return _placed(numerator / denominator, inner, outer)


def place_of_rate(count: float, denominator: float, average: float) -> Place:
    """An area's rate against the pooled ``average`` (events per unit of the denominator)."""
    return place_of_ratio(count, average * denominator)


def place_of_ratio(observed: float, expected: float) -> Place:
    """Observed to expected events: the ratio's own interval against 1."""
    seen, due = np.array(observed), np.array(expected)
    inner, outer = (_pair(rate_limits(seen, due, 1, level)) for level in (INNER, OUTER))
    # the interval is wholly above 1 where 1 lies below it
    return {
        Place.FAR_LOW: Place.FAR_HIGH, Place.LOW: Place.HIGH, Place.WITHIN: Place.WITHIN,
        Place.HIGH: Place.LOW, Place.FAR_HIGH: Place.FAR_LOW,
    }[_placed(1.0, inner, outer)]  # fmt: skip


def proportion_curve(average: float, population: Numbers, level: float) -> Limits:
    """The proportions whose Wilson interval just touches ``average``, 0 to 1 at the most."""
    reach = z_of(level) * np.sqrt(average * (1 - average) / np.asarray(population, dtype=float))
    return Limits(np.clip(average - reach, 0, 1), np.clip(average + reach, 0, 1))


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a drawn limit: across (population or expected events) and the limit's height."""

    across: Numbers
    height: Numbers


def rate_curves(events: Numbers, average: float, level: float) -> tuple[Curve, Curve]:
    """Lower and upper limit of a rate funnel, a point for each count of ``events``.

    The lower one lies where the count's exact upper limit is what the average would give.
    """
    x = np.asarray(events, dtype=float)
    limits = exact(x, level)
    low, high = limits.upper / average, limits.lower / average
    return Curve(low, x / low), Curve(high, x / high)


def ratio_curves(observed: Numbers, level: float) -> tuple[Curve, Curve]:
    """Lower and upper limit of a funnel of observed to expected events."""
    return rate_curves(observed, 1.0, level)


def poisson_curve(expected: Numbers, level: float) -> Limits:
    """Exact limits about 1 for ``expected`` events, which may be a fraction."""
    n = np.asarray(expected, dtype=float)
    tail = (1 - level) / 2
    return Limits(gammaincinv(n, tail) / n, gammaincinv(n + 1, 1 - tail) / n)


# More spread than chance: areas differ for reasons that no count knows.


@dataclass(frozen=True, slots=True)
class Scores:
    """Distances from the average in standard errors, with the errors of what was compared."""

    z: Numbers
    error: Numbers


def log_scores(observed: Numbers, expected: Numbers) -> Scores:
    """Standardised ratios on the log scale."""
    error = 1 / np.sqrt(expected)
    return Scores(np.log(observed / expected) / error, error)


def root_scores(observed: Numbers, expected: Numbers) -> Scores:
    """Standardised ratios on the square-root scale."""
    error = 1 / (2 * np.sqrt(expected))
    return Scores((np.sqrt(observed / expected) - 1) / error, error)


def arcsine_scores(numerator: Numbers, denominator: Numbers) -> Scores:
    """Proportions on the arcsine scale, against the pooled proportion."""
    error = 1 / (2 * np.sqrt(denominator))
    pooled = np.arcsin(np.sqrt(numerator.sum() / denominator.sum()))
    return Scores((np.arcsin(np.sqrt(numerator / denominator)) - pooled) / error, error)


def winsorised(z: Numbers, trim: float = 0.1) -> Numbers:
    """Scores beyond the ``trim`` and 1 − ``trim`` quantiles moved to them."""
    low, high = np.quantile(z, [trim, 1 - trim])
    return np.clip(z, low, high)


def truncated(z: Numbers, trim: float = 0.1) -> Numbers:
    """Scores within the ``trim`` and 1 − ``trim`` quantiles only."""
    low, high = np.quantile(z, [trim, 1 - trim])
    return np.asarray(z[(z >= low) & (z <= high)])


def dispersion(z: Numbers) -> float:
    """φ: the mean squared score; about 1 where chance is all there is."""
    return float(np.mean(z**2))


def between_variance(phi: float, n: int, error: Numbers) -> float:
    """τ²: variance between areas beyond chance; 0 where n φ is below n − 1.

    The moment estimate of DerSimonian and Laird, with weights 1 / error².
    """
    if n * phi < n - 1:
        return 0.0
    w = 1 / error**2
    return max(0.0, float((n * phi - (n - 1)) / (w.sum() - (w**2).sum() / w.sum())))
