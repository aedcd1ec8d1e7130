"""What a chart of months draws as its target, from the rules of the targets themselves."""

from types import SimpleNamespace
from typing import Any

import pytest

from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind, in_force
from callover.report.build.time_pictures import Course, _extras
from callover.report.charts import MonthPoint

APRIL = Month.parse("2016-04")
YEAR = FinancialYear(2016)


def _target(kind: TargetKind, since: Month = APRIL, **more: Any) -> Target:
    return Target(YEAR, kind, since, **more)


def _drawn(*targets: Target, measure: str = "month", last_year: float | None = None) -> Any:
    context: Any = SimpleNamespace(target=lambda _indicator, month: in_force(targets, month))
    indicator: Any = SimpleNamespace(breaks=(), direction_in=lambda _month: Direction.HIGHER)
    months = [MonthPoint(APRIL + place, 10.0) for place in range(6)]
    before = [MonthPoint(APRIL + place - 12, last_year) for place in range(6)] if last_year else []
    return _extras(context, Course(indicator, measure, "calls"), months, before)


def test_a_ceiling_is_spread_evenly_over_the_months() -> None:
    extras = _drawn(_target(TargetKind.CEILING, value=257))
    assert extras.target == pytest.approx((257 / 12,) * 6)


def test_a_profile_is_drawn_by_its_steps() -> None:
    profile = (30, 55, 75, 90, 110, 135, 150, 170, 190, 210, 230, 257)
    extras = _drawn(_target(TargetKind.CEILING, value=257, profile=profile))
    assert extras.target == (30, 25, 20, 15, 20, 25)


def test_the_line_steps_where_the_target_changed() -> None:
    old = _target(TargetKind.COUNT, value=24)
    new = _target(TargetKind.COUNT, APRIL + 3, value=48, reason="more places", decided_by="Board")
    assert _drawn(old, new).target == (2, 2, 2, 4, 4, 4)


def test_a_decrease_is_drawn_against_the_same_month_last_year() -> None:
    assert _drawn(_target(TargetKind.PERCENT_DECREASE, value=5), last_year=40.0).target == (38,) * 6


def test_no_more_than_last_year_has_last_year_as_its_line() -> None:
    assert _drawn(_target(TargetKind.REDUCTION), last_year=40.0).target == ()


def test_a_band_is_a_band_and_says_so() -> None:
    extras = _drawn(_target(TargetKind.BAND, low=28, high=40), measure="ytd")
    assert extras.ranges(6) == [(place, 28, 40) for place in range(6)]
    assert extras.range_name == "target"


def test_a_level_is_drawn_for_the_percentage_itself() -> None:
    assert _drawn(_target(TargetKind.LEVEL, value=80), measure="ytd").target == (80,) * 6


@pytest.mark.parametrize(("kind", "aim"), [
    (TargetKind.CEILING, "at or below"),
    (TargetKind.PERCENT_DECREASE, "at or below"),
    (TargetKind.COUNT, "at or above"),
    (TargetKind.LEVEL, "at or above"),
    (TargetKind.REDUCTION, ""),
])  # fmt: skip
def test_the_side_on_which_a_target_is_met_is_that_of_its_kind_or_direction(
    kind: TargetKind, aim: str
) -> None:
    value = None if kind is TargetKind.REDUCTION else 24
    assert _drawn(_target(kind, value=value), last_year=40.0).aim == aim


def test_no_side_is_named_where_the_kinds_differ() -> None:
    old = _target(TargetKind.COUNT, value=24)
    new = _target(TargetKind.CEILING, APRIL + 3, value=48, reason="r", decided_by="Board")
    assert _drawn(old, new).aim == ""
