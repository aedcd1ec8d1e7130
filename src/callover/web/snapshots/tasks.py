"""Work in the background: building snapshots."""

from __future__ import annotations

from django_tasks import task

from callover.web.queue.failures import on_failure
from callover.web.queue.order import SOON
from callover.web.snapshots.build import build, fail


@task(priority=SOON)
def build_snapshot(snapshot: int) -> None:
    """Build, seal and serve one snapshot; a second run of the same finds its work done."""
    build(snapshot)


@on_failure(build_snapshot)
def snapshot_failed(snapshot: int) -> None:
    """Say at the snapshot that it will not come."""
    fail(snapshot, "An error of the program's own stopped it, or its worker, twice. See the log.")
