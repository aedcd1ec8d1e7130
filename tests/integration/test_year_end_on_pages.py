"""The year's end on the pages of the invented partnership, and its figures."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from callover.cli import app
from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace


def _figures(demo: Path, month: str, *measures: str) -> dict[str, dict]:
    result = CliRunner().invoke(
        app,
        ["figures", "--workspace", str(demo), "--area", truths.AREA, "--month", month,
         "--indicator", "robbery", "--measure", ",".join(measures), "--format", "json"],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return {each["measure"]: each for each in json.loads(result.output)}


def test_the_expected_year_lies_in_its_interval_and_is_an_estimate(demo: Path) -> None:
    found = _figures(demo, "2016-09", "year_end", "year_end_low", "year_end_high", "ytd")
    low, high = found["year_end_low"]["value"], found["year_end_high"]["value"]
    assert found["ytd"]["value"] < low < found["year_end"]["value"] < high
    assert found["year_end"]["state"] == "estimated"


def test_in_march_the_year_is_counted(demo: Path) -> None:
    found = _figures(demo, "2016-03", "year_end", "ytd", "target_chance")
    assert found["year_end"]["value"] == found["ytd"]["value"]
    assert found["year_end"]["state"] == "final"
    assert found["target_chance"]["value"] in (0, 100)


def test_the_page_says_where_the_year_will_end(demo: Path, tmp_path: Path) -> None:
    request = PackRequest(Month.of(2016, 9), tmp_path, truths.AREA, formats=("html",))
    build_pack(Workspace.open(demo), request)
    page = (tmp_path / "callover-pack.html").read_text(encoding="utf-8")
    assert "is expected to end at about" in page
    assert "in four years of five" in page
    assert "of 100" in page
    assert "nan" not in page.lower().split("<style")[0]
