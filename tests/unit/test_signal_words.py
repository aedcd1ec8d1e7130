"""Sentences of evidence: per cents where the base allows them, else what was counted."""

from __future__ import annotations

import pytest

from callover.analysis.differences import Difference, rate_ratio, share_difference
from callover.report.signal_words import year_said


@pytest.mark.parametrize(
    ("change", "verdict", "told"),
    [
        (rate_ratio(62, 41), "clear", "41 to 62"),
        (rate_ratio(43, 49), "not clear", "49 to 43"),
        (rate_ratio(3, 0), "not clear", "0 to 3"),
        (rate_ratio(60, 50), "not clear", "+20\u202f% (95 % sure: −19 to +78 %)"),
        (share_difference(12, 40, 9, 60), "not clear", "9 of 60 became 12 of 40"),
    ],
)
def test_a_per_cent_needs_a_base_of_fifty(change: Difference, verdict: str, told: str) -> None:
    assert year_said(change) == f"The change on the year is {verdict}: {told}."


def test_a_difference_of_shares_is_in_points() -> None:
    change = share_difference(120, 400, 90, 600)
    assert change is not None
    assert "is clear: +15.0 points (95 % sure: " in year_said(change)
