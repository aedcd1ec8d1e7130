"""What ``callover explain`` tells of comparisons and of published sums."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.jobs.workspace import init_workspace
from example_pack import example_workspace

RUN = CliRunner()
AREAS = ("E09000002", "E09000003", "E09000004")


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Robbery in three boroughs, two in one file and one in another, and their residents."""
    made = tmp_path_factory.mktemp("explained") / "w"
    init_workspace(made, "london", AREAS[0])
    add(made, "first.csv", [row(a, m) for a in AREAS[:2] for m in range(12)])
    add(made, "second.csv", [row(AREAS[2], m) for m in range(12)])
    people = [f"population,{a},snapshot,2015-06-30,200000" for a in AREAS]
    add(made, "people.csv", people)
    return made


def row(area: str, back: int) -> str:
    year, month = (2016, 9 - back) if back < 9 else (2015, 21 - back)
    return f"robbery,{area},month,{year}-{month:02d},{AREAS.index(area) + 1}"


def add(space: Path, name: str, rows: list[str]) -> None:
    file = space.parent / name
    file.write_text("\n".join(["series,area,period,end,value", *rows]), encoding="utf-8")
    words = ["add", str(file), "--source", "iquanta", "--workspace", str(space)]
    result = RUN.invoke(app, words)
    assert result.exit_code == 0, result.output


def explained(space: Path, *words: str) -> str:
    given = ["explain", *words, "--month", "2016-09", "--workspace", str(space)]
    result = RUN.invoke(app, given)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("measure", ["rank", "average"])
def test_every_member_has_a_line_with_its_rate_and_files(space: Path, measure: str) -> None:
    said = explained(space, "robbery", measure, "--peers", "met_32")
    assert re.search(r"E09000002.*: 0\.06, .*12 rows of first\.csv", said)
    assert re.search(r"E09000003.*: 0\.12, .*12 rows of first\.csv", said)
    assert re.search(r"E09000004.*: 0\.18, .*12 rows of second\.csv", said)
    assert "1 row of people.csv" in said
    own = said.split("  rows\n")[1]
    assert "second.csv" not in own  # in full: the own area's rows alone
    assert own.count("first.csv, row") == 12


def test_a_published_sum_is_not_called_a_sum(tmp_path: Path) -> None:
    folder = example_workspace(tmp_path / "w").path
    said = explained(folder, "hate_crime", "rolling12", "--area", "E09000002")
    formula = next(line for line in said.splitlines() if line.strip().startswith("formula"))
    assert "as published" in formula
    assert "sum" not in formula
    assert "373 as mopac_hate published it" in said
    both = explained(folder, "tno", "rolling12", "--area", "E09000002", "--source", "iquanta")
    assert "sum over the latest twelve months" in both  # worked out of printed sums
