"""Trying a forecast on the past: each time on the months known then, and on no later one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.forecast.naive import YEAR, naive_path
from callover.analysis.forecast.types import Kept, Try
from callover.analysis.forecast.year_end import FEWEST_MONTHS, FEWEST_TRIES, TRIES_EVERY
from callover.domain.periods import Month

LOOKED_BACK = 3 * YEAR
"""Months within which tries are made: twelve of them at most."""

Forecaster = Callable[[Numbers, int], Numbers]
"""Gives the next so many months after those it is handed."""


def backtested(model: str, forecast: Forecaster, values: Numbers, month: Month) -> Kept | None:
    """The forecast of the months left after ``month``, whose last value is the last of ``values``.

    It is tried every third month of the latest three years over as many months as are left now.
    None where there is nothing left to forecast, too little to try it on, or no number comes out.
    """
    left = YEAR - month.position
    backs = tries_back(len(values), left)
    if not left or len(backs) < FEWEST_TRIES or not values.any():
        return None
    tries = tuple(_try(forecast, values, month, back, left) for back in backs)
    path = _counts(forecast, values, left)
    if not np.all(np.isfinite([*path, *(each.model for each in tries)])):
        return None
    return Kept(model, tuple(path.tolist()), tries)


def tries_back(months: int, left: int) -> tuple[int, ...]:
    """How many months back each try begins, the latest first."""
    latest = -(-left // TRIES_EVERY) * TRIES_EVERY
    earliest = min(LOOKED_BACK, months - FEWEST_MONTHS)
    return tuple(range(latest, earliest + 1, TRIES_EVERY))


def _try(forecast: Forecaster, values: Numbers, month: Month, back: int, left: int) -> Try:
    known, came = values[:-back], values[len(values) - back :][:left]
    return Try(
        month - back,
        float(came.sum()),
        float(_counts(forecast, known, left).sum()),
        float(naive_path(known, left).sum()),
    )


def _counts(forecast: Forecaster, values: Numbers, left: int) -> Numbers:
    """A count is never below 0."""
    return np.maximum(forecast(values.copy(), left), 0.0)
