"""The model behind forecasts of the year's end; the only module that imports its library.

Exponential smoothing with additive errors and season, without trend (Hyndman, Koehler, Ord and
Snyder 2008, model A,N,A); why this one: docs/adr/0009.
"""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager

import numpy as np
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from threadpoolctl import threadpool_limits

from callover.analysis.arrays import Numbers

NAME = "exponential smoothing"
"""As readers are told."""

_YEAR = 12


def on_one_thread() -> AbstractContextManager[object]:
    """Within it fits take a sixth of the CPU: threads wait for one another longer than their
    small matrices take."""
    return threadpool_limits(1)  # type: ignore[no-any-return]


def forecast(values: Numbers, months: int) -> Numbers:
    """The next ``months`` months after ``values``, which have no gap."""
    model = ETSModel(
        values, error="add", seasonal="add", seasonal_periods=_YEAR,
        initialization_method="heuristic",
    )  # fmt: skip
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # a fit that did not settle, or months without any scatter (the logarithm of 0), forecast
        # all the same, and the tries say how well
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = model.fit(disp=False)
    return np.asarray(fitted.forecast(months), dtype=np.float64)
