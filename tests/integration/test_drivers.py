"""What made a change, asked on the command line of the example partnerships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.examples.invented import truths
from callover.jobs.workspace import init_workspace


def _run(demo: Path, *words: str) -> Any:
    return CliRunner().invoke(
        app, ["drivers", *words, "--month", "2016-09", "--workspace", str(demo)]
    )


def _record(demo: Path, *words: str) -> dict[str, Any]:
    result = _run(demo, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize("by", ["parts", "months", "areas"])
@pytest.mark.parametrize("indicator", ["robbery", "mopac7"])
def test_every_split_adds_up(demo: Path, indicator: str, by: str) -> None:
    found = _record(demo, indicator, "--by", by, "--area", truths.AREA)
    assert found["why_not"] is None
    assert sum(part["change"] for part in found["parts"]) == pytest.approx(found["change"])
    assert found["now"] - found["before"] == pytest.approx(found["change"])
    assert found["group"] == ("invented_12" if by == "areas" else None)
    assert found["area"] == truths.AREA


def test_the_printed_figures_of_the_reference_pack(demo: Path) -> None:
    """Violence +459 and theft +434 of +919 (requirements ANA-19)."""
    found = _record(demo, "tno", "--area", "E09000002")
    changes = {part["name"]: part["change"] for part in found["parts"]}
    assert (changes["Violence against the person"], changes["Theft and handling"]) == (459, 434)
    assert found["change"] == 919


def test_a_headline_is_split_by_the_sources_of_its_parts(demo: Path) -> None:
    found = _record(demo, "mopac7", "--area", "E09000002")
    assert len(found["parts"]) == 7
    assert found["now"] == 8243


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("robbery", "--by", "weather"), "weather"),
        (("robbery", "--peers", "nonsense"), "nonsense"),
        (("robery",), "robery"),
        (("robbery", "--format", "csv"), "csv"),
    ],
)
def test_what_does_not_exist_is_named(demo: Path, words: tuple[str, ...], told: str) -> None:
    result = _run(demo, *words)
    assert result.exit_code == 2
    assert told in result.output


def test_why_nothing_is_said(demo: Path, tmp_path: Path) -> None:
    percentage = _run(demo, "asb_satisfaction", "--area", "E09000002").output
    assert "percentage is no count" in percentage
    apart = _run(demo, "domestic_violence", "--area", truths.AREA).output
    assert "were not counted alike: 1 January 2016" in apart
    alone = _run(demo, "tno", "--by", "areas", "--area", "E09000002").output
    assert "no counts of other areas are held" in alone
    init_workspace(tmp_path / "w", "london", "E09000002")
    empty = _run(tmp_path / "w", "tno")
    assert empty.exit_code == 2
    assert "Nothing is stored" in empty.output


def test_the_table_names_area_group_and_shares_only_where_they_tell(demo: Path) -> None:
    own = _run(demo, "tno", "--area", truths.AREA).output
    assert truths.AREA in own
    areas = _run(demo, "tno", "--by", "areas", "--area", truths.AREA).output
    assert "areas of invented_12 together" in areas
    cancelled = _run(demo, "violence_with_injury", "--by", "months", "--area", "E09000002").output
    assert "%" not in cancelled
