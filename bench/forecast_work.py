"""``python -m bench.forecast_work CANDIDATE SERIES OUT``: twelve months ahead from every quarter's
end, refitted each time on the six years before it and never on what came later.

Each candidate runs in a process of its own, which loads no other library.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.cost import measured
from bench.forecast_series import loaded

YEAR, FEWEST, LONGEST, STEP = 12, 24, 72, 3
Forecaster = Callable[[np.ndarray], np.ndarray]


def seasonal_naive() -> Forecaster:
    return lambda months: months[-YEAR:]


def _ets(trend: str | None) -> Forecaster:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    def forecast(months: np.ndarray) -> np.ndarray:
        model = ETSModel(
            months, error="add", trend=trend, damped_trend=trend is not None, seasonal="add",
            seasonal_periods=YEAR, initialization_method="heuristic",
        )  # fmt: skip
        return np.asarray(model.fit(disp=False).forecast(YEAR))

    return forecast


def statsmodels_ets() -> Forecaster:
    return _ets(None)


def statsmodels_ets_damped() -> Forecaster:
    return _ets("add")


def statsmodels_holt_winters() -> Forecaster:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    def forecast(months: np.ndarray) -> np.ndarray:
        model = ExponentialSmoothing(months, seasonal="add", seasonal_periods=YEAR)
        return np.asarray(model.fit().forecast(YEAR))

    return forecast


def statsmodels_theta() -> Forecaster:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    def forecast(months: np.ndarray) -> np.ndarray:
        return np.asarray(ThetaModel(months, period=YEAR).fit().forecast(YEAR))

    return forecast


def _statsforecast(name: str) -> Forecaster:
    from statsforecast import models

    model = getattr(models, name)(season_length=YEAR)
    return lambda months: np.asarray(model.forecast(y=months, h=YEAR)["mean"])


def statsforecast_auto_ets() -> Forecaster:
    return _statsforecast("AutoETS")


def statsforecast_auto_theta() -> Forecaster:
    return _statsforecast("AutoTheta")


def statsforecast_optimized_theta() -> Forecaster:
    return _statsforecast("DynamicOptimizedTheta")


def statsforecast_seasonal_naive() -> Forecaster:
    return _statsforecast("SeasonalNaive")


CANDIDATES: dict[str, Callable[[], Forecaster]] = {
    make.__name__: make
    for make in (
        seasonal_naive, statsmodels_ets, statsmodels_ets_damped, statsmodels_holt_winters,
        statsmodels_theta, statsforecast_auto_ets, statsforecast_auto_theta,
        statsforecast_optimized_theta, statsforecast_seasonal_naive,
    )
}  # fmt: skip


def origins(first: int, months: int) -> list[int]:
    """How many months are known at each quarter's end, two years of months at least."""
    return [
        known for known in range(FEWEST, months) if (first + known - 2) % YEAR % STEP == STEP - 1
    ]


def paths(forecast: Forecaster, first: int, counts: np.ndarray) -> np.ndarray:
    """Origin × twelve months ahead; a count is never below 0."""
    made = [forecast(counts[max(0, k - LONGEST) : k]) for k in origins(first, len(counts))]
    return np.maximum(np.array(made), 0.0)


def main(name: str, series: Path, out: Path) -> None:
    """Write the paths and what they cost, warm."""
    forecast, held = CANDIDATES[name](), loaded(series)
    # That a fit did not settle is no matter: its forecasts count all the same. The library puts
    # its own rule first when it loads, hence now.
    warnings.filterwarnings("ignore", message="Maximum Likelihood optimization failed to converge")
    forecast(held[0][1][:LONGEST])
    made: list[np.ndarray] = []
    cost = measured(lambda: made.extend(paths(forecast, *each) for each in held))
    fits = sum(len(each) for each in made)
    arrays = {f"{place:04d}": each for place, each in enumerate(made)}
    np.savez(out, ms=cost.cpu / fits * 1000, **arrays)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
