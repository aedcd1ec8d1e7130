"""Where the year will end: hand-worked cases, chances, and when nothing is said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import t as student

from callover.analysis.arrays import Numbers
from callover.analysis.forecast import Kept, Try, YearEnd, key_of, year_end
from callover.analysis.forecast.types import KNOWN, NAIVE, KeptForecasts
from callover.analysis.process.chart import History, NotEnough
from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind
from callover.domain.units import Unit

APRIL = Month.of(2013, 4)
SEPTEMBER = Month.of(2015, 9)
YEAR = FinancialYear(2015)


def _months(*years: float) -> Numbers:
    """Two whole years and April to September of the third, a steady count in each."""
    first, second, third = years
    return np.array([first] * 12 + [second] * 12 + [third] * 6, dtype=float)


def _history(
    values: Numbers, wholes: Numbers | None = None, begins: Sequence[tuple[Month, str]] = ()
) -> History:
    return History(APRIL, values, Unit.OFFENCES, wholes, begins)


def _said(
    values: Numbers,
    target: Target | None = None,
    kept: KeptForecasts | None = None,
    direction: Direction = Direction.LOWER,
) -> YearEnd:
    found = year_end(_history(values), SEPTEMBER, target, kept, direction)
    assert isinstance(found, YearEnd), found
    return found


def _refused(
    values: Numbers,
    month: Month = SEPTEMBER,
    wholes: Numbers | None = None,
    begins: Sequence[tuple[Month, str]] = (),
) -> str:
    found = year_end(_history(values, wholes, begins), month)
    assert isinstance(found, NotEnough), found
    return found.reason


def _target(kind: TargetKind, value: float | None = None) -> Target:
    return Target(YEAR, kind, YEAR.first, value)


class Shelf(dict[str, Kept]):
    """Forecasts kept in memory."""


def _kept(model_miss: float, naive_miss: float, tries: int = 10) -> Kept:
    made = tuple(
        Try(SEPTEMBER - 6 - 3 * i, 80.0, 80.0 + model_miss, 80.0 - naive_miss) for i in range(tries)
    )
    return Kept("a model", (13.0, 14.0, 15.0, 13.0, 12.0, 13.0), made)


def test_october_to_march_are_expected_as_a_year_before() -> None:
    """10 a month, then 12, then 13: 6 × 13 counted, 6 × 12 to come."""
    found = _said(_months(10, 12, 13))
    assert (found.so_far, found.expected) == (78, 150)
    assert (found.method, found.months) == (NAIVE, 30)
    assert found.why_naive == "no model's forecast is kept for these months"


def test_the_interval_is_never_narrower_than_chance() -> None:
    """72 copied and 72 to come scatter by √144 = 12 at least; the misses (12 at most) are within.

    13 tries over 6 months are 13/6 that share no month, two more stand for chance.
    """
    found = _said(_months(10, 12, 13))
    reach = float(student.ppf(0.9, 2 + 13 / 6)) * 12
    assert found.interval(80) == pytest.approx((150 - reach, 150 + reach))
    assert found.interval(95)[0] < found.interval(80)[0]
    with pytest.raises(ValueError, match="80 and 95"):
        found.interval(99)


def test_misses_beyond_chance_widen_the_interval() -> None:
    """100, 120, 130 a month: seven tries miss by 120, then 110 to 60; squares are 8.2 × chance."""
    found = _said(_months(100, 120, 130))
    squares = 7 * 120**2 + 110**2 + 100**2 + 90**2 + 80**2 + 70**2 + 60**2
    chance = 7 * 1320 + 1350 + 1380 + 1410 + 1440 + 1470 + 1500
    apart = 13 / 6
    error = np.sqrt(1440 * (2 + apart * squares / chance) / (2 + apart))
    assert error == pytest.approx(82.66, abs=0.01)
    reach = float(student.ppf(0.975, 2 + apart)) * error
    assert found.interval(95) == pytest.approx((1500 - reach, 1500 + reach))


def test_a_total_never_falls_below_what_is_counted() -> None:
    found = _said(_months(1, 1, 1))
    assert found.low95 == found.so_far == 6


def test_the_chance_of_a_ceiling() -> None:
    """160 leave 82 of 72 expected: counts are whole, so up to 82.5."""
    found = _said(_months(10, 12, 13), _target(TargetKind.CEILING, 160))
    assert found.limit == 160
    assert found.chance == pytest.approx(float(student.cdf(10.5 / 12, 2 + 13 / 6)))
    assert found.needed_per_month == pytest.approx(82 / 6)


def test_the_chance_of_a_count_to_reach() -> None:
    """160 need 82 more: 82 or more is all but 81.5 or fewer."""
    found = _said(_months(10, 12, 13), _target(TargetKind.COUNT, 160))
    assert found.chance == pytest.approx(float(student.sf(9.5 / 12, 2 + 13 / 6)))
    assert found.needed_per_month == pytest.approx(82 / 6)


def test_a_ceiling_passed_and_a_count_reached_are_certain() -> None:
    passed = _said(_months(10, 12, 13), _target(TargetKind.CEILING, 77))
    reached = _said(_months(10, 12, 13), _target(TargetKind.COUNT, 78))
    assert (passed.chance, passed.needed_per_month) == (0.0, 0.0)
    assert (reached.chance, reached.needed_per_month) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("kind", "value", "direction", "limit"),
    [
        (TargetKind.REDUCTION, None, Direction.LOWER, 144),
        (TargetKind.PERCENT_DECREASE, 25, Direction.LOWER, 108),
        (TargetKind.REDUCTION, None, Direction.HIGHER, 144),
    ],
)
def test_a_target_against_last_year(
    kind: TargetKind, value: float | None, direction: Direction, limit: float
) -> None:
    """Last year 12 × 12 = 144; where more is good, no fewer."""
    found = _said(_months(10, 12, 13), _target(kind, value), direction=direction)
    assert found.limit == limit
    assert found.chance is not None
    assert (found.chance > 0.5) == (direction is Direction.HIGHER)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (None, "no target is set"),
        (_target(TargetKind.NONE), "no target is set"),
        (_target(TargetKind.LEVEL, 12), "the target is no number for the whole year"),
    ],
)
def test_no_chance_has_a_reason(target: Target | None, reason: str) -> None:
    found = _said(_months(10, 12, 13), target)
    assert (found.chance, found.limit, found.needed_per_month) == (None, None, None)
    assert found.why_no_chance == reason


def test_in_march_the_year_is_counted() -> None:
    values = np.concatenate([_months(10, 12, 13), np.full(6, 20.0)])
    march = Month.of(2016, 3)
    found = year_end(_history(values), march, _target(TargetKind.CEILING, 198))
    assert isinstance(found, YearEnd)
    assert found.known
    assert (found.method, found.expected, found.chance) == (KNOWN, 198, 1.0)
    assert found.interval(95) == (198, 198)
    missed = year_end(_history(values), march, _target(TargetKind.CEILING, 197))
    assert isinstance(missed, YearEnd)
    assert missed.chance == 0.0
    assert missed.needed_per_month is None


def test_two_years_of_months_are_needed() -> None:
    reason = _refused(_months(10, 12, 13)[:23], APRIL + 22)
    assert reason == "only 23 months are measured; 24 are needed"
    assert isinstance(year_end(_history(_months(10, 12, 13)[:24]), APRIL + 22), NotEnough)


def test_a_break_splits_the_series() -> None:
    begins = ((APRIL + 12, "counting changed (arson apart)"),)
    assert _refused(_months(10, 12, 13), begins=begins) == (
        "only 18 months are measured since counting changed (arson apart); 24 are needed"
    )


def test_months_before_a_break_do_not_enter() -> None:
    before = np.full(12, 500.0)
    values = np.concatenate([before, _months(10, 12, 13)])
    history = History(APRIL - 12, values, Unit.OFFENCES, begins=((APRIL, "counting changed"),))
    assert year_end(history, SEPTEMBER) == _said(_months(10, 12, 13))


def test_all_zero_says_nothing() -> None:
    assert _refused(np.zeros(30)) == "all of the 30 months are 0"


def test_a_gap_in_the_latest_year() -> None:
    values = _months(10, 12, 13)
    values[-8] = np.nan
    missing = SEPTEMBER - 7
    assert _refused(values) == (f"the latest year has a gap: no month's figure for {missing.name}")


def test_no_figure_in_the_month_itself() -> None:
    values = _months(10, 12, 13)
    values[-1] = np.nan
    assert _refused(values) == "no month's figure for September 2015"
    assert _refused(values[:-1]) == "no month's figure for September 2015"


def test_a_month_before_the_first() -> None:
    assert _refused(_months(10, 12, 13), APRIL - 3) == "no month's figure for January 2013"


def test_an_older_gap_is_left_out() -> None:
    values = _months(10, 12, 13)
    values[3] = np.nan
    found = _said(values)
    assert (found.expected, found.months) == (150, 29)


def test_a_percentage_has_no_year_end() -> None:
    values = _months(10, 12, 13)
    assert "percentage" in _refused(values, wholes=values * 2)


def test_a_model_that_beat_the_naive_forecast_is_shown() -> None:
    key = key_of(_history(_months(10, 12, 13)), SEPTEMBER)
    found = _said(_months(10, 12, 13), kept=Shelf({key: _kept(4, 9)}))
    assert (found.method, found.expected, found.why_naive) == ("a model", 78 + 80, "")
    assert found.comparison is not None
    assert (found.comparison.error, found.comparison.naive_error) == (4, 9)
    assert found.comparison.beaten


def test_a_models_interval_comes_from_its_own_misses() -> None:
    """Ten tries miss by 40 where chance gives √80; five of them share no month."""
    key = key_of(_history(_months(10, 12, 13)), SEPTEMBER)
    found = _said(_months(10, 12, 13), kept=Shelf({key: _kept(40, 90)}))
    error = np.sqrt(80 * (2 + 5 * 40**2 / 80) / 7)
    reach = float(student.ppf(0.9, 7)) * error
    assert found.interval(80) == pytest.approx((158 - reach, 158 + reach))


@pytest.mark.parametrize("model_miss", [9, 10])
def test_a_model_that_is_no_better_is_not_shown(model_miss: float) -> None:
    key = key_of(_history(_months(10, 12, 13)), SEPTEMBER)
    found = _said(_months(10, 12, 13), kept=Shelf({key: _kept(model_miss, 9)}))
    assert (found.method, found.expected) == (NAIVE, 150)
    assert found.why_naive == "a model came no nearer in 10 tries"
    assert found.comparison is not None
    assert (found.comparison.error, found.comparison.naive_error) == (model_miss, 9)


def test_few_tries_do_not_decide() -> None:
    key = key_of(_history(_months(10, 12, 13)), SEPTEMBER)
    found = _said(_months(10, 12, 13), kept=Shelf({key: _kept(1, 9, tries=4)}))
    assert (found.method, found.comparison) == (NAIVE, None)
    assert found.why_naive == "too few months to compare a model with it"


def test_a_forecast_is_found_by_its_months_alone() -> None:
    values = _months(10, 12, 13)
    key = key_of(_history(values), SEPTEMBER)
    longer = np.concatenate([np.full(5, np.nan), values, [99.0]])
    assert key_of(History(APRIL - 5, longer, Unit.OFFENCES), SEPTEMBER) == key
    revised = values.copy()
    revised[20] += 1
    assert key_of(_history(revised), SEPTEMBER) != key
    assert key_of(_history(values), SEPTEMBER - 1) != key


@pytest.mark.parametrize("mean", [2, 20, 150])
def test_four_in_five_years_end_within_the_interval(mean: float) -> None:
    """Simulated seasonal Poisson counts: of 400 years 70 to 90 % end within the 80 % interval."""
    rng = np.random.default_rng(20160930)
    shape = mean * (1 + 0.3 * np.cos(2 * np.pi * np.arange(72) / 12))
    within = 0
    for _ in range(400):
        values = rng.poisson(shape).astype(float)
        said = year_end(History(APRIL, values[:66], Unit.OFFENCES), APRIL + 65)
        assert isinstance(said, YearEnd)
        low, high = said.interval(80)
        within += low <= values[60:].sum() <= high
    assert 0.70 <= within / 400 <= 0.90
