"""Each kind of rating says its rule so that it reads right: negative limits, shares, no amber."""

from __future__ import annotations

import pytest

from callover.analysis.rating import (
    CHANGE,
    SHARE,
    judge_averages,
    judge_band,
    judge_change,
    judge_limit,
)
from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit
from callover.domain.units import Unit
from callover.report.build.rule_words import change_rule
from callover.report.words import THIN

POINTS, RELATIVE = ToleranceUnit.POINTS, ToleranceUnit.RELATIVE
TEN, NONE = Tolerance(10, POINTS), Tolerance(0, POINTS)


def target(
    kind: TargetKind, tolerance: Tolerance | None = None, value: float | None = None
) -> Target:
    return Target(FinancialYear(2016), kind, Month.of(2016, 4), value, tolerance=tolerance)


@pytest.mark.parametrize(
    ("value", "tolerance", "direction", "said"),
    [
        (None, None, Direction.LOWER, "no more than last year; red begins beyond 5 % more."),
        (None, NONE, Direction.LOWER, "no more than last year; red is anything above last year."),
        (None, None, Direction.HIGHER, "no fewer than last year; red begins beyond 5 % fewer."),
        (None, NONE, Direction.HIGHER, "no fewer than last year; red is anything below last year."),
        (5, None, Direction.LOWER, "5 % fewer than last year; red is anything above last year."),
        (2, None, Direction.LOWER, "2 % fewer than last year; red begins beyond 3 % more."),
        (10, None, Direction.LOWER,
         "10 % fewer than last year; red is a fall of less than 5 %, or a rise."),
        (5, Tolerance(10, RELATIVE), Direction.LOWER,
         "5 % fewer than last year; red begins beyond 4.5 % more."),
    ],
)  # fmt: skip
def test_a_change_on_last_year(
    value: float | None, tolerance: Tolerance | None, direction: Direction, said: str
) -> None:
    kind = TargetKind.REDUCTION if value is None else TargetKind.PERCENT_DECREASE
    rule = change_rule(target(kind, tolerance, value), direction)
    assert rule.replace(THIN, " ") == f"The target is {said}"


def test_money_is_less_not_fewer() -> None:
    rule = change_rule(target(TargetKind.PERCENT_DECREASE, value=2), Direction.LOWER, Unit.MONEY)
    assert "2\u202f% less than last year" in rule


@pytest.mark.parametrize(
    ("value", "limit", "lower", "tolerance", "said"),
    [
        (60, 54, False, TEN, "at least 54 %, amber down to 44 %"),
        (7.5, 8.2, False, TEN, "at least 8.2 %, amber below it"),
        (97, 95, True, TEN, "at most 95 %, amber above it"),
        (30, 25, True, TEN, "at most 25 %, amber to 35 %"),
        (30, 25, True, NONE, "at most 25 %, with no amber"),
    ],
)
def test_a_share(value: float, limit: float, lower: bool, tolerance: Tolerance, said: str) -> None:
    """No bound stands below 0 % or above 100 %: there is no such share."""
    assert said in judge_limit(value, limit, lower, tolerance, "It", " %", SHARE).reason


@pytest.mark.parametrize(
    ("value", "limit", "lower", "tolerance", "said"),
    [
        (120, 129, True, Tolerance(10, RELATIVE), "at most 129, amber to 141.9 ("),
        (3, 5, False, Tolerance(100, RELATIVE), "at least 5, amber below it"),
        (1, 0, True, Tolerance(10, RELATIVE), "at most 0, with no amber"),
        (17, 18, False, Tolerance(10, RELATIVE), "at least 18, amber down to 16.2"),
    ],
)
def test_a_ceiling_or_a_count(
    value: float, limit: float, lower: bool, tolerance: Tolerance, said: str
) -> None:
    assert said in judge_limit(value, limit, lower, tolerance, "It").reason


def test_a_negative_limit_keeps_its_sign_on_both_ends() -> None:
    falls = judge_change(-3, target(TargetKind.PERCENT_DECREASE, value=10), Direction.LOWER, "It")
    assert "at most −10 %, amber to −5 %" in falls.reason
    rises = judge_change(-3, target(TargetKind.REDUCTION), Direction.HIGHER, "It")
    assert "at least 0 %, amber down to −5 %" in rises.reason
    doubled = judge_limit(180, 95, True, TEN, "It", " %", CHANGE)
    assert "amber to 105 %" in doubled.reason  # a change may pass 100 per cent


def test_a_band_of_shares_and_one_of_counts() -> None:
    shares = judge_band(25, 28, 40, TEN, "It").reason
    assert "It is 25 %, 3 points below; the band is 28 to 40 %, amber within 10 " in shares
    counts = judge_band(25, 28, 40, Tolerance(10, RELATIVE), "It", "").reason
    assert "It is 25, 3 below; the band is 28 to 40, amber within 10 % of the target" in counts
    assert "with no amber" in judge_band(25, 28, 40, NONE, "It").reason


def test_the_averages_of_others() -> None:
    averages = {"London": 25.8, "England": 26.0}
    red = judge_averages(40, averages, True, TEN, "It").reason
    assert "green is below every average (London 25.8 %, England 26 %), amber within 10 " in red
