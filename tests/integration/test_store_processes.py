"""The store under real processes: two writers at once, and writers killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from callover.data.store import Store

WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
import pyarrow as pa
from callover.data.contracts import OBSERVATIONS
from callover.data.store import ImportRecord, Store
from callover.domain.periods import Month, Period

root, source, first, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
store = Store(root)
print("ready", flush=True)
for step in range(first, first + rounds):
    rows = []
    for place in range(240):
        period = Period.month(Month.of(2012, 1) + place % 60)
        rows.append({"series": "tno", "area": f"E0900000{place // 60 + 2}", "kind": "month",
                     "start": period.start, "end": period.end, "measure": "value",
                     "peer_group": "", "value": float(step), "state": "final", "note": "",
                     "row": place})
    table = pa.Table.from_pylist(rows, schema=OBSERVATIONS)
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=step)
    record = ImportRecord(source, f"{step}.csv", f"{step:064d}", 1, "", moment.isoformat())
    store.commit(table, record, moment)
    store = Store(root)
    print(step, flush=True)
"""


def writer(root: Path, source: str, first: int, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(root), source, str(first), str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def steps_of(store: Store, source: str) -> list[float]:
    """The distinct values a source holds now: just one, where no commit was half done."""
    return sorted(set(store.observations(sources=[source])["value"].to_pylist()))


@pytest.mark.slow
def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    root = tmp_path / "store"
    with writer(root, "iquanta", 0, 12) as one, writer(root, "met_stats", 0, 12) as other:
        assert (one.wait(timeout=120), other.wait(timeout=120)) == (0, 0)
    store = Store(root)
    assert len(store.imports) == 24
    assert sorted(record.id for record in store.imports) == list(range(24))
    assert steps_of(store, "iquanta") == [11.0] == steps_of(store, "met_stats")


def undisturbed(root: Path) -> tuple[float, int]:
    """Three commits left alone: seconds that one takes on this machine, and the next step."""
    with writer(root, "iquanta", 0, 3) as process:
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.monotonic()
        assert process.wait(timeout=120) == 0
    return (time.monotonic() - begun) / 3, 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_leaves_the_old_state_or_the_new(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "store"
    chance = random.Random(seed)
    pace, done = undisturbed(root)
    for _ in range(8):
        with writer(root, "iquanta", done, 1000) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "ready"
            time.sleep(chance.uniform(0, 2.5 * pace))
            os.kill(process.pid, signal.SIGKILL)
            reported = [int(line) for line in process.stdout.read().split()]
        store = Store(root)
        held = steps_of(store, "iquanta")
        assert len(held) == 1, "a commit was half done"
        assert held[0] in (reported[-1] if reported else done - 1, (reported or [done - 1])[-1] + 1)
        assert store.imports[-1].file == f"{int(held[0])}.csv"
        assert len(store.observations()) == 240
        done = int(held[0]) + 1
