"""``callover worker``: what the site does in the background."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def worker(
    workspace: WorkspaceOption = HERE,
    batch: Annotated[bool, typer.Option("--batch", help="Do what waits, then end.")] = False,
    lanes: Annotated[
        int, typer.Option("--lanes", min=1, max=2, help="2: a process beside for short tasks.")
    ] = 2,
) -> None:
    """Work on what the site was asked for: checks, snapshots, messages."""
    from callover.jobs.workspace import Workspace
    from callover.web.operations.lanes import Beside
    from callover.web.operations.plainly import plainly
    from callover.web.operations.server import set_up

    Workspace.open(workspace)
    set_up(workspace)
    from callover.web.queue.enqueue import waiting
    from callover.web.queue.worker import LeasedWorker

    with plainly():
        waiting()  # a database that cannot be read is told before anything is started
    beside = Beside(work_quickly, workspace.resolve()) if lanes > 1 and not batch else None
    working = LeasedWorker(batch=batch)
    working.configure_signals()
    if beside is not None:
        beside.start()
    try:
        with plainly():
            working.run()
    finally:
        if beside is not None:
            beside.stop(at_once=working.told_twice)


def work_quickly(workspace: Path) -> None:
    """The second lane: short tasks alone, and nothing by the clock."""
    from callover.cli.lazy import told
    from callover.web.operations.plainly import plainly
    from callover.web.operations.server import set_up

    set_up(workspace)
    from callover.web.queue.order import QUICK
    from callover.web.queue.worker import LeasedWorker

    working = LeasedWorker(queues=(QUICK,), clock=False)
    working.configure_signals()
    with told(), plainly():
        working.run()
