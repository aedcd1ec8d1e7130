"""Templates ask for what is due of a partnership, and an answer without a figure is an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from callover.data.sources.template import COLUMNS
from callover.domain.periods import Month
from callover.jobs.add import add_file
from callover.jobs.completeness import Owed, owed
from callover.jobs.mappings import mapping_path
from callover.jobs.recognise import incoming
from callover.jobs.template import Template, make_template, template_text, write_template
from callover.jobs.workspace import Workspace

DAY = date(2016, 11, 22)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def months(made: Template) -> list[str]:
    end = COLUMNS.index("end")
    return list(dict.fromkeys(row[end] for row in made.rows))


def test_what_is_due_is_reckoned_for_the_partnership_asked(demo: Path) -> None:
    """Of two partnerships that differ in what came, neither gets the other's months."""
    workspace = Workspace.open(demo)
    for area in ("exampleford", "barking-and-dagenham"):
        state = {each.definition.id: each for each in owed(workspace, area, NOW, DAY)}["probation"]
        asked = months(make_template(workspace, "probation", area, today=DAY))
        latest, expected = state.status.latest, state.status.coverage.expected
        assert latest is None or latest == expected or asked[0] > str(latest)
        assert asked[-1] == str(expected)


def test_of_a_quarter_the_last_month_is_asked_for(demo: Path) -> None:
    asked = months(make_template(Workspace.open(demo), "yos", "exampleford", Month.of(2017, 6)))
    assert asked
    assert {Month.parse(month).month % 3 for month in asked} == {0}


def test_of_a_year_one_month_is_asked_for(demo: Path) -> None:
    made = make_template(Workspace.open(demo), "ons_population", "exampleford", Month.of(2025, 6))
    assert {Month.parse(month).month for month in months(made)} == {6}


def state(workspace: Workspace) -> Owed:
    found = owed(workspace, "exampleford", NOW, DAY)
    return next(each for each in found if each.definition.id == "police_local")


def test_an_answer_that_there_is_no_figure_is_an_answer(demo: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(demo)
    assert state(workspace).missed == 1  # October
    path = tmp_path / "police_local-2016-10.csv"
    path.write_text(template_text(make_template(workspace, "police_local", "exampleford",
                                                Month.of(2016, 10))))  # fmt: skip
    add_file(workspace, path, "police_local", datetime(2016, 11, 21, tzinfo=UTC))
    after = state(Workspace.open(demo))
    assert (after.missed, after.first_owed, after.since) == (0, None, None)
    assert after.status.latest == Month.of(2016, 9)  # the last figure is September's all the same


def test_our_own_template_needs_no_mapping(demo: Path, tmp_path: Path) -> None:
    """Once a provider's own workbook has a mapping, the template and the form go on working."""
    workspace = Workspace.open(demo)
    saved = mapping_path(demo, "asb_team")
    saved.parent.mkdir(parents=True, exist_ok=True)
    saved.write_text("sheet: Monthly return\nheader_row: 3\ncolumns: {Service: series}\n")
    try:
        made = make_template(workspace, "asb_team", "exampleford", Month.of(2016, 10))
        for ending in ("csv", "xlsx"):
            path = tmp_path / f"asb_team.{ending}"
            write_template(made, path)
            assert not incoming(workspace, path, "asb_team").mapping
        own = tmp_path / "own.csv"
        own.write_text("Service,Month,Number\nx,2016-10,3\n")
        assert incoming(workspace, own, "asb_team").mapping
    finally:
        saved.unlink()
