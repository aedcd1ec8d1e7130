"""The worked examples of the page for board members are what the program computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from callover.analysis.differences import rate_ratio
from callover.analysis.drivers import rate_split
from callover.analysis.intervals import count_limits, wilson
from callover.analysis.process.alarms import alarm_share
from callover.analysis.process.limits import mean_range, xmr
from callover.analysis.suppress import Cell, Part, Problem, Relation, intervals
from callover.jobs.drivers import DriversRequest, drivers
from callover.jobs.workspace import Workspace
from example_pack import SEPTEMBER, example_workspace

PAGE = " ".join(
    (Path(__file__).parents[2] / "docs" / "judgement.md").read_text(encoding="utf-8").split()
)


def test_intervals_of_counts_and_of_a_share() -> None:
    small, large = count_limits(np.array(4.0)), count_limits(np.array(62.0))
    assert f"from {small.lower:.1f} to {small.upper:.1f}" in PAGE
    assert f"from {large.lower:.1f} to {large.upper:.1f}" in PAGE
    share = wilson(np.array(12.0), np.array(40.0))
    assert f"from {100 * share.lower:.1f} % to {100 * share.upper:.1f} %" in PAGE


def test_clear_and_not_clear() -> None:
    gun, youth, crime = rate_ratio(62, 41), rate_ratio(224, 191), rate_ratio(17825, 16906)
    assert gun is not None
    assert youth is not None
    assert crime is not None
    assert f"from +{100 * gun.lower - 100:.1f} % to +{100 * gun.upper - 100:.0f} %" in PAGE
    assert f"from −{100 - 100 * youth.lower:.0f} % to +{100 * youth.upper - 100:.0f} %" in PAGE
    assert (gun.clear, youth.clear, crime.clear) == (True, False, True)


def test_the_usual_range() -> None:
    months = np.array([40.0, 44, 38, 47, 41, 39, 43, 45, 42, 40, 46, 41])
    limits = xmr(months)
    assert f"a mean of {months.mean():.1f}" in PAGE
    assert f"by {mean_range(months, screened=False):.1f} on average" in PAGE
    assert f"{limits.lower[0]:.1f} to {limits.upper[0]:.1f}" in PAGE


def test_false_alarms_and_denominator() -> None:
    assert f"about {100 * alarm_share(72):.0f} in 100" in PAGE
    split = rate_split(1000, 1000, 200_000, 224_000, 1000)
    assert split is not None
    assert f"−{-split.denominator:.2f} is the denominator's" in PAGE
    assert split.counts == 0


def test_one_hidden_ward_is_given_away() -> None:
    cells = [Cell("a", 31), Cell("b", 3, Part.PRIMARY), Cell("c", 18), Cell("all", 52)]
    known = Relation({"a": 1, "b": 1, "c": 1, "all": -1})
    found = intervals(Problem(cells, [known]), [1])["b"]
    assert (found.low, found.high) == (3, 3)
    assert "the hidden one is 3" in PAGE


def test_what_made_the_year_to_date(tmp_path: Path) -> None:
    example_workspace(tmp_path / "w")
    request = DriversRequest("tno", SEPTEMBER, "months")
    _, found = drivers(Workspace.open(tmp_path / "w"), request)
    changes = {part.name: part.change for part in found.parts}
    ends = f"a year to date of {found.now:,.0f} against {found.before:,.0f}"
    assert f"{ends} gained {changes['May 2016']:.0f} in May" in PAGE
    assert f"and lost {-changes['September 2016']:.0f} in September" in PAGE
