"""Two lanes: a check comes through while a snapshot is built, and what ends is started again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from providers import HEAD, PEOPLE, ROW, SEND, states
from site_process import Site, await_, kill, runs

pytestmark = pytest.mark.slow

SNAPSHOT = """
from callover.domain.periods import Month
from callover.web.accounts.models import Partnership
from callover.web.snapshots.actions import request_snapshot
request_snapshot(by=None, partnership=Partnership.objects.get(pk="exampleford"),
                 month=Month.of(2016, 9), released_by="Head of community safety")
"""
HOW = """
from callover.web.snapshots.models import Snapshot
print(json.dumps(Snapshot.objects.get().state))
"""


def test_a_check_comes_through_while_a_snapshot_is_built(demo: Path) -> None:
    site = Site(demo)
    site.run(PEOPLE.format(count=1))
    site.run(SNAPSHOT)
    worker = site.start("worker")
    try:
        await_(lambda: site.run(HOW) == "building", pause=0.5)
        number = site.run(SEND.format(content=(HEAD + ROW.format(number=88)).encode()))
        await_(lambda: states(site)[number] == "checked")
        assert site.run(HOW) == "building"

        (beside,) = lanes(worker.pid)
        os.kill(beside, signal.SIGKILL)
        await_(lambda: lanes(worker.pid) not in ([], [beside]))
        number = site.run(SEND.format(content=(HEAD + ROW.format(number=89)).encode()))
        await_(lambda: states(site)[number] == "checked")
        (beside,) = lanes(worker.pid)
    finally:
        kill(worker)
    await_(lambda: not runs(beside), seconds=20)


def lanes(worker: int) -> list[int]:
    """The processes beside a worker."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
            command = (status.parent / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if told["PPid"].strip() == str(worker) and b"spawn_main" in command:
            found.append(int(status.parent.name))
    return found
