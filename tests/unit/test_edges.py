"""Months, days and counts at the edge of what can be are refused in words."""

from __future__ import annotations

import pyarrow as pa
import pytest

from callover.cli.options import end_of_day, month_of
from callover.data.cells import counts, why_no_count
from callover.data.reading import Unreadable, read_number
from callover.domain.errors import UserError


@pytest.mark.parametrize("text", ["1909-12", "2191-01", "0001-01", "9999-12"])
def test_months_without_room_around_them_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="--month"):
        month_of(text)


def test_months_at_the_edge_are_taken() -> None:
    assert [str(month_of(text)) for text in ("1910-01", "2190-12")] == ["1910-01", "2190-12"]


@pytest.mark.parametrize("text", ["0001-01-01", "2300-01-01"])
def test_days_far_off_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="--as-known-at"):
        end_of_day(text)


def test_counts_that_a_number_cannot_hold_exactly_are_refused() -> None:
    assert read_number("9007199254740992") == 2**53
    assert isinstance(read_number("9007199254740994"), Unreadable)
    read = counts(pa.chunked_array([["9007199254740992", "9,007,199,254,740,994", "x"]]))
    assert read.bad.tolist() == [False, True, False]
    assert "too large" in why_no_count("9,007,199,254,740,994")
