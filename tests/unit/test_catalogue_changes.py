"""``callover indicators``: adding and retiring in a workspace, with its change log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.catalogue.new import NewIndicator
from callover.cli.indicators import app
from callover.domain.errors import FaultsFound, UnknownName, UserError, WorkspaceError
from callover.domain.periods import Month
from callover.jobs.indicators import add, check, load_set, retire, sets_of

OCTOBER = Month.of(2016, 10)
MOPEDS = NewIndicator(
    id="moped_crime",
    title="Moped-enabled crime",
    group="crime",
    unit="offences",
    direction="lower",
    source="police_local",
    from_month=OCTOBER,
    reason="The board asked for it",
    decided_by="Board, 6 December 2016",
    definition="Crimes in which the offender rode a moped.",
    denominator="population",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "partnerships").mkdir()
    settings = "id: a\narea: E09000016\nname: Havering\nshort_name: Havering\nset: london\n"
    (tmp_path / "partnerships" / "a.yaml").write_text(settings, encoding="utf-8")
    return tmp_path


def files(workspace: Path) -> dict[str, bytes]:
    found = sorted((workspace / "definitions").rglob("*.yaml"))
    return {str(path.relative_to(workspace)): path.read_bytes() for path in found}


def test_check_counts_what_it_read(workspace):
    (found,) = check(workspace)
    assert (found.set_id, found.indicators, found.pages) == ("london", 31, 34)


def test_an_added_indicator_is_new_and_numbered_on(workspace):
    added = add(workspace, MOPEDS)
    assert (added.number, added.series, str(added.valid_from)) == (32, "moped_crime", "2016-10")
    assert added.is_new(OCTOBER)
    assert not added.valid_in(OCTOBER - 1)
    (found,) = check(workspace)
    assert found.pages == 35
    assert found.change_log[-1] == (
        "2016-10: moped_crime added. The board asked for it. Decided by Board, 6 December 2016."
    )


def test_a_comment_of_the_person_stays(workspace):
    own = workspace / "definitions" / "london" / "indicators.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("# Our own, agreed yearly\nindicators: # list\n", encoding="utf-8")
    add(workspace, MOPEDS)
    assert own.read_text(encoding="utf-8").startswith("# Our own, agreed yearly\n")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"id": "tno"}, UserError),
        ({"group": "crimes"}, UnknownName),
        ({"unit": "offenses"}, UnknownName),
        ({"direction": "down"}, UnknownName),
        ({"source": "police"}, UnknownName),
        ({"denominator": "people"}, FaultsFound),
        ({"id": "Moped Crime"}, FaultsFound),
        ({"number": 31}, FaultsFound),
        ({"series": "serious_youth_violence"}, FaultsFound),
        ({"decided_by": ""}, FaultsFound),
    ],
)
def test_what_would_not_load_leaves_the_files_as_they_were(workspace, changes, error):
    add(workspace, replace(MOPEDS, id="quad_bikes"))
    before = files(workspace)
    with pytest.raises(error):
        add(workspace, replace(MOPEDS, **changes))
    assert files(workspace) == before


def test_a_shipped_indicator_is_retired_from_a_month(workspace):
    gone = retire(workspace, "gun_crime", OCTOBER, "Numbers too small", "Board")
    assert str(gone.valid_to) == "2016-09"
    catalogue = load_set(workspace, "london")
    assert len(catalogue.pages(OCTOBER)) == 33
    assert len(catalogue.pages(OCTOBER - 1)) == 34
    with pytest.raises(UserError, match="retired already"):
        retire(workspace, "gun_crime", OCTOBER, "Again", "Board")


def test_an_indicator_of_one_s_own_is_retired_where_it_stands(workspace):
    add(workspace, MOPEDS)
    gone = retire(workspace, "moped_crime", OCTOBER + 6, "Solved", "Board")
    assert str(gone.valid_to) == "2017-03"
    assert list(files(workspace)) == [
        "definitions/change-log.yaml",
        "definitions/london/indicators.yaml",
    ]


def test_a_page_on_which_others_stand_is_not_retired_first(workspace):
    with pytest.raises(UserError, match="phof_non_opiate"):
        retire(workspace, "phof_opiate", OCTOBER, "Moved", "Board")


def test_retiring_before_it_began_is_refused(workspace):
    with pytest.raises(FaultsFound):
        retire(workspace, "hate_crime", Month.of(2016, 1), "Never", "Board")
    assert files(workspace) == {}


def test_a_folder_without_partnership_is_no_workspace(tmp_path):
    with pytest.raises(WorkspaceError, match="callover init"):
        sets_of(tmp_path)


def test_two_sets_need_to_be_told_apart(workspace):
    settings = "id: b\narea: E06000016\nname: Leicester\nshort_name: Leicester\nset: street\n"
    (workspace / "partnerships" / "b.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(UserError, match="--set"):
        add(workspace, MOPEDS)
    assert add(workspace, MOPEDS, "london").number == 32
    with pytest.raises(UnknownName):
        add(workspace, MOPEDS, "paris")


def test_a_partnership_that_names_an_unknown_indicator_is_at_fault(workspace):
    path = workspace / "partnerships" / "a.yaml"
    line = "printed_ratings: [{indicator: tnoo, month: 2016-09, rating: R}]\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(FaultsFound) as caught:
        check(workspace)
    assert "Did you mean 'tno'?" in str(caught.value.faults[0])


def test_the_command_line_adds_checks_and_retires(workspace):
    run, where = CliRunner(), ["--workspace", str(workspace)]
    why = ["--reason", "Asked for", "--decided-by", "Board"]
    added = run.invoke(app, [
        "add", "--id", "moped_crime", "--title", "Mopeds", "--group", "crime", "--unit", "offences",
        "--direction", "lower", "--source", "police_local", "--from", "2016-10",
        "--definition", "Crimes by moped riders.", *why, *where,
    ])  # fmt: skip
    assert added.exit_code == 0, added.output
    assert "Added 32 Mopeds from 2016-10" in added.output
    gone = run.invoke(app, ["retire", "moped_crime", "--from", "2017-04", *why, *where])
    assert "its last month is 2017-03" in gone.output
    checked = run.invoke(app, ["check", *where])
    assert "32 indicators, 35 pages" in checked.output
    bad = run.invoke(app, ["retire", "tno", "--from", "April", *why, *where])
    assert isinstance(bad.exception, UserError)
