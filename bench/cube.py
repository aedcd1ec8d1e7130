"""All measures of 4.66 million small-area cells: ours, SQL windows, Polars, pandas, the grouping.

The same stored table of 13.5 million rows, as known at a moment, the same measures, Parquet with
zstd at level 1 on every side. The results are compared value by value before anything is said.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.cost import Cost, alternated, in_child
from bench.cube_check import check_against, check_sample
from bench.cube_work import OURS, PEERS, out_of, write_places, write_sample
from bench.invented import write
from bench.results import Result, against, within

ROUNDS = 5
GOALS = {"by_duckdb": 0.40, "by_polars": 0.40, "by_pandas": 0.20, "bare_group": 2.2}
WALL_GOAL, MEMORY_GB = 0.5, 1.0
NAMES = {
    "by_duckdb": "DuckDB SQL windows",
    "by_polars": "Polars",
    "by_pandas": "pandas",
    "bare_group": "the bare scan and grouping",
}


def run(folder: Path, said: Callable[[str], None], rounds: int = ROUNDS) -> list[Result]:
    """Write the table, measure every way in turn, compare what they wrote."""
    table = folder / "cube"
    shutil.rmtree(table, ignore_errors=True)
    scene = write(table)
    write_places(table, scene.district, scene.residents)
    write_sample(table)
    said(f"{scene.rows:,} rows stored, {scene.cells:,} cells held")
    works = {way: partial(in_child, "bench.cube_work", way, str(table)) for way in (OURS, *PEERS)}
    costs = alternated(works, rounds, said)
    for peer in PEERS:
        if out_of(table, peer).exists():
            check_against(table, peer)
            said(f"equal to {NAMES[peer]} in every cell")
    check_sample(table)
    said("equal to plain Python on a sample")
    shutil.rmtree(table)
    return results(costs)


def results(costs: dict[str, Cost]) -> list[Result]:
    """CPU against every peer, wall against SQL, memory against a gigabyte."""
    ours = costs[OURS]
    found = [
        against(f"all measures, CPU against {NAMES[peer]}", ours.cpu, costs[peer].cpu, "s", goal)
        for peer, goal in GOALS.items()
    ]
    wall = costs["by_duckdb"].wall
    found.append(
        against("all measures, wall against DuckDB SQL windows", ours.wall, wall, "s", WALL_GOAL)
    )
    found.append(within("all measures, peak memory", ours.memory, MEMORY_GB, "GB"))
    return found
