"""What lies in a pack's folder belongs to one pack: nothing is mixed, nothing half made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.cli import app
from example_pack import example_workspace

RUN = CliRunner()
AUGUST, SEPTEMBER = ("--month", "2016-08"), ("--month", "2016-09")
TNO = ("--only", "tno")


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a month of another borough beside it."""
    folder = tmp_path_factory.mktemp("folder")
    space = example_workspace(folder / "w").path
    other = folder / "havering.csv"
    other.write_text("series,area,period,end,value\ntno,E09000016,month,2016-09,1500\n")
    known = ("--known-from", "2016-11-20")
    added = RUN.invoke(
        app, ["add", str(other), "--source", "met_stats", *known, "--workspace", str(space)]
    )
    assert added.exit_code == 0, added.output
    return space


def pack(space: Path, *words: object, code: int = 0) -> str:
    given = [*map(str, words), "--workspace", str(space)]
    result = RUN.invoke(app, ["pack", *given])
    assert result.exit_code == code, result.output
    return result.output


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    "other",
    [
        (*AUGUST, *TNO),
        (*SEPTEMBER, "--only", "robbery"),
        (*SEPTEMBER, *TNO, "--area", "Havering"),
    ],
)
def test_another_pack_is_never_mixed_in(
    space: Path, tmp_path: Path, other: tuple[str, ...]
) -> None:
    pack(space, *SEPTEMBER, *TNO, "--formats", "html", "--out", tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    said = pack(space, *other, "--formats", "html", "--out", tmp_path, code=2)
    assert "Barking and Dagenham Community Safety Partnership, 2016-09, --only tno" in said
    assert "--out" in said
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_documents_of_an_older_pack_file_go(space: Path, tmp_path: Path) -> None:
    pack(space, *SEPTEMBER, *TNO, "--formats", "html,xlsx", "--out", tmp_path)
    pack(space, *SEPTEMBER, *TNO, "--formats", "html", "--out", tmp_path)
    assert "callover-pack.xlsx" in names(tmp_path), "nothing changed: it still fits"
    pack(space, *SEPTEMBER, *TNO, "--peers", "met_32", "--formats", "html", "--out", tmp_path)
    assert names(tmp_path) == {"callover-pack.json", "callover-pack.html"}


def test_each_partnership_has_its_folder(space: Path) -> None:
    few = (*SEPTEMBER, *TNO, "--formats", "html")
    pack(space, *few)
    pack(space, *few, "--area", "Havering")
    month = space / "packs" / "2016-09"
    assert names(month) == {"callover-pack.json", "callover-pack.html", "havering"}
    facts = json.loads((month / "havering" / "callover-pack.json").read_text(encoding="utf-8"))
    assert facts["area"] == "E09000016"


def test_an_area_of_which_nothing_is_held_has_no_pack(space: Path, tmp_path: Path) -> None:
    said = pack(space, *SEPTEMBER, "--area", "Barnet", "--out", tmp_path, code=2)
    assert "Nothing is held of Barnet (E09000003)" in said
    assert names(tmp_path) == set()


def test_an_unknown_format_is_refused_before_anything_is_written(
    space: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert "html" in pack(space, *SEPTEMBER, "--formats", "nope", "--out", out, code=2)
    assert not out.exists()


def test_no_temporary_folder_stays(
    space: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("callover.jobs.pack.render", fail)
    pack(space, *SEPTEMBER, *TNO, "--formats", "html", "--out", tmp_path, code=1)
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    "content",
    ['{"schema":"callover-pack/1"}', '{"schema":"callover-pack/1","document":[]}', "[]", "{"],
)
def test_a_malformed_pack_file_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    result = RUN.invoke(app, ["pack", "--from-json", str(file)])
    assert result.exit_code == 2, result.output
    assert "x.json" in result.output
    assert names(tmp_path) == {"x.json"}


@pytest.mark.parametrize(
    ("content", "command"),
    [
        (
            '{"schema":"callover-pack/0","month":"2016-09","area":"E09000002"}',
            "callover pack --month 2016-09 --area E09000002",
        ),
        (
            '{"schema":"callover-pack/1","month":"2017-03","area":"E09000007"}',
            "callover pack --month 2017-03 --area E09000007",
        ),
        ('{"schema":"callover-pack/0"}', "for example: callover pack --month 2016-09"),
        ("{", "for example: callover pack --month 2016-09"),
    ],
)
def test_the_remedy_can_be_pasted(tmp_path: Path, content: str, command: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    result = RUN.invoke(app, ["pack", "--from-json", str(file)])
    assert command in result.output
