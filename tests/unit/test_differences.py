"""Differences of rates and shares: published worked examples and properties."""

from __future__ import annotations

import math

import pytest

from callover.analysis.differences import (
    change_p,
    rate_difference,
    rate_ratio,
    share_difference,
)


def test_newcombes_printed_example() -> None:
    """56/70 less 48/80: 0.2, 95 % 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    found = share_difference(56, 70, 48, 80)
    assert found is not None
    assert found.value == pytest.approx(0.2)
    assert (round(found.lower, 4), round(found.upper, 4)) == (0.0524, 0.3339)
    assert found.clear


def test_ratio_of_two_counts_is_the_exact_conditional_one() -> None:
    """10 against 20: by the binomial, 0.1729 to 0.5281 of 30 (Clopper and Pearson)."""
    found = rate_ratio(10, 20)
    assert found is not None
    assert found.value == pytest.approx(0.5)
    assert found.lower == pytest.approx(0.1729 / 0.8271, abs=2e-4)
    assert found.upper == pytest.approx(0.5281 / 0.4719, abs=2e-4)
    assert not found.clear


def test_doubling_of_a_small_number_is_not_clear_and_of_a_large_one_is() -> None:
    small, large = rate_ratio(6, 3), rate_ratio(600, 300)
    assert small is not None
    assert large is not None
    assert (small.clear, large.clear) == (False, True)


def test_more_spread_makes_less_clear() -> None:
    plain, wide = rate_ratio(240, 200), rate_ratio(240, 200, spread=4)
    assert plain is not None
    assert wide is not None
    assert wide.upper - wide.lower > 1.8 * (plain.upper - plain.lower)


def test_a_rate_that_fell_only_by_its_denominator() -> None:
    """100 of 1,000 then 100 of 1,120: the rate falls by 10.7 per 1,000."""
    found = rate_difference(100, 100, 1120, 1000, per=1000)
    assert found is not None
    assert found.value == pytest.approx(100 / 1.12 - 100)


@pytest.mark.parametrize("now, before", [(0, 0), (0, 5), (5, 0), (3, 3)])
def test_zeros_never_give_nan(now: int, before: int) -> None:
    ratio, difference = rate_ratio(now, before), rate_difference(now, before)
    assert difference is not None
    assert not math.isnan(difference.lower + difference.upper)
    assert ratio is None if now + before == 0 else not math.isnan(ratio.lower)
    assert 0 < change_p(now, before) <= 1


def test_nothing_to_divide_by() -> None:
    assert rate_ratio(3, 4, 0, 10) is None
    assert rate_difference(3, 4, 0, 10) is None
    assert share_difference(0, 0, 3, 4) is None
    assert change_p(3, 4, 0, 10) == 1


def test_p_is_that_of_the_binomial() -> None:
    """Of 10 events all in one of two like years: twice half of 1/1024."""
    assert change_p(10, 0) == pytest.approx(1 / 1024)
    assert change_p(5, 5) == pytest.approx(1)
    assert change_p(130, 90) == pytest.approx(change_p(90, 130))
