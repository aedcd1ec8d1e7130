"""The recent trend of the invented partnership's years, asked like any figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.analysis.figures import Figures
from callover.analysis.stored import held_from
from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.jobs.workspace import Workspace
from example_pack import demo_workspace


@pytest.fixture(scope="module")
def figures(tmp_path_factory) -> Figures:
    folder: Path = tmp_path_factory.mktemp("demo") / "space"
    demo_workspace(folder)
    workspace = Workspace.open(folder)
    partnership = workspace.partnership(truths.AREA)
    catalogue = workspace.catalogue_of(partnership)
    held = held_from(workspace.store, catalogue, None, areas=[truths.AREA])
    return Figures(held, partnership)


def _trend(figures: Figures, indicator: str) -> tuple[str, str]:
    found = figures.figure(indicator, "recent_trend", truths.AREA, truths.LAST)
    return found.text, found.reason


def test_five_years_of_a_steady_rate_show_no_change(figures: Figures) -> None:
    assert _trend(figures, "knife_crime")[0] == "no significant change"


def test_a_share_is_judged_by_its_parts(figures: Figures) -> None:
    assert _trend(figures, "marac_repeats")[0] == "no significant change"


def test_years_before_counting_changed_do_not_count(figures: Figures) -> None:
    text, reason = _trend(figures, "domestic_violence")
    assert text == ""
    assert reason.startswith("not enough to say: 0 of 5")


def test_too_few_years_are_not_enough(figures: Figures) -> None:
    found = figures.figure("knife_crime", "recent_trend", truths.AREA, Month.of(2014, 3))
    assert found.text == ""
    assert "of 5 years" in found.reason
