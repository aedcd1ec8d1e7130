"""A rate made with estimated households is an estimate, and says whose and of which day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.jobs.workspace import init_workspace

RUN = CliRunner()
AREA = "E09000016"


def run(space: Path, *words: object) -> str:
    result = RUN.invoke(app, [*map(str, words), "--workspace", str(space)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def space(tmp_path: Path) -> Path:
    space = init_workspace(tmp_path / "w", "london", AREA).path
    profiles = tmp_path / "profiles.csv"
    profiles.write_text(f'Code,Area_name,GLA_Household_Estimate_2017\n{AREA},Havering,"100,000"\n')
    offences = tmp_path / "iquanta-2016-09.csv"
    offences.write_text(
        "series,area,period,end,value\n"
        f"burglary_dwelling,{AREA},rolling12,2016-09,1000\n"
        f"burglary_dwelling,{AREA},rolling12,2015-09,1100\n"
    )
    run(space, "add", profiles, offences)
    return space


def test_the_state_of_the_rate_is_that_of_its_households(space: Path) -> None:
    asked = ("figures", "--month", "2016-09", "--area", AREA, "--format", "json")
    records = json.loads(run(space, *asked, "--measure", "rate,rolling12"))
    found = {r["measure"]: r for r in records if r["series"] == "burglary_dwelling" and r["value"]}
    assert (found["rate"]["value"], found["rate"]["state"]) == (10.0, "estimated")
    assert found["rolling12"]["state"] == "final"


def test_explain_names_number_day_and_supplier(space: Path) -> None:
    said = run(space, "explain", "burglary_dwelling", "rate", "--month", "2016-09")
    assert "estimated" in said
    for told in ("100,000", "2017-06-30", "Greater London Authority", "profiles.csv"):
        assert told in said
    assert "Census" not in said


def test_the_page_says_that_the_rate_is_an_estimate(space: Path, tmp_path: Path) -> None:
    run(space, "pack", "--month", "2016-09", "--out", tmp_path / "out", "--formats", "html",
        "--only", "burglary_dwelling")  # fmt: skip
    page = (tmp_path / "out" / "callover-pack.html").read_text(encoding="utf-8")
    assert "The rate is an estimate too" in page
    assert "Greater London Authority" in page
