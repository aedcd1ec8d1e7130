"""Checks look at every row, however many there are."""

from __future__ import annotations

import time
from pathlib import Path

from typer.testing import CliRunner

from callover.cli import app
from callover.data.london import BOROUGH_NAMES
from callover.data.sources.met_borough import SERIES
from callover.domain.periods import Month
from callover.jobs.workspace import init_workspace

FIRST, MONTHS = Month.of(1985, 4), 360
BOROUGHS = sorted(set(BOROUGH_NAMES.values()) - {"City of London"})


def table(last: int) -> str:
    """Half a million steady counts, and one at the end."""
    months = [str(FIRST + i).replace("-", "") for i in range(MONTHS)]
    lines = [",".join(("Borough", "Major Category", "Minor Category", *months))]
    steady = ["100", "104", "98"] * (MONTHS // 3)
    for borough in BOROUGHS:
        for major, minor in SERIES:
            odd = borough == BOROUGHS[-1] and minor == "murder"
            counts = [*steady[:-1], str(last)] if odd else steady
            lines.append(",".join((borough, major, minor, *counts)))
    return "\n".join(lines) + "\n"


def test_a_jump_among_half_a_million_rows_is_found_and_blocks_when_strict(tmp_path: Path) -> None:
    space = init_workspace(tmp_path / "w", "london", "E09000002").path
    path = tmp_path / "all.csv"
    path.write_text(table(900), encoding="utf-8")
    begun = time.monotonic()
    result = CliRunner().invoke(app, ["add", str(path), "--strict", "--workspace", str(space)])
    assert result.exit_code == 6, result.output
    assert "contradicts itself in 1 place" in result.output
    assert time.monotonic() - begun < 60
