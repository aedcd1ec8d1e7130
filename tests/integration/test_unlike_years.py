"""A change in counting is not read as a change in crime, nor copied numbers as a trend (DAT-21)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callover.analysis.figures import Figures
from callover.analysis.stored import held_from
from callover.domain.errors import Severity
from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.jobs.add import add_file
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace, init_workspace
from callover.report.blocks import Cell, Table, every
from callover.report.packfile import read_pack
from example_pack import SEPTEMBER, example_workspace
from shared_data import shared

AREA = "E09000002"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Both of the force's files: in the first arson is counted among other criminal damage."""
    folder: Path = tmp_path_factory.mktemp("unlike")
    init_workspace(folder, "london", AREA)
    workspace = Workspace.open(folder)
    for name in (
        "MPS_Borough_Level_Crime_Historic.csv",
        "MPS Borough Level Crime (most recent 24 months).csv",
    ):
        head, *lines = shared("data", "met-borough", name).read_text("utf-8-sig").splitlines()
        own = [line for line in lines if line.startswith("Barking and Dagenham,")]
        path = folder / name
        path.write_text("\n".join([head, *own]), encoding="utf-8")
        add_file(workspace, path, known_from=datetime(2019, 3, 1, tzinfo=UTC))
    return workspace


def built(space: Workspace, out: Path, month: str, indicator: str) -> str:
    """The page of one indicator's pack."""
    request = PackRequest(Month.parse(month), out, only=(indicator,), formats=("html",))
    build_pack(space, request)
    return (out / "callover-pack.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def service(space: Workspace) -> Figures:
    return Figures(held_from(space.store, space.catalogue()))


@pytest.mark.parametrize(
    ("indicator", "month", "day"),
    [
        ("criminal_damage", "2017-01", "1 January 2017"),
        ("criminal_damage", "2017-09", "1 January 2017"),
        ("burglary_dwelling", "2017-09", "1 April 2017"),
    ],
)
def test_years_counted_unlike_get_no_colour(
    service: Figures, indicator: str, month: str, day: str
) -> None:
    result = service.rating(indicator, AREA, Month.parse(month))
    assert result.computed is Rating.NOT_RATED
    assert f"counting changed on {day}" in result.reason
    assert "%" in result.reason  # the change is still said


@pytest.mark.parametrize(
    ("indicator", "month"),
    [
        ("criminal_damage", "2016-12"),
        ("criminal_damage", "2018-12"),
        ("burglary_dwelling", "2017-03"),
        ("burglary", "2017-09"),  # its parts were cut anew, the whole was not
        ("theft_person", "2017-09"),
    ],
)
def test_years_counted_alike_are_rated(service: Figures, indicator: str, month: str) -> None:
    result = service.rating(indicator, AREA, Month.parse(month))
    assert result.computed in (Rating.GREEN, Rating.AMBER, Rating.RED)


def test_the_pack_says_so_wherever_the_years_meet(space: Workspace, tmp_path: Path) -> None:
    page = built(space, tmp_path, "2018-03", "criminal_damage")
    assert "Counting changed on 1 January 2017 (arson apart)" in page
    assert "Not rated: counting changed on 1 January 2017" in page
    assert "counted otherwise from 2016/17 (arson apart)" in page  # the five years
    assert "from January 2017 arson has a line of its own" in page


def test_the_chart_of_months_marks_the_day(space: Workspace, tmp_path: Path) -> None:
    built(space, tmp_path, "2017-06", "criminal_damage")
    pack = (tmp_path / "callover-pack.json").read_text(encoding="utf-8")
    assert '"word": "arson apart"' in pack or '"text": "arson apart"' in pack


def test_a_break_to_come_is_not_told(space: Workspace, tmp_path: Path) -> None:
    page = built(space, tmp_path, "2016-09", "criminal_damage")
    assert "arson has a line of its own" not in page
    assert "Counting changed on" not in page
    assert "1 January 2017" not in page


def test_numbers_copied_from_the_whole_make_no_trend(tmp_path: Path) -> None:
    """Personal robbery equals all robbery up to 2013/14, where business robbery is not given."""
    space = example_workspace(tmp_path / "w")
    found = [f for f in space.store.findings() if f.rule == "copied-series"]
    assert [(f.series, f.severity) for f in found] == [("robbery_personal", Severity.WRONG)]
    assert "931, 619, 492" in found[0].message
    request = PackRequest(SEPTEMBER, tmp_path / "out", formats=("html",))
    build_pack(space, request)
    rows = _five_years(tmp_path / "out")
    for name in ("MOPAC 7: Robbery", "MOPAC 7: Personal robbery"):
        years, course = rows[name]
        assert [cell.mark for cell in years] == ["c", "c", "c", "", ""]
        assert years[0].text == "931"  # as printed, flagged
        assert course.trend[:3] == (None, None, None)
    years, course = rows["Victims satisfied with how their complaint was handled"]
    assert years[-1].mark == course.mark == "b"


def _five_years(folder: Path) -> dict[str, tuple[tuple[Cell, ...], Cell]]:
    """The rows of the five-year table by name: cells of the years, and of the course.

    Between the two stands the recent trend.
    """
    sections = read_pack(folder / "callover-pack.json").document.sections
    blocks = every(next(one for one in sections if one.id == "five-years").blocks)
    table = next(block for block in blocks if isinstance(block, Table))
    return {row.cells[0].text: (row.cells[1:-2], row.cells[-1]) for row in table.rows}


def test_no_change_is_printed_across_a_break(tmp_path: Path) -> None:
    """99.4 % with silence counted as content is no rise of 26 points on 73 % without."""
    space = example_workspace(tmp_path / "w")
    page = built(space, tmp_path / "out", "2016-09", "asb_satisfaction")
    assert "26.0" not in page
    assert "Not alike" in page
    assert "counted otherwise from 2015/16 (silence)" in page
