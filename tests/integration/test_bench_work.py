"""The benchmarks' pieces of work still run: they call what no other test calls in that way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from example_pack import demo_workspace

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("module, way", [("signals_work", "suppression"), ("pack_work", "pack")])
def test_a_piece_of_work_reports_what_it_cost(module: str, way: str, tmp_path: Path) -> None:
    space = tmp_path / "w"
    demo_workspace(space)
    paths = [str(space)] + ([str(tmp_path / "out")] if way == "pack" else [])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", f"bench.{module}", way, *paths],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    cost = json.loads(done.stdout)
    assert cost["cpu"] > 0
    assert cost["memory"] < 1.0
