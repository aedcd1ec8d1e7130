"""Trying a forecast on the past: what it is shown, how often, and what is kept of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from callover.analysis.arrays import Numbers
from callover.analysis.forecast import Kept, YearEnd, key_of, year_end
from callover.analysis.forecast.backtest import backtested
from callover.analysis.forecast.kept import KeptInFolder
from callover.analysis.forecast.types import NAIVE
from callover.analysis.process.chart import History
from callover.domain.periods import Month
from callover.domain.units import Unit
from callover.jobs import forecast_model as model

FIRST = Month.of(2010, 10)
SEPTEMBER = Month.of(2016, 9)


def _poisson(mean: float, seed: int, months: int = 72) -> Numbers:
    shape = 1 + 0.2 * np.cos(2 * np.pi * np.arange(months) / 12)
    return np.random.default_rng(seed).poisson(mean * shape).astype(float)


class Shelf(dict[str, Kept]):
    """Forecasts kept in memory."""


def _said(values: Numbers, kept: Kept) -> YearEnd:
    history = History(FIRST, values, Unit.OFFENCES)
    found = year_end(history, SEPTEMBER, None, Shelf({key_of(history, SEPTEMBER): kept}))
    assert isinstance(found, YearEnd)
    return found


def _mean(values: Numbers, months: int) -> Numbers:
    """A forecaster of the overall mean, which also spoils what it was handed."""
    mean = float(values.mean())
    values[:] = -1
    return np.full(months, mean)


def test_each_try_knows_only_the_months_before_it() -> None:
    values = _poisson(40, 1)
    shown: list[Numbers] = []

    def spy(known: Numbers, months: int) -> Numbers:
        shown.append(known.copy())
        return np.full(months, float(known.mean()))

    kept = backtested("mean", spy, values, SEPTEMBER)
    assert kept is not None
    assert [len(known) for known in shown] == [*range(66, 35, -3), 72]
    assert all(np.array_equal(known, values[: len(known)]) for known in shown)
    assert [each.month for each in kept.tries] == [SEPTEMBER - back for back in range(6, 37, 3)]


def test_what_came_later_changes_no_earlier_try() -> None:
    values, other = _poisson(40, 1), _poisson(40, 1)
    other[60:] *= 10
    one, two = (backtested("mean", _mean, v.copy(), SEPTEMBER) for v in (values, other))
    assert one is not None
    assert two is not None
    early = [(a.model, b.model) for a, b in zip(one.tries, two.tries, strict=True)
             if a.month <= FIRST + 59]  # fmt: skip
    assert len(early) == 9
    assert all(a == b for a, b in early)
    assert one.path != two.path


def test_the_tries_of_a_worked_case() -> None:
    """Six months back, the naive forecast copies what came a year before."""
    values = np.arange(72.0)
    kept = backtested("mean", _mean, values, SEPTEMBER)
    assert kept is not None
    latest = kept.tries[0]  # 66 months known: 0 to 65; came 66 to 71; copied 54 to 59
    assert (latest.actual, latest.naive) == (sum(range(66, 72)), sum(range(54, 60)))
    assert latest.model == pytest.approx(6 * 32.5)


@pytest.mark.parametrize("months", [30, 41])
def test_too_few_months_are_not_tried(months: int) -> None:
    """Five tries of six months end at 24 + 6 + 4 × 3 = 42 months."""
    assert backtested("mean", _mean, _poisson(40, 1, months), SEPTEMBER) is None
    assert backtested("mean", _mean, _poisson(40, 1, 42), SEPTEMBER) is not None


def test_nothing_is_left_to_forecast_in_march() -> None:
    assert backtested("mean", _mean, _poisson(40, 1), Month.of(2016, 3)) is None


def test_a_forecast_that_is_no_number_is_not_kept() -> None:
    def broken(_values: Numbers, months: int) -> Numbers:
        return np.full(months, np.nan)

    assert backtested("broken", broken, _poisson(40, 1), SEPTEMBER) is None


def test_what_is_kept_is_read_as_it_was_written(tmp_path: Path) -> None:
    kept = backtested("mean", _mean, _poisson(40, 1), SEPTEMBER)
    assert kept is not None
    KeptInFolder(tmp_path / "store").put("ab12", kept)
    assert KeptInFolder(tmp_path / "store").get("ab12") == kept
    assert KeptInFolder(tmp_path / "store").get("cd34") is None


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[]", b"null", b'{"forecast": {}, "sha256": ""}'])
def test_a_damaged_forecast_counts_as_not_kept(tmp_path: Path, spoilt: bytes) -> None:
    folder = KeptInFolder(tmp_path / "store")
    kept = backtested("mean", _mean, _poisson(40, 1), SEPTEMBER)
    assert kept is not None
    folder.put("ab12", kept)
    (path,) = (tmp_path / "forecasts").rglob("*.json")
    written = path.read_bytes()
    path.write_bytes(spoilt)
    assert folder.get("ab12") is None
    changed = written.replace(b'"actual": 2', b'"actual": 3')
    assert changed != written
    path.write_bytes(changed)
    assert folder.get("ab12") is None


def _wandering(seed: int) -> Numbers:
    """Seasonal counts whose level moves by 5 % a month, up or down."""
    rng = np.random.default_rng(seed)
    level = 60 * np.exp(np.cumsum(rng.normal(0, 0.05, 78)))
    return rng.poisson(level * (1 + 0.2 * np.cos(2 * np.pi * np.arange(78) / 12))).astype(float)


def test_the_model_comes_nearer_where_the_level_wanders() -> None:
    """Copying a year ago misses where the level has gone; the model is shown exactly where its
    tries were nearer, and 70 to 95 % of 30 years end within the 80 % interval shown (30 leave ±7
    for chance)."""
    within = missed = copy_missed = shown = 0.0
    with model.on_one_thread():
        for seed in range(30):
            values = _wandering(seed)
            kept = backtested(model.NAME, model.forecast, values[:72], SEPTEMBER)
            assert kept is not None
            found = _said(values[:72], kept)
            assert found.comparison is not None
            assert (found.method == model.NAME) == found.comparison.beaten
            came = float(values[72:].sum())
            shown += found.comparison.beaten
            within += found.low80 - found.so_far <= came <= found.high80 - found.so_far
            missed += abs(sum(kept.path) - came)
            copy_missed += abs(float(values[60:66].sum()) - came)
    assert missed < 0.85 * copy_missed
    assert shown
    assert 0.70 <= within / 30 <= 0.95


def test_copying_is_shown_where_no_model_comes_nearer() -> None:
    """A season that repeats to the last digit: copying is never wrong."""
    values = np.tile([30, 5, 42, 17, 64, 8, 23, 71, 12, 50, 36, 9], 6).astype(float)
    kept = backtested(model.NAME, model.forecast, values, SEPTEMBER)
    assert kept is not None
    found = _said(values, kept)
    assert found.method == NAIVE
    assert "came no nearer in 11 tries" in found.why_naive


@pytest.mark.parametrize(
    "values",
    [np.ones(72), np.eye(1, 72, 71)[0], np.tile([0.0] * 11 + [1.0], 6), np.arange(72.0) * 1e6],
)
def test_odd_series_are_forecast_or_left_out_without_a_warning(values: Numbers) -> None:
    kept = backtested(model.NAME, model.forecast, values, SEPTEMBER)
    assert kept is None or all(np.isfinite(kept.path))
