"""Adding again: another mapping, an older file, several files, a demo that was worked in."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.jobs.workspace import Workspace, init_workspace
from example_pack import demo_workspace

RUN = CliRunner()
HEADER = "series,area,period,end,value\n"


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "a w", "london", "E09000002").path


def run(*words: object, code: int = 0) -> str:
    result = RUN.invoke(app, [*map(str, words)])
    assert result.exit_code == code, result.output
    return result.output


def written(folder: Path, name: str, value: object) -> Path:
    path = folder / f"police_local-{name}.csv"
    path.write_text(f"{HEADER}gun_crime,E09000002,month,2016-09,{value}\n", encoding="utf-8")
    return path


def test_a_file_is_read_anew_when_its_mapping_changed(space: Path, tmp_path: Path) -> None:
    file = tmp_path / "return.csv"
    file.write_text("What,Month,Number\nGuns,2016-09,5\n", encoding="utf-8")
    mappings = space / "definitions" / "mappings"
    mappings.mkdir(parents=True)
    words = ("add", file, "--source", "police_local", "--workspace", space)
    for series, told in (("gun_crime", "1 new"), ("knife_crime", "1 new")):
        (mappings / "police_local.yaml").write_text(
            "columns: {What: series, Month: end, Number: value}\n"
            "fixed: {area: E09000002, period: month}\n"
            f"values: {{series: {{Guns: {series}}}}}\n"
        )
        assert told in run(*words)
    assert "Nothing changed" in run(*words)


def test_an_older_file_again_says_which_superseded_it(space: Path, tmp_path: Path) -> None:
    first, second = written(tmp_path, "a", 5), written(tmp_path, "b", 6)
    run("add", first, second, "--workspace", space)
    said = run("add", first, "--workspace", space)
    assert "superseded" in said
    assert "police_local-b.csv" in said
    assert "superseded" not in run("add", second, "--workspace", space)


def gun_crime(space: Path) -> object:
    words = ("figures", "--month", "2016-09", "--area", "E09000002", "--indicator", "gun_crime",
             "--measure", "month", "--format", "json")  # fmt: skip
    return next(r["value"] for r in json.loads(run(*words, "--workspace", space)) if r["value"])


def test_the_older_file_can_be_made_the_newest_revision(space: Path, tmp_path: Path) -> None:
    first, second = written(tmp_path, "a", 5), written(tmp_path, "b", 6)
    run("add", first, second, "--workspace", space)
    said = run("add", first, "--workspace", space)
    assert "Nothing changed" in said
    assert gun_crime(space) == 6
    words = shlex.split(said.partition("newest revision: ")[2])
    assert words[:3] == ["callover", "add", "--again"]
    again = run(*words[1:])
    assert "1 revised" in again
    assert "newest revision" in again
    assert gun_crime(space) == 5
    imports = Workspace.open(space).store.imports
    assert [(each.file, each.again) for each in imports] == [
        ("police_local-a.csv", False), ("police_local-b.csv", False), ("police_local-a.csv", True),
    ]  # fmt: skip


def test_again_changes_nothing_while_a_files_values_hold(space: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a", 5)
    run("add", file, "--workspace", space)
    assert "Nothing changed" in run("add", "--again", file, "--workspace", space)
    assert len(Workspace.open(space).store.imports) == 1


def test_the_other_files_are_tried_after_a_refused_one(space: Path, tmp_path: Path) -> None:
    files = written(tmp_path, "a", 5), written(tmp_path, "b", "many"), written(tmp_path, "c", 7)
    said = run("add", *files, "--workspace", space, code=3)
    assert "'many'" in said
    assert "police_local-c.csv (police_local): 1 value" in said
    assert "1 of 3 files were refused" in said


def test_the_hint_of_a_template_can_be_pasted(space: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    said = run("template", "police_local", "--out", out, "--workspace", space)
    words = shlex.split(said.partition("When it is filled in: ")[2])
    assert words[:2] == ["callover", "add"]
    assert words[-2:] == ["--workspace", str(space)]


def test_a_template_is_written_as_csv_or_a_workbook_or_shown(space: Path, tmp_path: Path) -> None:
    for name in ("t.pdf", "t"):
        said = run(
            "template", "police_local", "--out", tmp_path / name, "--workspace", space, code=2
        )
        assert ".csv or .xlsx" in said
        assert "--out -" in said
        assert not (tmp_path / name).exists()
    shown = run("template", "police_local", "--out", "-", "--workspace", space)
    assert shown.startswith("series,area,period")
    assert not Path("-").exists()


@pytest.mark.parametrize("area", ["", "  "])
def test_a_workspace_needs_a_place(tmp_path: Path, area: str) -> None:
    said = run("init", tmp_path / "x", "--area", area, code=2)
    assert "--area is empty" in said
    assert "--area Havering" in said
    assert not (tmp_path / "x").exists()


def test_the_hint_after_many_findings_can_be_pasted_and_lists_them_all(
    space: Path, tmp_path: Path
) -> None:
    file = tmp_path / "police_local-many.csv"
    months = [f"2016-{month:02d}" for month in range(1, 10)]
    lines = [f"gun_crime,E09000002,month,{month},1\n" for month in months]
    lines += [f"gun_crime,E09000002,quarter,2016-{month:02d},50\n" for month in (3, 6, 9)]
    for area in ("E09000003", "E09000004"):
        lines += [line.replace("E09000002", area) for line in lines[:12]]
    file.write_text(HEADER + "".join(lines), encoding="utf-8")
    said = run("add", file, "--workspace", space)
    assert "9 findings" in said
    words = shlex.split(said.partition("4 more: ")[2])
    assert words[:2] == ["callover", "status"]
    shown = run(*words[1:])
    assert "9 findings" in shown
    assert shown.count("printed 50") == 9


def test_a_pack_of_nothing_names_the_workspace_to_add_to(space: Path, tmp_path: Path) -> None:
    said = run("pack", "--month", "2016-09", "--out", tmp_path / "o", "--workspace", space, code=2)
    words = shlex.split(said.partition("Add a file: ")[2])
    assert words == ["callover", "add", "FILE", "--workspace", str(space)]


def test_nearly_a_borough_is_asked_about(tmp_path: Path) -> None:
    said = run("init", tmp_path / "x", "--area", "Havring", code=2)
    assert "Havering" in said
    assert "--set street" in said
    assert not (tmp_path / "x").exists()
    run("init", tmp_path / "x", "--area", "Havring", "--set", "street")
    run("init", tmp_path / "y", "--area", "Leicester")


def test_a_demo_that_was_worked_in_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from callover.jobs.demo import example_workspace

    monkeypatch.setattr("callover.jobs.add.keep_forecasts", lambda *_: 0)  # takes half the time
    demo = demo_workspace(tmp_path / "demo").path
    example_workspace(demo)
    run("add", written(tmp_path, "mine", 5), "--workspace", demo)
    said = run("demo", demo, code=2)
    assert "police_local-mine.csv" in said
    assert "new folder" in said
    assert (demo / "data").is_dir()
