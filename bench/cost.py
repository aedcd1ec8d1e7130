"""What a piece of work costs: CPU of all threads, wall clock, peak memory, in a process of its own.

The process imports what it needs first; only the work itself is timed. Memory is the process's
peak, imports included.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """CPU and wall in seconds, memory in GB (10^9 bytes)."""

    cpu: float
    wall: float
    memory: float


def measured(work: Callable[[], object]) -> Cost:
    """The cost of calling ``work`` here and now."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall, peak_memory())


def peak_memory() -> float:
    """The most memory that this process ever held, in GB.

    From ``/proc`` where there is one: ``getrusage`` begins at what the parent process held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e9
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def report(work: Callable[[], object]) -> None:
    """Measure and print the cost as JSON: what a child process of ``in_child`` does last."""
    sys.stdout.write(json.dumps(asdict(measured(work))) + "\n")


def in_child(module: str, *arguments: str) -> Cost:
    """Run ``python -m module arguments`` and read the cost from its last line."""
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def whole_command(command: Sequence[str], cwd: Path | None = None) -> Cost:
    """The cost of a command from start to end, interpreter and imports included (cold)."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=cwd)
    _, status, used = os.wait4(process.pid, 0)  # this child's own use, not that of all so far
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024 / 1e9)


def alternated(
    works: Mapping[str, Callable[[], Cost]], rounds: int, said: Callable[[str], None]
) -> dict[str, Cost]:
    """Each work once a round, in turn, and the median of every number; memory is the highest."""
    runs: dict[str, list[Cost]] = {name: [] for name in works}
    for i in range(rounds):
        for name, work in works.items():
            cost = work()
            runs[name].append(cost)
            said(f"round {i + 1}: {name} {cost.cpu:.2f} s CPU, {cost.wall:.2f} s, "
                 f"{cost.memory:.2f} GB")  # fmt: skip
    return {name: _median(costs) for name, costs in runs.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(c.cpu for c in costs),
        statistics.median(c.wall for c in costs),
        max(c.memory for c in costs),
    )
