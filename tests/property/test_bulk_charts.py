"""Charts of many series at once are those of each by itself."""

from __future__ import annotations

import numpy as np
import pytest

from callover.analysis.process.bulk import ORDER, charts
from callover.analysis.process.chart import History, NotEnough, process_chart
from callover.domain.periods import Month
from callover.domain.units import Unit

FIRST = Month.of(2005, 4)


def _values(months: int, seed: int) -> np.ndarray:
    """Rare and frequent, seasonal and not, steady and with more spread, some with a step."""
    chance = np.random.default_rng(seed)
    rows = []
    for i in range(60):
        mean = chance.choice((0.0, 0.4, 3.0, 8.0, 12.0, 90.0, 400.0)) * np.ones(months)
        if i % 2:
            mean *= 1 + 0.3 * np.cos(2 * np.pi * np.arange(months) / 12)
        if i % 3 == 0:
            mean *= chance.gamma(20, 1 / 20, months)
        if i % 5 == 0:
            mean[-8:] *= 1.6
        rows.append(chance.poisson(mean))
    return np.array(rows, dtype=float)


@pytest.mark.parametrize("months", [12, 13, 23, 24, 35, 36, 48, 72, 100])
def test_each_chart_is_that_of_its_series_alone(months: int) -> None:
    values = _values(months, seed=months)
    found = charts(values)
    drawn = 0
    for row, series in enumerate(values):
        alone = process_chart(History(FIRST, series, Unit.OFFENCES), FIRST + (months - 1))
        assert found.enough[row] == (not isinstance(alone, NotEnough)), (row, alone)
        if isinstance(alone, NotEnough):
            continue
        drawn += 1
        assert alone.first.index - FIRST.index == found.first
        for name in ("centre", "lower", "upper", "near_lower", "near_upper"):
            ours, theirs = getattr(found.limits, name)[row], getattr(alone.limits, name)
            assert ours == pytest.approx(theirs), (row, name)
        assert [ORDER[code] for code in found.codes[row]] == list(alone.special), row
    assert drawn > 20 or months < 13


def test_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        charts(np.array([[1.0, np.nan, 3.0]]))
