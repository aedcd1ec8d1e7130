"""Rates and ratios made comparable between areas of different ages (methods 4.3).

Age bands lie on the last axis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.intervals import EXACT_BELOW, Limits, byar, count_limits


@dataclass(frozen=True, slots=True)
class Standardised:
    """A standardised value with its limits."""

    value: Numbers
    limits: Limits


def direct(
    count: Numbers,
    population: Numbers,
    standard: Numbers,
    per: float = 100_000,
    level: float = 0.95,
) -> Standardised:
    """The rate the area would have with the ``standard`` population's ages; Dobson's limits.

    A missing count in a band is 0. NaN where all bands together hold fewer than ten: too few for
    any statement.
    """
    x = np.nan_to_num(np.asarray(count, dtype=float))
    n, w = np.asarray(population, dtype=float), np.asarray(standard, dtype=float)
    total = x.sum(axis=-1)
    rate = (w * x / n).sum(axis=-1) / w.sum(axis=-1)
    variance = (w**2 * x / n**2).sum(axis=-1) / w.sum(axis=-1) ** 2
    around = byar(total, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.sqrt(variance / total)
    lower = rate + stretch * (around.lower - total)
    upper = rate + stretch * (around.upper - total)
    enough = np.where(total < EXACT_BELOW, np.nan, per)
    return Standardised(rate * enough, Limits(lower * enough, upper * enough))


def expected_events(
    population: Numbers, reference_count: Numbers, reference_population: Numbers
) -> Numbers:
    """How many events the area would have at the reference's rate in every band."""
    reference = np.asarray(reference_count, dtype=float) / np.asarray(reference_population)
    return np.asarray((reference * np.asarray(population, dtype=float)).sum(axis=-1))


def ratio(
    observed: Numbers, expected: Numbers, per: float = 1, level: float = 0.95
) -> Standardised:
    """Observed to expected events; limits exact below ten, Byar's from ten."""
    o, e = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    e = np.where(e > 0, e, np.nan)
    return Standardised(o / e * per, count_limits(o, level).scaled(per / e))


def indirect(
    count: Numbers,
    population: Numbers,
    reference_count: Numbers,
    reference_population: Numbers,
    per: float = 100_000,
    level: float = 0.95,
) -> Standardised:
    """The reference's crude rate times observed to expected."""
    observed = np.nan_to_num(np.asarray(count, dtype=float)).sum(axis=-1)
    expected = expected_events(population, reference_count, reference_population)
    crude = np.sum(reference_count, axis=-1) / np.sum(reference_population, axis=-1)
    return ratio(observed, expected, per * float(crude), level)
