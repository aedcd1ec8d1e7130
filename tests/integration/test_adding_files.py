"""``callover add`` as an analyst uses it: faults block, findings are kept, twice is once."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.jobs.workspace import Workspace, init_workspace

RUN = CliRunner()
HEADER = (
    "series,area,period,start,end,measure,peer_group,value,numerator,denominator,state,"
    "as_at,released,note\n"
)
AREA = "E09000002"


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "w", "london", AREA).path


def run(space: Path, *words: object, code: int = 0) -> str:
    result = RUN.invoke(app, [*map(str, words), "--workspace", str(space)])
    assert result.exit_code == code, result.output
    return result.output


def month(value: object, end: str = "2016-09", series: str = "gun_crime") -> str:
    return f"{series},{AREA},month,,{end},,,{value},,,,,,\n"


def written(folder: Path, *lines: str, name: str = "police_local.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def value(space: Path, measure: str, *more: str, indicator: str = "gun_crime") -> object:
    shown = run(space, "figures", "--month", "2016-09", "--area", AREA, "--indicator", indicator,
                "--measure", measure, "--format", "json", *more)  # fmt: skip
    return next((r["value"] for r in json.loads(shown) if r["value"] is not None), None)


def test_a_fault_blocks_the_whole_file_and_names_its_place(space: Path, tmp_path: Path) -> None:
    path = written(tmp_path, month(5), month("x7", "2016-08"))
    said = run(space, "add", path, code=3)
    assert "police_local.csv, line 3, column value: 'x7' is no number." in said
    assert "nothing was stored" in said
    assert "--accept-good-rows" in said
    assert not Workspace.open(space).store.imports


def test_good_rows_are_stored_and_rejects_kept_once(space: Path, tmp_path: Path) -> None:
    path = written(tmp_path, month(5), month("x7", "2016-08"))
    assert "1 faulty row kept aside" in run(space, "add", path, "--accept-good-rows")
    assert "Nothing changed" in run(space, "add", path, "--accept-good-rows")
    shown = run(space, "status")
    assert shown.count("'x7' is no number") == 1
    assert value(space, "month") == 5
    path = written(tmp_path, month(5), month(7, "2016-08"))
    assert "1 new, 0 revised, 1 as before" in run(space, "add", path)


def test_the_same_bytes_under_another_name_change_nothing(space: Path, tmp_path: Path) -> None:
    first = written(tmp_path, month(5))
    run(space, "add", first)
    copy = written(tmp_path, month(5), name="police_local-again.csv")
    assert "Nothing changed" in run(space, "add", copy)
    kept = list((space / "data" / "originals").rglob("*.csv"))
    assert [path.read_bytes() for path in kept] == [first.read_bytes()]


CONTRADICTIONS = {
    "ytd": ([month(5, f"2016-{m:02d}") for m in range(4, 10)]
            + [f"gun_crime,{AREA},year_to_date,,2016-09,,,40,,,,,,\n"], "figures give 30"),
    "rolling": ([f"gun_crime,{AREA},{kind},,{end},,,{n},,,,,,\n" for kind, end, n in (
        ("financial_year", "2016-03", 100), ("year_to_date", "2015-09", 40),
        ("year_to_date", "2016-09", 50), ("rolling12", "2016-09", 99))], "figures give 110"),
    "part above whole": ([month(9, series="robbery_personal"), month(5, series="robbery")],
                         "only some of its parts already make 9"),
    "total against parts": ([month(9, series="robbery_personal"), month(11, series="robbery"),
                             month(1, series="robbery_business")], "its parts add up to 10"),
    "numerator": ([f"atr_success_rate,{AREA},month,,2016-09,,,,5,4,,,,\n"], "more than all"),
    "jump": ([month(5, f"{y}-{m:02d}") for y in (2014, 2015) for m in range(1, 13)]
             + [month(90, "2016-01")], "two years before had 5 to 5"),
    "denominator": ([f"population,{AREA},snapshot,,{y}-06-30,,,{n},,,,,,\n"
                     for y, n in ((2014, 198294), (2015, 150000))], "rates made from it step"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_a_contradiction_is_stored_and_shown_or_refused_when_strict(
    space: Path, tmp_path: Path, kind: str
) -> None:
    lines, told = CONTRADICTIONS[kind]
    path = written(tmp_path, *lines)
    assert told in run(space, "add", path, "--strict", code=6)
    assert not Workspace.open(space).store.imports
    assert told in run(space, "add", path)
    assert told in run(space, "status", "--area", AREA)


def test_findings_stand_in_the_pack(space: Path, tmp_path: Path) -> None:
    lines, told = CONTRADICTIONS["ytd"]
    run(space, "add", written(tmp_path, *lines))
    out = tmp_path / "out"
    run(space, "pack", "--month", "2016-09", "--formats", "html", "--out", out)
    assert told in (out / "callover-pack.html").read_text(encoding="utf-8")


def test_every_period_kind_has_its_row_in_the_template(space: Path, tmp_path: Path) -> None:
    rows = [
        f"gun_crime,{AREA},month,,2016-09,,,5,,,,,,",
        f"gun_crime,{AREA},quarter,,2016-06,,,15,,,provisional,2016-07-01,2016-07-20,early",
        f"gun_crime,{AREA},year_to_date,,2016-09,,,30,,,,,,",
        f"gun_crime,{AREA},financial_year,,2016-03,,,60,,,,,,",
        f"gun_crime,{AREA},rolling12,,2016-08,,,61,,,,,,",
        f"gun_crime,{AREA},months,2015-04,2015-08,,,20,,,,,,",
        f"reoffending_young,{AREA},cohort,2013-10-01,2014-09-30,,,41.2,,,,,2016-07-28,",
        f"reoffending_young,{AREA},window,2013-07-01,2014-06-30,,,,66,160,,,2016-07-28,",
        f"population,{AREA},snapshot,,2015-06-30,,,201979,,,estimated,,,",
        f"tno,{AREA},rolling12,,2016-09,rank,met_32,21,,,,,,",
        f"tno,{AREA},rolling12,,2016-09,average,met_32,80.5,,,,,,",
        f"tno,{AREA},rolling12,,2016-09,rate,,88.1,,,,,,",
        f"tno,{AREA},rolling12,,2016-09,change_pct,met_32,-4.2,,,,,,",
        f"knife_crime,{AREA},month,,2016-09,,,,,,suppressed,,,fewer than five",
    ]
    path = written(tmp_path, *(f"{row}\n" for row in rows))
    assert f"{len(rows)} values" in run(space, "add", path)
    stored = Workspace.open(space).store.observations().to_pylist()
    kinds = {row["kind"] for row in stored}
    assert kinds == {"month", "quarter", "year_to_date", "financial_year", "rolling12", "months",
                     "cohort", "window", "snapshot"}  # fmt: skip
    assert all(row["start"] and row["end"] for row in stored)
    quarter = next(row for row in stored if row["kind"] == "quarter")
    assert (str(quarter["start"]), str(quarter["as_at"])) == ("2016-04-01", "2016-07-01")
    assert (str(quarter["released"]), quarter["note"]) == ("2016-07-20", "early")
    window = next(row for row in stored if row["kind"] == "window")
    assert (window["numerator"], window["denominator"]) == (66, 160)


def test_history_is_backdated_and_every_reading_command_goes_back(
    space: Path, tmp_path: Path
) -> None:
    said = run(space, "add", written(tmp_path, month(5)), "--known-from", "2016-10-20")
    assert "Backdated: known from 2016-10-20" in said
    run(space, "add", written(tmp_path, month(7)), "--known-from", "2017-01-20")
    assert value(space, "month") == 7
    assert value(space, "month", "--as-known-at", "2016-11-28") == 5
    assert value(space, "month", "--as-known-at", "2016-10-19") is None
    then = ("--as-known-at", "2016-11-28")
    told = run(space, "explain", "gun_crime", "month", "--month", "2016-09", "--area", AREA, *then)
    assert "2016-10-20" in told
    assert "2017-01-20" not in told
    for words in (("status",), ("sources",),
                  ("pack", "--month", "2016-09", "--formats", "html", "--out", tmp_path / "o",
                   "--only", "gun_crime")):  # fmt: skip
        run(space, *words, *then)
    found = json.loads((tmp_path / "o" / "callover-pack.json").read_text(encoding="utf-8"))
    assert "2016-11-28" in json.dumps(found["known_at"])


def test_a_known_from_to_come_is_refused(space: Path, tmp_path: Path) -> None:
    path = written(tmp_path, month(5))
    assert "lies in the future" in run(space, "add", path, "--known-from", "2106-01-01", code=2)


MAPPING = """
sheet: Return
header_row: 3
fill_down: [Service]
columns: {Service: series, Month: end, Number: value}
fixed: {area: E09000002, period: month}
values: {series: {Guns: gun_crime, Knives: knife_crime}}
states: {not yet: not_due}
"""


def workbook(path: Path, heading: str = "Number", row: int = 3) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Return"
    cells = [("Service", "Month", heading), ("Guns", "Sep-16", 5), (None, "Aug-16", 4),
             ("Knives", "Sep-16", "not yet")]  # fmt: skip
    for down, line in enumerate(cells):
        for across, content in enumerate(line):
            book.active.cell(row + down, across + 1, content)
    book.active.merge_cells(start_row=row + 1, end_row=row + 2, start_column=1, end_column=1)
    book.save(path)
    return path


def test_a_saved_mapping_reads_a_providers_workbook_every_time(space: Path, tmp_path: Path) -> None:
    folder = space / "definitions" / "mappings"
    folder.mkdir(parents=True)
    (folder / "police_local.yaml").write_text(MAPPING)
    run(space, "add", workbook(tmp_path / "return.xlsx"), "--source", "police_local")
    assert value(space, "month") == 5
    moved = workbook(tmp_path / "moved.xlsx", row=4)
    assert "stands in line 4, column 1" in run(
        space, "add", moved, "--source", "police_local", code=3
    )
    renamed = workbook(tmp_path / "renamed.xlsx", heading="Count")
    assert "column Number: is missing" in run(
        space, "add", renamed, "--source", "police_local", code=3
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("E05010458", "lookup of small areas to wards"),
        ("E22000172", "lookup of districts to community safety partnerships"),
        ("E06000016", "lookup of small areas to districts"),
        ("E23000021", "lookup of districts to police force areas"),
    ],
)
def test_a_place_without_figures_says_what_to_add(tmp_path: Path, code: str, told: str) -> None:
    space = init_workspace(tmp_path / "s", "street", "Leicester").path
    header = ("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
              "LSOA name,Crime type,Last outcome category,Context\n")  # fmt: skip
    line = ("a,2018-10,Leicestershire Police,Leicestershire Police,,,x,E01013600,Leicester 001A,"
            "Burglary,,\n")  # fmt: skip
    (tmp_path / "2018-10-leicestershire-street.csv").write_text(header + line)
    run(space, "add", tmp_path / "2018-10-leicestershire-street.csv")
    said = run(space, "figures", "--month", "2018-10", "--area", code, code=2)
    assert said.startswith(f"Error: Nothing is held for {code}.")
    assert told in said
    shown = run(space, "figures", "--month", "2018-10", "--area", "Leicester")
    assert "rolling12" in shown
    assert "not every month of the twelve months to October 2018 is known" in shown
    burglary = run(space, "figures", "--month", "2018-10", "--area", "E01013600", "--measure",
                   "month", "--format", "json")  # fmt: skip
    found = {r["indicator"]: r["value"] for r in json.loads(burglary)}
    assert (found["street_burglary"], found["street_all_crime"], found["street_drugs"]) == (1, 1, 0)


def test_a_rate_without_residents_says_which_file_to_add(space: Path, tmp_path: Path) -> None:
    months = [month(9, f"{y}-{m:02d}") for y, m in
              [(2015, m) for m in range(10, 13)] + [(2016, m) for m in range(1, 10)]]  # fmt: skip
    run(space, "add", written(tmp_path, *months))
    shown = run(space, "figures", "--month", "2016-09", "--area", AREA, "--indicator", "gun_crime",
                "--measure", "rolling12,rate")  # fmt: skip
    assert "108" in shown
    assert "add a file of population estimates: callover add FILE" in shown


def test_nothing_moves_on_the_screen_where_output_is_no_terminal(
    space: Path, tmp_path: Path
) -> None:
    said = run(space, "add", written(tmp_path, month(5)))
    assert "\x1b" not in said
    assert "\r" not in said
