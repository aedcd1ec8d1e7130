"""Process charts of months: what they find, what they leave alone, when they say nothing."""

from __future__ import annotations

import numpy as np
import pytest

from callover.analysis.arrays import Numbers
from callover.analysis.process.chart import History, NotEnough, ProcessChart, process_chart
from callover.analysis.process.kinds import Kind
from callover.analysis.process.rules import Special
from callover.domain.periods import Month
from callover.domain.units import Unit

FIRST = Month.of(2010, 10)


def _chart(
    values: Numbers, unit: Unit = Unit.OFFENCES, wholes: Numbers | None = None
) -> ProcessChart | NotEnough:
    return process_chart(History(FIRST, values, unit, wholes), FIRST + (len(values) - 1))


def _drawn(
    values: Numbers, unit: Unit = Unit.OFFENCES, wholes: Numbers | None = None
) -> ProcessChart:
    found = _chart(values, unit, wholes)
    assert isinstance(found, ProcessChart), found
    return found


def _poisson(mean: float, months: int, seed: int = 1, season: float = 0.0) -> Numbers:
    shape = 1 + season * np.cos(2 * np.pi * np.arange(months) / 12)
    return np.random.default_rng(seed).poisson(mean * shape).astype(float)


def test_a_step_up_is_concern_that_lasts() -> None:
    found = 0
    for seed in range(40):
        values = _poisson(80, 72, seed)
        values[-10:] = np.round(values[-10:] * 1.5)
        found += _drawn(values).last in (Special.OUTSIDE_ABOVE, Special.RUN_ABOVE)
    assert found == 40


def test_the_season_is_in_the_limits() -> None:
    """A high December is expected in December; the same count in June is not."""
    chart = _drawn(_poisson(120, 66, season=0.3))
    assert chart.seasonal
    centre = chart.limits.centre
    assert centre[0] > 1.4 * centre[6]
    june = _poisson(120, 69, season=0.3)
    june[-1] = 155  # what January gives
    assert _drawn(june).last is Special.OUTSIDE_ABOVE


def test_autumn_is_no_trend() -> None:
    months = np.arange(72)
    values = np.round(100 * (1 - 0.3 * np.sin(2 * np.pi * (months - 3) / 12)))
    assert _drawn(values).last not in (Special.TREND_DOWN, Special.TREND_UP)


@pytest.mark.parametrize(
    "values, reason",
    [
        (np.full(12, 20.0), "only 12 months are measured; 13 are needed"),
        (np.zeros(40), "all of the 40 months are 0"),
        (np.r_[np.full(40, 20.0), np.nan], "no month's figure for"),
        (np.full(30, np.nan), "no month's figure for"),
        (np.r_[np.zeros(35), np.ones(5)], "fewer than one a month"),
    ],
)
def test_not_enough_to_say(values: Numbers, reason: str) -> None:
    found = _chart(values)
    assert isinstance(found, NotEnough)
    assert found.reason.startswith(reason)


def test_a_break_in_the_last_month_leaves_nothing_to_compare() -> None:
    values = _poisson(60, 40)
    history = History(FIRST, values, Unit.OFFENCES, begins=((FIRST + 39, "recording changed"),))
    found = process_chart(history, FIRST + 39)
    assert isinstance(found, NotEnough)
    assert found.reason == "only 1 month is measured since recording changed; 13 are needed"


def test_a_break_splits_the_series() -> None:
    """What was counted otherwise before widens nothing and alarms nobody."""
    values = np.r_[_poisson(40, 40), _poisson(90, 20, seed=3)]
    history = History(FIRST, values, Unit.OFFENCES, begins=((FIRST + 40, "recording changed"),))
    chart = process_chart(history, FIRST + 59)
    assert isinstance(chart, ProcessChart)
    assert chart.first == FIRST + 40
    assert chart.last is Special.COMMON
    assert chart.since == "recording changed"
    assert _drawn(values).last is not Special.COMMON


@pytest.mark.parametrize("months", [13, 18, 23, 24, 25, 30])
def test_a_typing_error_in_a_short_history_is_not_the_level_it_is_judged_by(months: int) -> None:
    """Months of 2 to 8, then 99,999: far outside a range about 5."""
    usual = np.resize([2.0, 8.0, 5.0, 4.0, 6.0, 3.0, 7.0], months - 1)
    history = History(FIRST, np.r_[usual, 99_999.0], Unit.OFFENCES)
    chart = process_chart(history, FIRST + (months - 1))
    assert isinstance(chart, ProcessChart)
    assert chart.last is not Special.COMMON
    assert chart.limits.upper[-1] < 20


def test_a_gap_stays_a_gap() -> None:
    values = _poisson(60, 50)
    values[20] = np.nan
    chart = _drawn(values)
    assert np.isnan(chart.values[20])
    assert chart.special[20] is Special.COMMON


def test_the_chart_follows_unit_and_level() -> None:
    few, many = _poisson(4, 60), _poisson(60, 60)
    wholes = np.full(60, 200.0)
    assert _drawn(few).choice.kind is Kind.C
    assert _drawn(many).choice.kind is Kind.XMR
    share = np.random.default_rng(2).binomial(200, 0.3, 60).astype(float)
    assert _drawn(share, unit=Unit.PERCENTAGE, wholes=wholes).choice.kind is Kind.P
    share[::2] *= 1.6
    assert _drawn(share, unit=Unit.PERCENTAGE, wholes=wholes).choice.kind is Kind.P_PRIME
    assert _drawn(share / 2, unit=Unit.PERCENTAGE).choice.kind is Kind.XMR
    growing = np.linspace(1000, 3000, 60)
    counts = np.random.default_rng(3).poisson(growing * 0.02).astype(float)
    assert _drawn(counts, wholes=growing).choice.kind is Kind.U
    counts[::2] *= 3
    assert _drawn(counts, wholes=growing).choice.kind is Kind.U_PRIME


def test_every_choice_says_why() -> None:
    for chart in (_drawn(_poisson(4, 60)), _drawn(_poisson(60, 60))):
        assert chart.choice.why.endswith(".")


def test_a_share_never_has_a_limit_above_all() -> None:
    wholes = np.full(40, 12.0)
    values = np.random.default_rng(4).binomial(12, 0.9, 40).astype(float)
    chart = _drawn(values, unit=Unit.PERCENTAGE, wholes=wholes)
    assert np.nanmax(chart.limits.upper) <= 1
    assert np.nanmin(chart.limits.lower) >= 0


def test_a_month_without_a_whole_is_a_gap() -> None:
    wholes = np.full(40, 50.0)
    wholes[7] = 0
    values = np.random.default_rng(5).binomial(50, 0.4, 40).astype(float)
    values[7] = 0
    chart = _drawn(values, unit=Unit.PERCENTAGE, wholes=wholes)
    assert np.isnan(chart.values[7])
    assert not np.isnan(chart.limits.centre[6])


def test_a_month_that_nobody_reported_yet_has_no_chart() -> None:
    """The months end in September: nothing is said of October, and August is not taken for it."""
    values = _poisson(80, 72)
    found = process_chart(History(FIRST, values, Unit.OFFENCES), FIRST + 72)
    assert isinstance(found, NotEnough)
    assert found.reason == f"no month's figure for {(FIRST + 72).name}"
