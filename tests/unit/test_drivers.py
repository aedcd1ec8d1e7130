"""What made a change, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover.analysis.drivers import contributions, moved, rate_split


def test_parts_of_the_packs_rise_in_all_crime() -> None:
    """ANA-19: of +919, theft made +434 and violence +459; the rest is 26."""
    before = {"theft": 6000.0, "violence": 5000.0}
    now = {"theft": 6434.0, "violence": 5459.0}
    found = contributions(before, now, "all others", (16906, 17825))
    assert [(each.name, each.change) for each in found] == [
        ("violence", 459), ("theft", 434), ("all others", 26),
    ]  # fmt: skip
    assert found[0].share == pytest.approx(459 / 919)
    assert sum(each.share or 0 for each in found) == pytest.approx(1)


def test_a_whole_that_did_not_change_has_no_shares() -> None:
    found = contributions({"a": 4, "b": 9}, {"a": 9, "b": 4})
    assert [each.share for each in found] == [None, None]


def test_a_part_known_on_one_side_only_is_left_out() -> None:
    assert contributions({"a": 1}, {"b": 2}) == []


def test_a_rate_that_fell_because_residents_were_counted_anew() -> None:
    """1,000 offences in both years; residents 200,000, then 224,000: all of it is the
    denominator."""
    split = rate_split(1000, 1000, 200_000, 224_000, 1000)
    assert split is not None
    assert split.counts == 0
    assert split.denominator == pytest.approx(1000 / 224 - 5)


@given(*[st.floats(1, 1e6)] * 4)
def test_the_split_of_a_rate_adds_up(a: float, b: float, c: float, d: float) -> None:
    split = rate_split(a, b, c, d, 1000)
    assert split is not None
    assert split.total == pytest.approx(
        1000 * (b / d - a / c), abs=1e-6 * (1 + a / c + b / d) * 1e3
    )


def test_no_denominator_no_split() -> None:
    assert rate_split(1, 2, 0, 10, 1000) is None


def test_twelve_months_that_moved_on_by_three() -> None:
    """Months 1 to 12 of 10 each, then 4 to 15: three of 12 came, three of 10 went, and month 5 was
    revised from 10 to 11."""
    then = dict.fromkeys(range(1, 13), 10.0)
    known = dict.fromkeys(range(4, 13), 10.0) | {5: 11.0, 13: 12.0, 14: 12.0, 15: 12.0}
    found = moved((120, range(1, 13)), (127, range(4, 16)), then, known)
    assert found is not None
    assert (found.came, found.went, found.revised, found.unexplained) == (36, 30, 1, 0)


def test_a_sum_published_as_such_leaves_a_rest() -> None:
    then = dict.fromkeys(range(1, 13), 10.0)
    found = moved((118, range(1, 13)), (120, range(1, 13)), then, then)
    assert found is not None
    assert found.unexplained == 2


def test_a_revision_is_told_though_other_months_are_known_as_a_sum_only() -> None:
    """Six months are known together as 30; of the others, September went from 5 to 7."""
    then = dict.fromkeys(range(7, 12), 4.0) | {12: 5.0}
    found = moved((55, range(1, 13)), (57, range(1, 13)), then, then | {12: 7.0})
    assert found is not None
    assert (found.came, found.went, found.revised, found.unexplained) == (0, 0, 2, 0)


def test_a_year_against_the_year_after_is_all_new_months() -> None:
    months = dict.fromkeys(range(1, 25), 10.0)
    found = moved((120, range(1, 13)), (120, range(13, 25)), months, months)
    assert found is not None
    assert (found.came, found.went, found.revised, found.unexplained) == (120, 120, 0, 0)


def test_a_month_that_is_not_known_says_nothing() -> None:
    assert moved((10, [1]), (12, [2]), {1: 10}, {}) is None
