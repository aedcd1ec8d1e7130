"""Figures from a real store: as known at, names and codes, sums of small areas, the commands."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from callover.analysis.figures import Figures
from callover.analysis.stored import held_from
from callover.catalogue import load_catalogue
from callover.cli import app
from callover.data.contracts import OBSERVATIONS
from callover.data.store import ImportRecord, Store
from callover.data.tables import areas, links
from callover.domain.areas import AreaKind
from callover.domain.periods import Month
from callover.domain.states import State
from callover.jobs.workspace import Workspace, init_workspace

APRIL = Month.of(2018, 4)
EARLY, LATE = datetime(2019, 1, 10, tzinfo=UTC), datetime(2019, 5, 10, tzinfo=UTC)
FORCE, LEICESTER, BLABY = "force:leicestershire", "name:Leicester", "name:Blaby"
SMALL = {"E01013600": LEICESTER, "E01013601": LEICESTER, "E01025600": BLABY}
BURGLARY = "street_burglary"


def row(series: str, area: str, month: Month, value: float) -> dict[str, object]:
    return {
        "series": series, "area": area, "kind": "month", "start": month.first_day,
        "end": month.last_day, "measure": "value", "peer_group": "", "value": value,
        "state": "final", "note": "", "row": 1,
    }  # fmt: skip


def snapshot(series: str, area: str, day: date, value: float) -> dict[str, object]:
    return row(series, area, APRIL, value) | {"kind": "snapshot", "start": day, "end": day}


def commit(store: Store, source: str, rows: list[dict[str, object]], when: datetime,
           places: pa.Table | None = None, inside: pa.Table | None = None) -> None:  # fmt: skip
    table = pa.Table.from_pylist(rows, schema=OBSERVATIONS)
    stamp = when.isoformat()
    record = ImportRecord(source, f"{source}.csv", f"{source}{when}", 1, stamp, stamp)
    store.commit(table, record, when, places, inside)


def fill(store: Store) -> None:
    """Three months of two districts by name; one small area has nothing in May."""
    months = [APRIL + i for i in range(3)]
    rows = [row("street_coverage", FORCE, month, 1.0) for month in months]
    for month in months:
        rows += [row(BURGLARY, LEICESTER, month, 30.0), row(BURGLARY, BLABY, month, 5.0)]
        rows += [row(BURGLARY, "E01013600", month, 10.0), row(BURGLARY, "E01025600", month, 5.0)]
        if month != APRIL + 1:
            rows.append(row(BURGLARY, "E01013601", month, 20.0))
    places = areas(
        [
            (FORCE, "Leicestershire", AreaKind.FORCE),
            (LEICESTER, "Leicester", AreaKind.DISTRICT),
            (BLABY, "Blaby", AreaKind.DISTRICT),
            *((code, code, AreaKind.LSOA) for code in SMALL),
        ]
    )
    inside = links([*SMALL.items(), (LEICESTER, FORCE), (BLABY, FORCE)])
    commit(store, "street", rows, EARLY, places, inside)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = init_workspace(tmp_path / "ws", "street", "Leicester")
    fill(made.store)
    return made


def ask(store: Store, area: str, **more: object) -> Figures:
    return Figures(held_from(store, load_catalogue("street"), areas=[area], **more))


def test_districts_by_name_work_without_any_lookup(workspace: Workspace) -> None:
    figure = ask(workspace.store, LEICESTER).figure(BURGLARY, "ytd", LEICESTER, APRIL + 2)
    assert (figure.value, figure.area) == (90.0, LEICESTER)


def test_a_lookup_gives_names_their_codes(workspace: Workspace) -> None:
    code = "E06000016"
    places = areas([(code, "Leicester", AreaKind.DISTRICT)])
    commit(workspace.store, "lookup", [], EARLY, places, links([(s, code) for s in SMALL][:2]))
    system = ask(workspace.store, code)
    for area in (code, LEICESTER):
        figure = system.figure(BURGLARY, "ytd", area, APRIL + 2)
        assert (figure.value, figure.area) == (90.0, code)


def test_a_ward_is_the_sum_of_its_small_areas_and_a_covered_month_without_rows_is_zero(
    workspace: Workspace,
) -> None:
    ward = "E05010458"
    places = areas([(ward, "Abbey", AreaKind.WARD)])
    commit(workspace.store, "lookup", [], EARLY, places, links([("E01013601", ward)]))
    system = ask(workspace.store, ward)
    values = [system.figure(BURGLARY, "month", ward, APRIL + i).value for i in range(4)]
    assert values == [20.0, 0.0, 20.0, None]


def test_a_partnership_of_two_districts_is_their_sum(workspace: Workspace) -> None:
    both = "E22000172"
    places = areas([(both, "Leicester and Blaby", AreaKind.CSP)])
    commit(workspace.store, "lookup", [], EARLY, places, links([(LEICESTER, both), (BLABY, both)]))
    assert ask(workspace.store, both).figure(BURGLARY, "ytd", both, APRIL + 2).value == 105.0


def test_a_district_without_one_of_its_parts_has_no_sum(workspace: Workspace) -> None:
    both = "E22000172"
    places = areas([(both, "Both", AreaKind.CSP)])
    commit(workspace.store, "lookup", [], EARLY, places, links([(LEICESTER, both), (BLABY, both)]))
    more = [row(BURGLARY, LEICESTER, APRIL + 3, 30.0)]
    commit(workspace.store, "street", more, LATE)
    system = ask(workspace.store, both)
    assert system.figure(BURGLARY, "month", both, APRIL + 3).value is None


def test_a_small_area_itself_can_be_asked_for(workspace: Workspace) -> None:
    figure = ask(workspace.store, "E01013600").figure(BURGLARY, "month", "E01013600", APRIL)
    assert figure.value == 10.0


def test_a_small_area_without_a_record_in_a_covered_month_has_none_of_them(
    workspace: Workspace,
) -> None:
    system = ask(workspace.store, "E01013601")
    found = [system.figure(BURGLARY, "month", "E01013601", APRIL + i) for i in range(4)]
    assert [figure.value for figure in found] == [20.0, 0.0, 20.0, None]
    robbery = system.figure("street_robbery", "month", "E01013601", APRIL)
    assert robbery.value == 0.0  # not one record of that kind, in a file that is there
    total = system.figure("street_all_crime", "month", "E01013601", APRIL + 1)
    assert total.value == 0.0


def test_a_ward_without_any_record_is_zero_where_covered(workspace: Workspace) -> None:
    ward, empty = "E05010459", "E01099999"
    places = areas([(ward, "Quiet", AreaKind.WARD), (empty, "Quiet 1", AreaKind.LSOA)])
    inside = links([(empty, ward), (empty, "E06000016"), ("E06000016", FORCE)])
    commit(workspace.store, "lookup", [], EARLY, places, inside)
    system = ask(workspace.store, ward)
    values = [system.figure(BURGLARY, "month", ward, APRIL + i).value for i in (2, 3)]
    assert values == [0.0, None]


def test_a_partnership_of_two_districts_needs_both(workspace: Workspace) -> None:
    both = "E22000172"
    places = areas([(both, "Both", AreaKind.CSP), ("E07000999", "Elsewhere", AreaKind.DISTRICT)])
    inside = links([(LEICESTER, both), ("E07000999", both)])
    commit(workspace.store, "lookup", [], EARLY, places, inside)
    assert ask(workspace.store, both).figure(BURGLARY, "ytd", both, APRIL + 2).value is None


def test_what_the_board_saw_stays_as_it_was(workspace: Workspace) -> None:
    commit(workspace.store, "street", [row(BURGLARY, LEICESTER, APRIL, 33.0)], LATE)
    before = ask(workspace.store, LEICESTER, as_known_at=datetime(2019, 2, 1, tzinfo=UTC))
    after = ask(workspace.store, LEICESTER)
    ytd = [s.figure(BURGLARY, "ytd", LEICESTER, APRIL + 2) for s in (before, after)]
    assert [figure.value for figure in ytd] == [90.0, 93.0]
    assert [figure.known_at for figure in ytd] == [EARLY.isoformat(), LATE.isoformat()]
    nothing = ask(workspace.store, LEICESTER, as_known_at=datetime(2018, 1, 1, tzinfo=UTC))
    assert nothing.figure(BURGLARY, "ytd", LEICESTER, APRIL + 2).state is State.NOT_DUE


@pytest.mark.parametrize(
    ("after_june", "day", "state", "said"),
    [
        # Street files are due on the 5th of the second month after.
        (1, date(2018, 8, 20), State.NOT_DUE, "is not due until 5 September 2018"),
        (1, date(2018, 9, 5), State.NOT_DUE, "is not due until 5 September 2018"),
        (1, date(2018, 9, 6), State.LATE, "was due on 5 September 2018 and has not come"),
        (500, date(2019, 2, 1), State.NOT_DUE, "is not due until 5 April 2060"),
    ],
)
def test_a_month_that_has_not_come_is_not_due_until_its_day_and_late_after_it(
    workspace: Workspace, after_june: int, day: date, state: State, said: str
) -> None:
    early = datetime(2018, 8, 1, tzinfo=UTC)
    rows = [row(BURGLARY, LEICESTER, APRIL + i, 30.0) for i in range(-12, 3)]
    commit(workspace.store, "street", rows, early)
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    system = ask(workspace.store, LEICESTER, as_known_at=moment)
    for measure in ("month", "ytd", "rolling12"):
        found = system.figure(BURGLARY, measure, LEICESTER, APRIL + 2 + after_june)
        assert (found.value, found.state, found.reason) == (None, state, said), measure
    if after_june < 12:
        before = system.figure(BURGLARY, "month_previous", LEICESTER, APRIL + 2 + after_june)
        assert before.value == 30.0


def test_a_month_that_the_source_left_out_and_went_on_is_not_supplied(
    workspace: Workspace,
) -> None:
    rows = [row(BURGLARY, LEICESTER, APRIL + i, 30.0) for i in (3, 5)]
    commit(workspace.store, "street", rows, EARLY)
    gap = ask(workspace.store, LEICESTER).figure(BURGLARY, "month", LEICESTER, APRIL + 4)
    assert gap.state is State.NOT_SUPPLIED


def test_what_the_source_said_of_a_month_itself_stays(workspace: Workspace) -> None:
    silent = row(BURGLARY, LEICESTER, APRIL + 3, 0.0) | {"value": None, "state": "not_supplied"}
    commit(workspace.store, "street", [silent], EARLY)
    system = ask(workspace.store, LEICESTER, as_known_at=datetime(2019, 1, 20, tzinfo=UTC))
    said = system.figure(BURGLARY, "month", LEICESTER, APRIL + 3)
    assert said.state is State.NOT_SUPPLIED


def test_a_source_that_says_that_it_is_late_is_quoted(workspace: Workspace) -> None:
    late = row(BURGLARY, LEICESTER, APRIL + 3, 0.0) | {"value": None, "state": "late"}
    commit(workspace.store, "street", [late], EARLY)
    said = ask(workspace.store, LEICESTER).figure(BURGLARY, "month", LEICESTER, APRIL + 3)
    assert (said.state, said.reason) == (State.LATE, "is late, its source says")


def test_an_area_of_which_nothing_ever_came_is_not_late(workspace: Workspace) -> None:
    elsewhere = "E07000999"
    system = ask(workspace.store, elsewhere)
    assert system.figure(BURGLARY, "month", elsewhere, APRIL).state is State.NOT_SUPPLIED


def test_districts_of_one_force_are_found_by_the_links(workspace: Workspace) -> None:
    days = date(2017, 6, 30)
    people = [snapshot("households", LEICESTER, days, 350_000),
              snapshot("households", BLABY, days, 100_000)]  # fmt: skip
    commit(workspace.store, "ons_population", people, EARLY)
    rows = [row(BURGLARY, area, APRIL - i, 30.0) for area in (LEICESTER, BLABY)
            for i in range(1, 12)]  # fmt: skip
    commit(workspace.store, "street", rows, EARLY)
    rank = ask(workspace.store, LEICESTER).figure(BURGLARY, "rank", LEICESTER, APRIL, "force")
    assert (rank.value, rank.of) == (1.0, 2)


# Commands

RUN = CliRunner()


def run(workspace: Workspace, *arguments: str) -> str:
    result = RUN.invoke(app, [*arguments, "--workspace", str(workspace.path)])
    assert result.exit_code == 0, result.output
    return result.output


def test_records_have_the_published_fields(workspace: Workspace) -> None:
    arguments = ("--month", "2018-06", "--measure", "ytd,rating", "--indicator", BURGLARY)
    records = json.loads(run(workspace, "figures", *arguments, "--format", "json"))
    assert [r["area"] for r in records] == [BLABY, BLABY, LEICESTER, LEICESTER]
    assert list(records[2]) == [
        "indicator", "series", "area", "period_kind", "month", "measure", "peer_group", "value",
        "unit", "state", "source", "known_at",
    ]  # fmt: skip
    assert records[2] == {
        "indicator": BURGLARY, "series": BURGLARY, "area": LEICESTER,
        "period_kind": "year_to_date", "month": "2018-06", "measure": "ytd", "peer_group": None,
        "value": 90, "unit": "offences", "state": "final", "source": "street",
        "known_at": EARLY.isoformat(),
    }  # fmt: skip


def test_csv_and_parquet_hold_the_same(workspace: Workspace, tmp_path: Path) -> None:
    arguments = ("--month", "2018-06", "--area", "Leicester", "--indicator", BURGLARY)
    lines = run(workspace, "figures", *arguments, "--measure", "ytd,rolling12", "--format", "csv")
    assert lines.splitlines()[1].startswith(f"{BURGLARY},{BURGLARY},{LEICESTER},year_to_date,")
    assert lines.splitlines()[2].split(",")[7] == ""  # no value is an empty cell, never a zero
    out = tmp_path / "f.parquet"
    run(workspace, "figures", *arguments, "--format", "parquet", "--out", str(out))
    table = pq.read_table(out)
    values = dict(zip(table["measure"].to_pylist(), table["value"].to_pylist(), strict=True))
    assert values["ytd"] == 90.0
    assert values["rolling12"] is None
    texts = dict(zip(table["measure"].to_pylist(), table["text"].to_pylist(), strict=True))
    assert texts["rating"] in ("not rated", "no data", "G", "A", "R")


def test_the_table_is_for_people(workspace: Workspace) -> None:
    shown = run(workspace, "figures", "--month", "2018-06", "--indicator", BURGLARY,
                "--area", "Leicester", "--measure", "ytd,rolling12")  # fmt: skip
    assert "ytd" in shown
    assert "90" in shown
    assert "not supplied" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--measure", "ytdd"), "There is no measure called 'ytdd'."),
        (("--indicator", "burglry"), "There is no indicator called 'burglry'."),
        (("--area", "Atlantis"), "There is no area called 'Atlantis'."),
        (("--peers", "none"), "There is no peer group called 'none'."),
        (("--format", "xml"), "There is no format called 'xml'."),
        (("--format", "parquet"), "Name a file"),
        (("--as-known-at", "yesterday"), "is no day"),
    ],
)
def test_a_wrong_option_is_told_in_a_line(
    workspace: Workspace, arguments: tuple[str, ...], said: str
) -> None:
    command = ["figures", "--month", "2018-06", *arguments, "--workspace", str(workspace.path)]
    result = RUN.invoke(app, command)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_explain_goes_down_to_the_row(workspace: Workspace) -> None:
    said = run(workspace, "explain", BURGLARY, "ytd", "--month", "2018-06")
    assert "30 + 30 + 30 = 90" in said
    assert "street.csv, row 1: value 30, month 2018-04-01 to 2018-04-30, known 2019-01-10" in said
    assert "sum over April to the month" in said


def test_explain_says_why_there_is_no_value(workspace: Workspace) -> None:
    said = run(workspace, "explain", BURGLARY, "rolling12", "--month", "2018-06")
    assert "not every month of the twelve months to June 2018 is known" in said


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "ws", "street", "Leicester")
    result = RUN.invoke(app, ["figures", "--month", "2018-06", "--workspace", str(made.path)])
    assert result.exit_code == 2
    assert "callover add FILE" in result.output
