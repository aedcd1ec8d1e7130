"""Simulates steady series and prints the share whose latest month is called special.

``python scripts/false_alarms.py``: the figures of ``analysis/process/alarms.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from callover.analysis.process.chart import History, NotEnough, process_chart
from callover.analysis.process.rules import Special
from callover.domain.periods import Month
from callover.domain.units import Unit

FIRST = Month.of(2010, 10)
MEANS = (5.0, 20.0, 60.0, 150.0)
SEASONS = (0.0, 0.15)
SPREADS = (0.0, 0.01)  # variance of the level from month to month, over its square


def steady(months: int, many: int, seed: int) -> Iterator[np.ndarray]:
    """Series whose level does not change; a season only where it can be told (two years)."""
    chance = np.random.default_rng(seed)
    for i in range(many):
        mean = MEANS[i % 4] * np.ones(months)
        if months >= 24:
            mean *= 1 + SEASONS[i // 4 % 2] * np.cos(2 * np.pi * np.arange(months) / 12)
        spread = SPREADS[i // 8 % 2]
        if spread:
            mean *= chance.gamma(1 / spread, spread, months)
        yield chance.poisson(mean).astype(float)


def share_of_alarms(months: int, many: int, seed: int = 0) -> float:
    """Of so many steady series, the share with a special latest month."""
    alarms = 0
    for values in steady(months, many, seed):
        chart = process_chart(History(FIRST, values, Unit.OFFENCES), FIRST + (months - 1))
        alarms += not isinstance(chart, NotEnough) and chart.last is not Special.COMMON
    return alarms / many


if __name__ == "__main__":
    for length in (13, 18, 24, 36, 48, 72):
        print(length, round(share_of_alarms(length, 8000), 4))
