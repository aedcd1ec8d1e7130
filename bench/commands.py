"""How long a person waits for a command, from a cold start."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.cost import alternated, whole_command
from bench.results import Result, within

ROUNDS = 5
HELP_S, FIGURES_S = 0.3, 1.5
CALLOVER = str(Path(sys.executable).with_name("callover"))


def run(folder: Path, said: Callable[[str], None], rounds: int = ROUNDS) -> list[Result]:
    """``--help`` and ``figures`` for one indicator of the example workspace."""
    workspace = folder / "demo"
    if not workspace.exists():
        whole_command([CALLOVER, "demo", str(workspace)])
    figures = [CALLOVER, "figures", "--workspace", str(workspace), "--area", "E09000002",
               "--month", "2016-09", "--indicator", "tno"]  # fmt: skip
    costs = alternated(
        {
            "callover --help": partial(whole_command, [CALLOVER, "--help"]),
            "callover figures": partial(whole_command, figures),
        },
        rounds,
        said,
    )
    limits = {"callover --help": HELP_S, "callover figures": FIGURES_S}
    return [
        within(f"{name}, wall, cold", costs[name].wall, limit, "s")
        for name, limit in limits.items()
    ]
