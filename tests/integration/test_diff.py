"""What changed between months, days of knowledge and packs, on the invented partnership."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.pack_folder import pack_folder
from callover.jobs.workspace import Workspace
from callover.report.blocks import Table
from callover.report.packfile import read_pack


def _diff(demo: Path, *words: str) -> dict[str, dict]:
    result = CliRunner().invoke(app, ["diff", *words, "--workspace", str(demo), "--format", "json"])
    assert result.exit_code == 0, result.output
    return {each["indicator"]: each for each in json.loads(result.output)["changes"]}


def test_every_split_adds_up(demo: Path) -> None:
    found = _diff(demo, "2016-06", "2016-09", "--area", truths.AREA)
    split = [each for each in found.values() if each["new_months"] is not None]
    assert len(split) > 15
    for each in split:
        parts = each["new_months"] - each["months_gone"] + each["revisions"] + each["unexplained"]
        assert each["now"] - each["before"] == pytest.approx(parts)
        assert each["revisions"] == 0  # both months as known today
    rates = [each for each in found.values() if each["rate_by_counts"] is not None]
    assert rates
    for each in rates:
        parts = each["rate_by_counts"] + each["rate_by_denominator"]
        assert each["rate_now"] - each["rate_before"] == pytest.approx(parts, abs=1e-9)


def test_between_two_days_of_knowledge_only_revisions(demo: Path) -> None:
    found = _diff(demo, "2016-08-30", "2016-11-30", "--month", "2016-07", "--area", truths.AREA)
    tno = found["tno"]
    assert tno["new_months"] == tno["months_gone"] == 0
    assert tno["revisions"] == tno["now"] - tno["before"] > 0


def test_the_broken_denominator_is_found_as_such(demo: Path) -> None:
    """Residents were counted 12 per cent higher from mid-2014: the rate falls by that alone."""
    first = Month.of(truths.BROKEN_DENOMINATOR[0] + 1, 3)
    found = _diff(demo, str(first), str(first + 1), "--area", truths.AREA)
    tno = found["tno"]
    assert tno["rate_by_denominator"] < 0
    assert abs(tno["rate_by_denominator"]) > 5 * abs(tno["rate_by_counts"])
    result = CliRunner().invoke(
        app, ["diff", str(first), str(first + 1), "--workspace", str(demo), "--area", truths.AREA]
    )
    assert "by another number of residents" in result.output


def test_two_packs_need_no_workspace(demo: Path, tmp_path: Path, monkeypatch) -> None:
    workspace = Workspace.open(demo)
    for month in (Month.of(2016, 8), Month.of(2016, 9)):
        out = tmp_path / str(month)
        build_pack(workspace, PackRequest(month, out, area=truths.AREA, formats=()))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["diff", "2016-08", "2016-09", "--format", "json"])
    assert result.exit_code == 0, result.output
    by_pack = {each["indicator"]: each for each in json.loads(result.output)["changes"]}
    by_month = _diff(demo, "2016-08", "2016-09", "--area", truths.AREA)
    assert by_pack["robbery"]["now"] == by_month["robbery"]["now"]
    assert by_pack["robbery"]["new_months"] == by_month["robbery"]["new_months"]
    assert by_pack["robbery"]["rating_now"] == by_month["robbery"]["rating_now"]


def test_what_a_pack_of_some_indicators_leaves_out_is_not_called_unknown(
    demo: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(demo)
    request = PackRequest(Month.of(2016, 8), tmp_path, truths.AREA, only=("robbery",), formats=())
    build_pack(workspace, request)
    sides = [str(tmp_path), "2016-09", "--workspace", str(demo), "--area", truths.AREA]
    result = CliRunner().invoke(app, ["diff", *sides, "--format", "json"])
    content = json.loads(result.output)
    assert "robbery" in {each["indicator"] for each in content["changes"]}
    assert "tno" in content["left_out"]
    assert "robbery" not in content["left_out"]
    told = CliRunner().invoke(app, ["diff", *sides]).output
    assert "nothing is known" not in told
    assert f"{len(content['left_out'])} indicators" in told


@pytest.mark.parametrize(
    "words, told",
    [
        (("nonsense", "2016-09"), "is no pack, no month and no day"),
        (("2016-11-20", "2016-09"), "--month"),
    ],
)
def test_what_is_no_side_is_told(demo: Path, words: tuple[str, str], told: str) -> None:
    result = CliRunner().invoke(app, ["diff", *words, "--workspace", str(demo)])
    assert result.exit_code != 0
    assert told in result.output


def test_a_pack_says_what_changed_since_the_one_before(demo: Path, tmp_path: Path) -> None:
    """June's pack as it was known in July lies in the workspace: September's tells new months and
    revisions apart."""
    workspace = Workspace.open(demo)
    known = datetime(2016, 7, 30, tzinfo=UTC)
    june, september = Month.of(2016, 6), Month.of(2016, 9)
    folder = pack_folder(workspace, truths.AREA, june)
    build_pack(workspace, PackRequest(june, folder, truths.AREA, as_known_at=known, formats=()))
    build_pack(workspace, PackRequest(september, tmp_path, truths.AREA, formats=()))
    document = read_pack(tmp_path / "callover-pack.json").document
    section = next(each for each in document.sections if each.id == "since-last")
    table = next(block for block in section.blocks if isinstance(block, Table))
    rows = {row.cells[0].text: [cell.value for cell in row.cells] for row in table.rows}
    _, then, now, came, went, revised, *_ = rows["Total notifiable offences"]
    assert None not in (then, now, came, went, revised)
    assert now - then == came + went + revised
    assert revised > 0  # deliveries since July revised the months before


@pytest.mark.parametrize(
    "damage",
    [
        lambda pack: pack | {"figures": [{}]},
        lambda pack: pack | {"month": "2016-99"},
        lambda pack: pack | {"figures": [pack["figures"][0] | {"value": float("nan")}]},
        lambda pack: pack | {"figures": [pack["figures"][0] | {"value": "many"}]},
    ],
    ids=["no fields", "no month", "not a number", "words"],
)
def test_a_damaged_pack_is_told_in_a_line(demo: Path, tmp_path: Path, damage) -> None:
    request = PackRequest(Month.of(2016, 8), tmp_path, truths.AREA, only=("robbery",), formats=())
    build_pack(Workspace.open(demo), request)
    file = tmp_path / "callover-pack.json"
    file.write_text(json.dumps(damage(json.loads(file.read_text(encoding="utf-8")))))
    sides = [str(file), "2016-09", "--workspace", str(demo), "--area", truths.AREA]
    for words in (
        ["diff", *sides],
        ["pack", "--from-json", str(file), "--out", str(tmp_path / "o")],
    ):
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 2, result.output
        assert "pack file" in result.output
        assert not (tmp_path / "o").exists()


def test_two_partnerships_are_not_compared(demo: Path, tmp_path: Path) -> None:
    request = PackRequest(Month.of(2016, 8), tmp_path, truths.AREA, only=("robbery",), formats=())
    build_pack(Workspace.open(demo), request)
    sides = [str(tmp_path), "2016-09", "--workspace", str(demo), "--area", "E09000002"]
    result = CliRunner().invoke(app, ["diff", *sides])
    assert result.exit_code == 2
    assert "E09000002" in result.output and truths.AREA in result.output


def test_a_rate_names_whom_it_counts_and_its_printed_parts_add_up(demo: Path) -> None:
    words = ["diff", "2015-03", "2015-04", "--workspace", str(demo), "--area", truths.AREA]
    told = CliRunner().invoke(app, words).output
    assert "per 1,000 households" in told
    assert "from 86.73 to 76.58 per 1,000 residents: −0.02 by the count, −10.13" in told
