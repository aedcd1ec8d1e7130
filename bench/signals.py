"""What judgement costs: charts of a force's table against its measures; suppression of a pack."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.cost import alternated, in_child
from bench.results import Result, against, within

ROUNDS = 5
SIGNALS_GOAL = 3.0
"""Times the CPU of the measures of the same table."""
SUPPRESSION_S = 5.0


def run(folder: Path, said: Callable[[str], None], rounds: int = ROUNDS) -> list[Result]:
    """Charts of 331 areas × 120 series × 180 months; the full public example pack."""
    demo = folder / "demo"
    if not demo.exists():
        subprocess.run(
            [sys.executable, "-m", "callover", "demo", str(demo)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    works = {
        "measures": partial(in_child, "bench.signals_work", "measures"),
        "signals": partial(in_child, "bench.signals_work", "signals"),
        "suppression": partial(in_child, "bench.signals_work", "suppression", str(demo)),
    }
    costs = alternated(works, rounds, said)
    ours, theirs = costs["signals"].cpu, costs["measures"].cpu
    return [
        against("signals of 331 × 120 × 180, CPU against the measures", ours, theirs, "s",
                SIGNALS_GOAL),
        within("suppression of the public example pack, CPU", costs["suppression"].cpu,
               SUPPRESSION_S, "s"),
    ]  # fmt: skip
