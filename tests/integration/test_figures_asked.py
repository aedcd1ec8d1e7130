"""Which areas and months ``callover figures`` answers for, and how often the store is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from callover.cli import app
from callover.data.scans import StoredRows
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import init_workspace
from example_pack import SEPTEMBER, example_workspace

RUN = CliRunner()
HEAD = "series,area,period,end,value\n"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knife crime of one district, gun crime of another, residents of a third."""
    made = tmp_path_factory.mktemp("asked") / "w"
    init_workspace(made, "london", "E09000016")
    rows = [f"knife_crime,E09000016,month,2016-{m:02d},{m}\n" for m in range(1, 10)]
    rows += [f"gun_crime,E09000017,month,2016-{m:02d},2\n" for m in range(1, 10)]
    rows.append("population,E09000018,snapshot,2015-06-30,230000\n")
    file = made.parent / "police_local.csv"
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    result = RUN.invoke(app, ["add", str(file), "--workspace", str(made)])
    assert result.exit_code == 0, result.output
    return made


def figures(space: Path, *words: str) -> Result:
    return RUN.invoke(app, ["figures", *words, "--workspace", str(space)])


def records(space: Path, *words: str) -> list[dict[str, object]]:
    result = figures(space, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return list(json.loads(result.stdout))


@pytest.mark.parametrize(
    ("indicator", "areas"),
    [
        ("knife_crime", ["E09000016"]),
        ("gun_crime", ["E09000016", "E09000017"]),  # the partnership's own always answers
    ],
)
def test_areas_without_data_of_what_is_asked_are_left_out(
    space: Path, indicator: str, areas: list[str]
) -> None:
    found = records(
        space, "--month", "2016-09", "--indicator", indicator, "--measure", "month"
    )  # fmt: skip
    assert [row["area"] for row in found] == areas


def test_a_range_gives_the_records_of_each_month(space: Path) -> None:
    asked = ("--indicator", "knife_crime", "--measure", "month,ytd,rating")
    months = ["2016-04", "2016-05", "2016-06"]
    singly = [row for month in months for row in records(space, "--month", month, *asked)]
    assert records(space, "--month", "2016-04..2016-06", *asked) == singly
    assert [row["value"] for row in singly if row["measure"] == "month"] == [4, 5, 6]


def test_a_range_as_parquet_holds_the_same_records(space: Path, tmp_path: Path) -> None:
    asked = ("--month", "2016-04..2016-09", "--measure", "month,ytd")
    file = tmp_path / "figures.parquet"
    assert figures(space, *asked, "--format", "parquet", "--out", str(file)).exit_code == 0
    rows = pq.read_table(file).to_pylist()
    assert rows == records(space, *asked)


@pytest.mark.parametrize("given", ["2016-09..2016-04", "2016-09..", "..2016-09", "2016-04..x"])
def test_a_range_that_is_none_is_told_in_a_line(space: Path, given: str) -> None:
    result = figures(space, "--month", given)
    assert result.exit_code == 2
    assert "--month" in result.stderr
    assert "Traceback" not in result.output


def test_a_pack_reads_the_store_a_few_times_whatever_its_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example has seventeen sources; each is not read by itself."""
    space, scans = example_workspace(tmp_path / "w"), []
    scan = StoredRows.scan

    def counted(self: StoredRows, *given: Any, **named: Any) -> Any:
        scans.append(1)
        return scan(self, *given, **named)

    monkeypatch.setattr(StoredRows, "scan", counted)
    build_pack(space, PackRequest(SEPTEMBER, tmp_path / "out", formats=()))
    assert len(scans) <= 4
