"""What a pack costs: the example in four formats, its PDF beside a browserless HTML printer's, and
the packs of all 32 London boroughs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bench.cost import Cost, alternated, in_child
from bench.pack_work import EXAMPLE
from bench.results import Result, against, within

ROUNDS = 5
CPU_S, LONDON_S, PDF_SHARE = 10.0, 150.0, 0.25
MEMORY_GB = 1.0
"""The cube's limit, asked of a process that makes packs too."""

PROCESSES = 2
MET = "met-borough/MPS_Borough_Level_Crime_Historic.csv"
PEOPLE = "population/borough_mye_recovered_from_crime_rates.csv"
BOROUGHS = tuple(f"E090000{number:02d}" for number in range(2, 34))


def run(folder: Path, said: Callable[[str], None], rounds: int = ROUNDS) -> list[Result]:
    """CPU of the example pack, PDF against WeasyPrint, wall time of 32 packs."""
    demo, out = folder / "demo", folder / "pack"
    if not demo.exists():
        _callover("demo", str(demo))
    in_child("bench.pack_work", "pack", str(demo), str(out))  # so that there is a pack to print
    works = {
        "pack": partial(in_child, "bench.pack_work", "pack", str(demo), str(out)),
        "pdf": partial(in_child, "bench.pack_work", "pdf", str(out)),
        "weasyprint": partial(in_child, "bench.pack_work", "weasyprint", str(out)),
    }
    shared = Path(os.environ.get("CALLOVER_SHARED", "../shared")) / "data"
    if shared.exists():
        space = _london(folder / "london", shared)
        works["32 packs"] = partial(_packs, space, BOROUGHS)
    else:
        said("32 London packs: skipped, the shared open data are not here.")
    return results(alternated(works, rounds, said))


def results(costs: dict[str, Cost]) -> list[Result]:
    """Against the limits, and the PDF against its peer."""
    ours, theirs = costs["pdf"].cpu, costs["weasyprint"].cpu
    found = [
        within("example pack, four formats, CPU", costs["pack"].cpu, CPU_S, "s"),
        within("example pack, peak memory", costs["pack"].memory, MEMORY_GB, "GB"),
        against("PDF, CPU against WeasyPrint", ours, theirs, "s", PDF_SHARE),
    ]
    if "32 packs" in costs:
        london = costs["32 packs"]
        found.append(within("32 London packs, wall", london.wall, LONDON_S, "s"))
        name = "32 London packs, peak memory of a process"
        found.append(within(name, london.memory, MEMORY_GB, "GB"))
    return found


def _london(space: Path, shared: Path) -> Path:
    """A workspace that holds the Met's figures for all boroughs, and their residents."""
    _callover("init", str(space), "--area", EXAMPLE)
    _callover("add", str(shared / MET), str(shared / PEOPLE), "--workspace", str(space))
    return space


def _packs(space: Path, codes: Sequence[str]) -> Cost:
    """The packs of ``codes`` by two processes at once: CPU of both, the larger one's memory."""
    begun = time.perf_counter()
    shares = [codes[i::PROCESSES] for i in range(PROCESSES)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        parts = list(
            pool.map(lambda share: in_child("bench.pack_work", "packs", str(space), *share), shares)
        )
    wall = time.perf_counter() - begun
    return Cost(sum(part.cpu for part in parts), wall, max(part.memory for part in parts))


def _callover(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "callover", *words], check=True, stdout=subprocess.DEVNULL
    )
