"""Words about figures, against printed figures of the pack and hand-worked cases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover.domain.peers import RankOrder
from callover.domain.periods import Month, Period, PeriodKind
from callover.domain.states import State
from callover.domain.units import Unit
from callover.report import words

SEP = Month.of(2016, 9)
P = "\u202f%"


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (17_825, 0, "17,825"),
        (17_754 / 201_979 * 1000, 2, "87.90"),
        (939 / 69_681 * 1000, 2, "13.48"),
        (-7, 0, "−7"),
        (-0.4, 0, "0"),
        (-0.0, 1, "0.0"),
        (0.5, 0, "1"),
        (-2.5, 0, "−3"),
        (2.675, 2, "2.68"),
        (1_234_567.891, 1, "1,234,567.9"),
    ],
)
def test_numbers(value, decimals, said):
    assert words.number(value, decimals) == said


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (24.26, 1, f"24.3{P}"),  # the pack cut it to 24.2 (MEA-07)
        (42.857, 1, f"42.9{P}"),
        (-5.81, 1, f"−5.8{P}"),
        (12.5, 0, f"13{P}"),
        (6_201 / 17_825 * 100, 0, f"35{P}"),
        (88 / 352 * 100, 1, f"25.0{P}"),
        (34 / 454 * 100, 1, f"7.5{P}"),
        (129 / 379 * 100, 1, f"34.0{P}"),
        (15 / 18 * 100, 0, f"83{P}"),
        (-0.04, 1, f"0.0{P}"),
    ],
)
def test_percentages(value, decimals, said):
    assert words.percent(value, decimals) == said


def test_differences_carry_their_sign():
    assert words.difference(326, 326 / 8_705 * 100) == f"+326 (+4{P})"
    assert words.difference(-23, -23 / 396 * 100, 1) == f"−23 (−5.8{P})"
    assert words.difference(-7, -7 / 1_432 * 100) == f"−7 (−0.5{P})"
    assert words.difference(0, 0.0) == "no change"
    assert words.difference(4, None) == "+4"
    assert words.signed(0.2) == "0"
    assert words.signed_percent(0.0) == f"0{P}"


def test_sentences_never_put_a_direction_and_a_sign_together():
    assert words.more_or_fewer(919, 919 / 16_906 * 100) == f"5{P} more (+919)"
    assert words.more_or_fewer(-325, -325 / 1_721 * 100) == f"19{P} fewer (−325)"
    assert words.up_or_down(-6.8, 1) == f"down by 6.8{P}"
    assert words.up_or_down(5.4) == f"up by 5{P}"
    assert words.up_or_down(0.01) == "unchanged"
    assert words.up_or_down(-0.3) == f"down by 0.3{P}"
    assert words.rose_or_fell(4.1) == f"rose 4{P}"
    assert words.rose_or_fell(-0.0) == "did not change"
    assert words.more_or_fewer(0, 0.0) == "no change"
    assert words.more_or_fewer(4, None) == "4 more"
    # Gun crime, 41 to 62: of fewer than 50 no per cent is said.
    assert words.more_or_fewer(21, 21 / 41 * 100) == "21 more"
    assert words.difference(21, 21 / 41 * 100) == "+21"
    assert words.difference(25, 25 / 50 * 100) == f"+25 (+50{P})"
    assert words.more_or_fewer(3, 0.02) == "almost the same (+3)"


def test_money_and_points():
    assert words.money(689_900) == "£689,900"
    assert words.money(-1_200) == "−£1,200"
    assert words.money(-0.2) == "£0"
    assert words.more_or_fewer(-1_200, -10.0, Unit.MONEY) == f"10{P} less (−£1,200)"
    assert words.counted_change(-1_200, Unit.MONEY) == "£1,200 less"
    assert words.higher_or_lower(2.26) == "2.3 percentage points higher"
    assert words.higher_or_lower(-1, 0) == "1 percentage point lower"
    assert words.higher_or_lower(0.01) == "no change"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, Unit.OFFENCES, "1 offence"),
        (2, Unit.OFFENCES, "2 offences"),
        (1, Unit.CHILDREN, "1 child"),
        (0, Unit.CHILDREN, "0 children"),
        (1, Unit.PEOPLE, "1 person"),
        (689_900, Unit.MONEY, "£689,900"),
        (25.0, Unit.PERCENTAGE, f"25{P}"),
    ],
)
def test_the_noun_agrees_with_the_number(value, unit, said):
    assert words.counted(value, unit) == said


def test_counted_changes():
    assert words.counted_change(919, Unit.OFFENCES) == "919 more offences"
    assert words.counted_change(-1, Unit.CHILDREN) == "1 fewer child"
    assert words.counted_change(0, Unit.VISITS) == "no change"


def test_rates_and_intervals():
    assert words.rate(87.9, 1000) == "87.90 per 1,000 residents"
    assert (
        words.rate(610.4, 100_000, "residents aged 10 to 17", 0)
        == "610 per 100,000 residents aged 10 to 17"
    )
    assert words.per_words(1000, "") == "per 1,000"
    assert words.interval(1_046, 1_706) == "1,046–1,706"
    assert words.interval(-5, 5) == "−5 to 5"


@pytest.mark.parametrize(
    ("state", "below", "said"),
    [
        (State.NOT_SUPPLIED, 0, "not supplied"),
        (State.NOT_DUE, 0, "not due"),
        (State.SUPPRESSED, 10, "fewer than 10"),
        (State.SUPPRESSED, 0, "suppressed"),
        (State.LATE, 10, "late"),
        (State.FINAL, 0, "not available"),
    ],
)
def test_missing_is_said_never_left_blank(state, below, said):
    assert words.shown(None, "offences", state, below=below) == said


def test_a_value_is_shown_in_its_unit():
    assert words.shown(0, "offences", State.FINAL) == "0"
    assert words.shown(25.0, "percentage", State.DERIVED, 1) == f"25.0{P}"
    assert words.shown(689_900, "money", State.FINAL) == "£689,900"
    assert words.shown(87.9, "per 1,000", State.FINAL, 2) == "87.90"


def test_small_numbers_are_warned_about():
    assert words.small_numbers(4, 2).startswith("Small numbers: 4 against 2,")
    assert words.is_small(62, 19)
    assert not words.is_small(62, 41)
    assert words.small_numbers(62, 41) == ""


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PeriodKind.MONTH, "September 2016"),
        (PeriodKind.YEAR_TO_DATE, "April to September 2016"),
        (PeriodKind.ROLLING12, "the 12 months to September 2016"),
        (PeriodKind.QUARTER, "July to September 2016"),
    ],
)
def test_periods_by_kind(kind, said):
    assert words.period_to(kind, SEP) == said


def test_other_periods():
    assert words.period_to(PeriodKind.YEAR_TO_DATE, Month.of(2016, 4)) == "April 2016"
    assert words.period_to(PeriodKind.YEAR_TO_DATE, Month.of(2017, 1)) == (
        "April 2016 to January 2017"
    )
    assert words.period_to(PeriodKind.FINANCIAL_YEAR, Month.of(2016, 3)) == "the year 2015/16"
    snapshot = Period(PeriodKind.SNAPSHOT, date(2016, 9, 30), date(2016, 9, 30))
    assert words.period(snapshot) == "30 September 2016"
    window = Period(PeriodKind.WINDOW, date(2014, 1, 15), date(2015, 3, 31))
    assert words.period(window) == "15 January 2014 to 31 March 2015"
    cohort = Period(PeriodKind.COHORT, date(2014, 4, 1), date(2015, 3, 31))
    assert words.period(cohort) == "April 2014 to March 2015"
    assert words.day(date(2016, 11, 28)) == "28 November 2016"
    assert words.day(date(2016, 11, 28), short=True) == "28 Nov 2016"


def test_ranks():
    assert words.rank(21.0, 32, RankOrder.LOWEST_FIRST) == "21st lowest of 32"
    assert words.rank(1, 10, RankOrder.HIGHEST_FIRST) == "highest of 10"
    assert words.rank(5, 32, RankOrder.HIGHEST_FIRST, joint=True) == "joint 5th highest of 32"
    assert words.rank(12, None, RankOrder.LOWEST_FIRST) == "12th lowest"
    assert words.rank_of(21, 32) == "21st of 32"


def test_lists_are_joined_as_people_do():
    assert words.joined([]) == ""
    assert words.joined(["a"]) == "a"
    assert words.joined(["a", "b"]) == "a and b"
    assert words.joined(["a", "b", "c"]) == "a, b and c"
    assert words.joined(["a", "b"], "or") == "a or b"
    assert words.capitalised("fewer than 10") == "Fewer than 10"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_no_printed_zero_has_a_sign_and_no_hyphen_stands_for_a_minus(value, decimals):
    said = words.signed(value, decimals)
    assert "-" not in said
    digits = said.strip("+−").replace(",", "")
    assert (said[0] in "+−") == (float(digits) != 0)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Total notifiable offences", "total notifiable offences"),
        ("MARAC: repeat referrals", "MARAC: repeat referrals"),
        ("Alcohol Treatment Requirements completed", "Alcohol Treatment Requirements completed"),
        ("Robbery", "robbery"),
    ],
)
def test_a_title_within_a_sentence(title, said):
    assert words.within(title) == said


@pytest.mark.parametrize(
    ("due", "today", "said"),
    [
        (date(2016, 11, 1), date(2016, 11, 2), "overdue by 1 day"),
        (date(2016, 10, 14), date(2016, 11, 20), "overdue by 37 days"),
        (date(2016, 6, 15), date(2016, 11, 20), "overdue by 5 months"),
        (date(2016, 6, 25), date(2016, 11, 20), "overdue by 4 months"),
        (date(2014, 12, 1), date(2016, 11, 20), "overdue by 23 months"),
        (date(2017, 1, 15), date(2026, 11, 26), "overdue since 15 Jan 2017"),
    ],
)
def test_what_is_long_overdue_is_not_counted_in_days(due, today, said):
    assert words.overdue(due, today) == said
