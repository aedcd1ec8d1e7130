"""The seasonal naive forecast: the months to come are taken as they were a year before.

Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.2; the measure of
every other forecast of seasonal counts.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from callover.analysis.arrays import Numbers
from callover.analysis.forecast.spread import Spread, spread_of

YEAR = 12


def naive_path(values: Numbers, left: int) -> Numbers:
    """The next ``left`` months (at most twelve) as they were a year before."""
    return values[len(values) - YEAR : len(values) - YEAR + left]


def naive_spread(values: Numbers, left: int) -> Spread:
    """The count of the next ``left`` months, with the spread of all such forecasts before.

    Every month from the thirteenth on is an origin; those without all their months are left out.
    A forecast and what came each scatter like a count, so their difference scatters like both.
    """
    expected = float(naive_path(values, left).sum())
    came, said = _sums(values[YEAR:], left), _sums(values[:-YEAR], left)
    whole = ~np.isnan(came + said)
    errors, by_chance = (came - said)[whole], (came + said)[whole]
    return spread_of(expected, errors, by_chance, 2 * expected, len(errors) / left)


def _sums(values: Numbers, length: int) -> Numbers:
    """Sums over ``length`` months from each month on; NaN where one is missing."""
    if len(values) < length:
        return np.empty(0)
    return np.asarray(sliding_window_view(values, length).sum(axis=-1))
