"""A folder published as one: its files are kept, and a figure names the one it stands in."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.jobs.workspace import Workspace, init_workspace

RUN = CliRunner()
HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
FORCE = "Midshire Police"
MONTHS = ("2018-10", "2018-11")


def record(month: str) -> str:
    place = "0.1,51.5,On or near High Street,E01000001,Southtown 001A"
    return f",{month},{FORCE},{FORCE},{place},Burglary,,\n"


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "w", "street", "Southtown").path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "download"
    for number, month in enumerate(MONTHS, 1):
        (folder / month).mkdir(parents=True)
        (folder / month / f"{month}-midshire-street.csv").write_text(HEAD + number * record(month))
    (folder / "readme.txt").write_text("not read")
    return folder


def run(space: Path, *words: object) -> str:
    result = RUN.invoke(app, [*map(str, words), "--workspace", str(space)])
    assert result.exit_code == 0, result.output
    return result.output


def explained(space: Path) -> str:
    return run(space, "explain", "street_burglary", "month", "--month", "2018-11")


def test_every_file_read_is_kept_by_its_hash(space: Path, folder: Path) -> None:
    run(space, "add", folder)
    for file in folder.rglob("*.csv"):
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        kept = space / "data" / "originals" / sha256 / file.name
        assert kept.read_bytes() == file.read_bytes()
    originals = [path.name for path in (space / "data" / "originals").rglob("*") if path.is_file()]
    assert len(originals) == 2
    (record,) = Workspace.open(space).store.imports
    assert sorted(record.members) == [f"{m}/{m}-midshire-street.csv" for m in MONTHS]


def test_a_figure_names_the_file_it_stands_in(space: Path, folder: Path) -> None:
    run(space, "add", folder)
    said = explained(space)
    assert "download/2018-11/2018-11-midshire-street.csv: value 2" in said
    assert "2018-10-midshire" not in said


def test_so_does_one_of_an_archive(space: Path, folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as archive:
        for file in folder.rglob("*.csv"):
            archive.write(file, file.relative_to(folder))
    run(space, "add", tmp_path / "download.zip")
    assert "download.zip/2018-11/2018-11-midshire-street.csv" in explained(space)
