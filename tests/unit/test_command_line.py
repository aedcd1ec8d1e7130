"""The commands on the example: one-line errors, near names, exit codes, records as agreed."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from callover.cli import app
from callover.domain.errors import StoreBusy
from example_pack import example_workspace

RUN = CliRunner()
FIELDS = [
    "indicator", "series", "area", "period_kind", "month", "measure", "peer_group", "value",
    "unit", "state", "source", "known_at",
]  # fmt: skip
HERE, SEPTEMBER = ("--area", "E09000002"), ("--month", "2016-09")
TEMPLATE = "series,area,period,end,value\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("example") / "w"
    example_workspace(made)
    return made


def run(folder: Path, *arguments: str) -> Result:
    return RUN.invoke(app, [*arguments, "--workspace", str(folder)])


def records(folder: Path, *arguments: str) -> list[dict[str, object]]:
    result = run(folder, "figures", *SEPTEMBER, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("arguments", "what", "remedy"),
    [
        (("figures",), "Error: Missing option '--month'.", "See: callover figures --help"),
        (("figures", "--mnth", "x"), "Error: No such option: --mnth", "--month"),
        (("figgures",), "Error: There is no command called 'figgures'.", "Did you mean figures?"),
        (("figures", *SEPTEMBER, "--measure", "roling12"), "Error: There is no", "rolling12"),
        (("figures", *SEPTEMBER, "--indicator", "tnno"), "Error: There is no", "mean tno"),
        (("figures", *SEPTEMBER, "--area", "E0900002"), "Error: There is no area", "E09000002"),
        (("figures", *SEPTEMBER, "--area", "E99000099"), "Error: There is no area", "Known: "),
        (("figures", *SEPTEMBER, "--peers", "met32"), "Error: There is no peer group", "met_32"),
        (("figures", "--month", "Sept"), "Error: --month: 'Sept' is no month", "2016-09"),
        (("explain", "tno", "rates", *SEPTEMBER), "Error: There is no measure", "mean rate"),
        (("pack", *SEPTEMBER, "--only", "robery"), "Error: There is no indicator", "robbery"),
        (("pack", *SEPTEMBER, "--only", "mopac7"), "Error: mopac7 (MOPAC 7", "burglary,criminal_d"),
        (("pack", *SEPTEMBER, "--peers", "msg15"), "Error: There is no peer group", "msg_15"),
        (("template", "iquant"), "Error: There is no source", "mean iquanta"),
        (("add", "none.csv"), "Error: There is no file none.csv.", "Check its name"),
    ],
)  # fmt: skip
def test_an_error_is_one_line_and_what_to_do(
    folder: Path, arguments: tuple[str, ...], what: str, remedy: str
) -> None:
    result = RUN.invoke(app, [*arguments, *_where(arguments, folder)])
    lines = result.stderr.splitlines()
    assert result.exit_code == 2
    assert len(lines) == 2, result.stderr
    assert lines[0].startswith(what)
    assert remedy in lines[1] or remedy in lines[0]


def _where(arguments: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """The workspace for commands that exist."""
    return () if arguments[0] == "figgures" else ("--workspace", str(folder))


def test_exit_code_0_and_the_program_called_alone_prints_its_help(folder: Path) -> None:
    assert run(folder, "status", *HERE).exit_code == 0
    assert RUN.invoke(app, ["--version"]).exit_code == 0
    assert "Commands:" in RUN.invoke(app, []).output


def test_exit_code_3_a_file_at_fault(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(f"{TEMPLATE}knife_crime,E09000002,month,2016-10,many\n", encoding="utf-8")
    result = run(folder, "add", str(bad), "--source", "police_local")
    assert result.exit_code == 3
    assert "line 2" in result.stderr
    assert "'many'" in result.stderr


def test_exit_code_3_definitions_at_fault(tmp_path: Path) -> None:
    made = example_workspace(tmp_path / "w").path
    own = made / "definitions" / "own.yaml"
    own.write_text("amend:\n  - {id: tno, direction: dwon}\n", encoding="utf-8")
    result = run(made, "indicators", "check")
    assert result.exit_code == 3
    assert "own.yaml, line 2" in result.stderr


def test_exit_code_4_no_workspace(tmp_path: Path) -> None:
    result = run(tmp_path, "status")
    assert (result.exit_code, "callover init" in result.stderr) == (4, True)


@pytest.mark.parametrize(
    ("raised", "code"), [(StoreBusy("Busy.", "Again later."), 5), (KeyboardInterrupt(), 130)]
)
def test_exit_codes_5_and_130(
    folder: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int
) -> None:
    def stop(*_: object) -> None:
        raise raised

    monkeypatch.setattr("callover.jobs.status.status", stop)
    assert run(folder, "status").exit_code == code


def test_exit_code_1_a_failure_of_the_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("callover.jobs.status.status", fail)
    assert run(folder, "status").exit_code == 1


def test_exit_code_6_strict(folder: Path, tmp_path: Path) -> None:
    rows = "knife_crime,E09000002,year_to_date,2016-09,9999\n"
    odd = tmp_path / "odd.csv"
    odd.write_text(TEMPLATE + rows, encoding="utf-8")
    result = run(folder, "add", str(odd), "--source", "police_local", "--strict")
    assert result.exit_code == 6, result.output


def test_records_are_a_list_with_the_agreed_fields(folder: Path) -> None:
    """``--area E09000002 --month 2016-09 --measure rolling12,rank`` as the issue writes it."""
    found = records(folder, *HERE, "--measure", "rolling12,rank")
    assert {tuple(record) for record in found} == {tuple(FIELDS)}
    assert {record["measure"] for record in found} == {"rolling12", "rank"}
    tno = [r for r in found if r["indicator"] == "tno"]
    said = [(r["measure"], r["source"], r["peer_group"], r["value"], r["unit"]) for r in tno]
    assert said == [
        ("rolling12", "met_stats", None, 17825, "offences"),
        ("rolling12", "iquanta", None, 17754, "offences"),
        ("rank", "iquanta", "msg_15", 12, "rank"),
        ("rank", "iquanta", "met_32", 21, "rank"),
    ]
    assert {r["period_kind"] for r in tno} == {"rolling12"}
    assert all(str(r["known_at"]).startswith("2016-11-20") for r in tno)


def test_a_source_each_where_change_and_rate_source_differ(folder: Path) -> None:
    found = records(folder, *HERE, "--indicator", "burglary_dwelling",
                    "--measure", "rolling12,rate,rolling12_change")  # fmt: skip
    values = {(r["measure"], r["source"]): r["value"] for r in found}
    assert values["rolling12", "met_stats"] == 942
    assert values["rolling12", "iquanta"] == 939
    assert values["rolling12_change", "met_stats"] == -330
    assert values["rate", "iquanta"] == pytest.approx(939 / 69681 * 1000)
    assert ("rate", "met_stats") not in values


def test_no_value_has_a_state_and_is_never_zero(folder: Path) -> None:
    (found,) = records(folder, *HERE, "--indicator", "idap_completions", "--measure", "month")
    assert (found["value"], found["state"]) == (None, "not_supplied")


def test_csv_and_parquet_hold_the_records_of_json(folder: Path, tmp_path: Path) -> None:
    wanted = (*HERE, "--indicator", "tno,knife_crime", "--measure", "rolling12,rate,rating")
    as_json = records(folder, *wanted)
    printed = run(folder, "figures", *SEPTEMBER, *wanted, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert list(rows[0]) == FIELDS
    out = tmp_path / "f.parquet"
    run(folder, "figures", *SEPTEMBER, *wanted, "--format", "parquet", "--out", str(out))
    table = pq.read_table(out).to_pylist()
    assert len(as_json) == len(rows) == len(table) > 0
    for record, line, row in zip(as_json, rows, table, strict=True):
        assert line == {name: "" if v is None else str(v) for name, v in record.items()}
        value = row["text"] if row["measure"] == "rating" else row["value"]
        assert record == {name: value if name == "value" else row[name] for name in FIELDS}


def test_figures_as_they_were_known_before_anything_came(folder: Path) -> None:
    found = records(folder, *HERE, "--indicator", "tno", "--measure", "rolling12",
                    "--as-known-at", "2016-11-19")  # fmt: skip
    assert {r["value"] for r in found} == {None}


def test_explain_gives_formula_numbers_files_rows_and_dates(folder: Path) -> None:
    said = run(folder, "explain", "tno", "rolling12", *SEPTEMBER, "--source", "iquanta").stdout
    for part in (
        "17,754 offences",
        "formula  sum over the latest twelve months",
        "iquanta.csv, row ",
        "known 2016-11-20",
        "source   iquanta",
    ):
        assert part in said
    rate = run(folder, "explain", "tno", "rate", *SEPTEMBER).stdout
    assert "rolling12 / denominator in force × per" in rate
    assert "201,979" in rate
    assert "ons_population.csv, row " in rate


def test_status_says_what_is_late_due_missing_and_wrong(folder: Path) -> None:
    said = run(folder, "status", *HERE, "--as-known-at", "2016-12-06").stdout
    line = {words.split()[0]: words for words in said.splitlines() if words.strip()}
    assert "up to date, next due on 15 December 2016" in line["lfb_borough_table"]
    assert "late: October 2016 was due on 10 November 2016" in line["marac_coordinator"]
    assert "nothing received" in line["lfb_incidents"]
    assert "10 findings" in said
    assert "printed 419" in said


def test_status_lists_the_indicators_without_any_figure(tmp_path: Path) -> None:
    made = tmp_path / "w"
    assert RUN.invoke(app, ["init", str(made), "--area", "Havering"]).exit_code == 0
    file = tmp_path / "knife.csv"
    file.write_text(f"{TEMPLATE}knife_crime,E09000016,month,2016-09,20\n", encoding="utf-8")
    assert run(made, "add", str(file), "--source", "police_local").exit_code == 0
    said = run(made, "status").stdout
    missing = said.partition("indicators without a figure")[2]
    assert "Total notifiable offences" in missing
    assert "Knife crime" not in missing


def test_a_pack_in_another_peer_group(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "pack", *SEPTEMBER, "--only", "tno", "--peers", "met_32",
                 "--formats", "html", "--out", str(tmp_path))  # fmt: skip
    assert result.exit_code == 0, result.output
    figures = json.loads((tmp_path / "callover-pack.json").read_text())["figures"]
    groups = {f["peer_group"] for f in figures if f["measure"] == "rank"}
    assert groups == {"met_32"}


def test_the_demo_points_to_its_status_as_it_was_known(tmp_path: Path, folder: Path) -> None:
    """Asked as of today, every source of 2016 would be years late."""
    made = SimpleNamespace(folder=folder, packs=())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("callover.jobs.demo.build_demo", lambda *_: made)
        told = RUN.invoke(app, ["demo", str(tmp_path / "demo")]).stdout
    hint = told.splitlines()[-1].removeprefix("Look around: callover ")
    said = RUN.invoke(app, shlex.split(hint)).stdout
    years = set(re.findall(r"was due on \d+ \w+ (\d{4})", said))
    assert years == {"2016"}
