"""False alarms are as many as stated; the list that remains is Benjamini and Hochberg's."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from callover.analysis.process.alarms import alarm_share, expected_alarms, kept

MANY = 800
SCRIPT = Path(__file__).parents[2] / "scripts" / "false_alarms.py"


@pytest.mark.parametrize("months", [18, 36, 72])
def test_stated_share_of_alarms(months: int) -> None:
    """Other seeds than the script's: within three standard errors of what is stated."""
    simulated = runpy.run_path(str(SCRIPT))
    found = simulated["share_of_alarms"](months, MANY, seed=7)
    stated = alarm_share(months)
    assert abs(found - stated) < 3 * (stated * (1 - stated) / MANY) ** 0.5


def test_a_pack_of_thirty_expects_about_one() -> None:
    assert 0.5 < expected_alarms([72] * 30) < 1.5
    assert expected_alarms([]) == 0


def test_the_printed_example_of_benjamini_and_hochberg() -> None:
    """Table of 15 p-values in their paper (1995): four remain at 5 per cent."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
         0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip
    named = {f"h{i:02}": value for i, value in enumerate(p, 1)}
    assert kept(named, 0.05) == ("h01", "h02", "h03", "h04")
    assert kept({}) == ()
    assert kept({"a": 0.9}) == ()
