"""The model behind forecasts of the year's end; the only module that imports its library.

The theta method (Assimakopoulos and Nikolopoulos 2000): half the trend, and a smoothed level, after
the season is taken out where a test finds one. Why this one: docs/adr/0009.
"""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager

import numpy as np
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.forecasting.theta import ThetaModel
from threadpoolctl import threadpool_limits

from callover.analysis.arrays import Numbers

NAME = "theta method"
"""As readers are told."""

_YEAR = 12


def on_one_thread() -> AbstractContextManager[object]:
    """Within it fits take a sixth of the CPU: threads wait for one another longer than their
    small matrices take."""
    limited: AbstractContextManager[object] = threadpool_limits(1)
    return limited


def forecast(values: Numbers, months: int) -> Numbers:
    """The next ``months`` months after ``values``, which have no gap."""
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # a fit that did not settle, or months without any scatter, forecast all the same, and the
        # tries say how well
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = ThetaModel(values, period=_YEAR).fit()
        return np.asarray(fitted.forecast(months), dtype=np.float64)
