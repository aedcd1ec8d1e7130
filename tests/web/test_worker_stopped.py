"""A worker told to stop twice: what it was doing waits for the next one, and fails nowhere."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from providers import HEAD, PEOPLE, ROW, SEND, states
from site_process import Site, await_, kill

pytestmark = pytest.mark.slow


def test_what_is_stopped_twice_is_done_at_the_next_start(demo: Path) -> None:
    site = Site(demo)
    site.run(PEOPLE.format(count=1))
    number = site.run(SEND.format(content=(HEAD + ROW.format(number=77)).encode()))
    for _ in range(3):  # more often than a worker may vanish
        worker = site.start("worker")
        await_(lambda: tasks(demo) == {"RUNNING"}, pause=0.01)
        worker.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        worker.send_signal(signal.SIGTERM)
        worker.wait(20)
        assert tasks(demo) == {"READY"}
    worker = site.start("worker")
    try:
        await_(lambda: states(site)[number] == "checked")
    finally:
        kill(worker)


def tasks(workspace: Path) -> set[str]:
    """How the tasks of checks stand."""
    with closing(sqlite3.connect(workspace / "site" / "site.sqlite3", timeout=20)) as database:
        asked = "SELECT task_path, status FROM django_tasks_database_dbtaskresult"
        return {status for path, status in database.execute(asked) if "check_sub" in path}
