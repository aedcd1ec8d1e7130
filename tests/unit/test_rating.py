"""Ratings: each kind of target at, within and beyond its limits, with rule and numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from callover.analysis.figures import Figures
from callover.analysis.rating import (
    judge_averages,
    judge_band,
    judge_change,
    judge_limit,
    said,
)
from callover.domain.indicators import Partnership, PrintedRating, RatingMeasure
from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Direction, Rating, RatingOverride
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit
from callover.report import words
from reference.case import AREAS, FIRST, figures, indicator, observed
from reference.measures import Stored
from unit_rows import steady

POINTS, RELATIVE = ToleranceUnit.POINTS, ToleranceUnit.RELATIVE
YEAR, APRIL = FinancialYear(2016), Month.of(2016, 4)


def target(kind: TargetKind, tolerance: Tolerance | None = None, **more: float) -> Target:
    return Target(YEAR, kind, APRIL, tolerance=tolerance, **more)


@pytest.mark.parametrize(
    ("change", "colour"),
    [(0.0, "G"), (-19.0, "G"), (0.6, "A"), (1.6, "A"), (5.0, "A"), (5.4, "R"), (7.7, "R")],
)
def test_a_reduction_has_five_points_of_amber(change: float, colour: str) -> None:
    judged = judge_change(change, target(TargetKind.REDUCTION), Direction.LOWER, "The change")
    assert judged.rating.value == colour
    assert "tolerance 5 percentage points" in judged.reason


@pytest.mark.parametrize(("change", "colour"), [(-5.0, "G"), (-4.9, "A"), (0.0, "A"), (0.1, "R")])
def test_a_fixed_decrease_moves_the_limit(change: float, colour: str) -> None:
    wanted = target(TargetKind.PERCENT_DECREASE, value=5)
    assert judge_change(change, wanted, Direction.LOWER, "It").rating.value == colour


def test_a_relative_tolerance_is_of_the_target_count() -> None:
    wanted = target(TargetKind.PERCENT_DECREASE, Tolerance(10, RELATIVE), value=5)
    # 95 × 1.1 = 104.5: amber up to 4.5 % more than last year
    assert judge_change(4.5, wanted, Direction.LOWER, "It").rating is Rating.AMBER
    assert judge_change(4.6, wanted, Direction.LOWER, "It").rating is Rating.RED


def test_where_more_is_good_a_fall_is_judged() -> None:
    wanted = target(TargetKind.REDUCTION)
    for change, colour in ((0.0, "G"), (-5.0, "A"), (-5.1, "R")):
        assert judge_change(change, wanted, Direction.HIGHER, "It").rating.value == colour


@pytest.mark.parametrize(
    ("value", "colour"),
    [(25.0, "A"), (28.0, "G"), (40.0, "G"), (50.0, "A"), (50.1, "R"), (17.9, "R")],
)
def test_a_band_is_amber_within_ten_points_on_either_side(value: float, colour: str) -> None:
    judged = judge_band(value, 28, 40, Tolerance(10, POINTS), "The repeat rate")
    assert judged.rating.value == colour
    if value < 28:
        assert "below" in judged.reason
    if value > 40:
        assert "above" in judged.reason


def test_a_relative_tolerance_of_nothing_is_nothing() -> None:
    assert judge_limit(1, 0, True, Tolerance(5, RELATIVE), "It").rating is Rating.RED
    assert judge_limit(0, 0, True, Tolerance(5, RELATIVE), "It").rating is Rating.GREEN


def test_averages_are_judged_by_the_hardest() -> None:
    ten = Tolerance(10, POINTS)
    green = judge_averages(25.6, {"London": 25.8, "National": 26.0}, True, ten, "Reoffending")
    assert green.rating is Rating.GREEN
    assert "25.8" in green.reason
    amber = judge_averages(44.5, {"London": 43.2, "National": 37.7}, True, ten, "Reoffending")
    assert amber.rating is Rating.AMBER
    assert judge_averages(47.8, {"National": 37.7}, True, ten, "It").rating is Rating.RED


def test_numbers_in_reasons_are_rounded_half_up_and_plain() -> None:
    assert [said(v) for v in (5.43594, 12.0, -18.75, 1234.5, 0.0)] == [
        "5.4", "12", "\u221218.8", "1,234.5", "0",
    ]  # fmt: skip


def judged_by(system: Figures, month: Month, **changes: object) -> tuple[Rating, str]:
    """The rating of burglary with its definition changed."""
    name = "burglary"
    system.catalogue.indicators[name] = replace(system.catalogue.indicators[name], **changes)
    result = Figures(system.held).rating(name, AREAS[0], month)
    return result.computed, result.reason


def test_without_a_target_lower_is_measured_by_last_year() -> None:
    system = figures(steady([10.0] * 12 + [11.0] * 12))
    rating, reason = judged_by(system, FIRST + 23, targets=())
    assert rating is Rating.RED
    assert "10 %" in reason


def test_watched_only_is_not_rated_and_says_so() -> None:
    system = figures(steady([10.0] * 24))
    rating, reason = judged_by(system, FIRST + 23, targets=(), direction=Direction.MONITOR)
    assert rating is Rating.NOT_RATED
    assert "watched only" in reason


def test_no_data_is_never_green() -> None:
    rating, reason = judged_by(figures(steady([10.0] * 6)), FIRST + 23, targets=())
    assert rating is Rating.NO_DATA
    assert reason.startswith("No data")


def test_a_first_year_is_not_rated_for_want_of_another() -> None:
    rating, reason = judged_by(figures(steady([10.0] * 12)), FIRST + 11, targets=())
    assert rating is Rating.NOT_RATED
    assert "the year before is not known" in reason


def test_a_top_quartile_takes_the_published_range() -> None:
    system = figures(
        [],
        [
            observed(series="completions", kind="window", start=date(2015, 3, 1),
                     day=date(2016, 2, 29), value=None, numerator=34.0, denominator=454.0),
            observed(series="completions", kind="window", start=date(2015, 3, 1),
                     day=date(2016, 2, 29), measure="quartile_low", peer_group="fifteen",
                     value=8.16),
            observed(series="completions", kind="window", start=date(2015, 3, 1),
                     day=date(2016, 2, 29), measure="quartile_high", peer_group="fifteen",
                     value=16.8),
        ],
    )  # fmt: skip
    quartile = target(TargetKind.TOP_QUARTILE, Tolerance(10, POINTS))
    system.catalogue.indicators["completions"] = indicator(
        "completions", unit=system.catalogue.series["completions"].unit, targets=(quartile,),
        direction=Direction.HIGHER, rating_measure=RatingMeasure.LEVEL,
    )  # fmt: skip
    result = Figures(system.held).rating("completions", AREAS[0], Month.of(2016, 9))
    assert result.computed is Rating.AMBER
    assert "8.16 to 16.8" in result.reason


def test_an_override_and_a_printed_colour_stand_beside_the_computed_one() -> None:
    system = figures(steady([10.0] * 12 + [11.0] * 12))
    month = FIRST + 23
    signed = RatingOverride(Rating.AMBER, "Recording changed", "Chair", date(2016, 10, 1))
    printed = PrintedRating("robbery_total", month, Rating.GREEN)
    partnership = Partnership(
        "test", AREAS[0], "Test", "Test", "test", overrides=(("all_crime", month, signed),),
        printed_ratings=(printed, PrintedRating("burglary", month, Rating.RED, "as printed")),
    )  # fmt: skip
    service = Figures(system.held, partnership)
    result = service.rating("all_crime", AREAS[0], month)
    assert (result.shown, result.computed) == (Rating.AMBER, Rating.NO_DATA)
    differing = service.differences(AREAS[0], month)
    assert [(name, found.computed, note) for name, found, note in differing] == [
        ("burglary", Rating.GREEN, "as printed")
    ]


def test_only_a_ceiling_of_its_own_year_counts() -> None:
    rows: list[Stored] = steady([10.0] * 30)
    system = figures(rows)
    assert system.figure("burglary", "target_to_date", AREAS[0], FIRST + 29).value == 129.0
    assert system.figure("burglary", "rating", AREAS[0], FIRST + 29).text == "G"


def test_a_tolerance_wider_than_the_target_promises_no_bound_below_zero() -> None:
    judged = judge_limit(7.5, 8.2, False, Tolerance(10, POINTS), "The share", " %")
    assert judged.rating is Rating.AMBER
    assert "amber below it" in judged.reason
    assert words.MINUS not in judged.reason
