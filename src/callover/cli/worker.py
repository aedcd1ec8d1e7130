"""``callover worker``: what the site does in the background."""

from __future__ import annotations

from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def worker(
    workspace: WorkspaceOption = HERE,
    batch: Annotated[bool, typer.Option("--batch", help="Do what waits, then end.")] = False,
) -> None:
    """Work on what the site was asked for: checks, snapshots, messages."""
    from callover.jobs.workspace import Workspace
    from callover.web.operations.server import set_up

    Workspace.open(workspace)
    set_up(workspace)
    from callover.web.queue.worker import LeasedWorker

    working = LeasedWorker(batch=batch)
    working.configure_signals()
    working.run()
