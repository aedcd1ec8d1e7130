"""``callover verify-log``: whether the site's log is whole."""

from __future__ import annotations

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def verify_log(workspace: WorkspaceOption = HERE) -> None:
    """Check that no entry of the site's log was changed, removed or put between."""
    from callover.jobs.workspace import Workspace
    from callover.web.operations.plainly import plainly
    from callover.web.operations.server import set_up

    Workspace.open(workspace)
    set_up(workspace)
    from callover.web.journal.record import verify

    with plainly():
        found = verify()
    for fault in found.faults:
        typer.echo(fault, err=True)
    if found.faults:
        raise typer.Exit(1)
    typer.echo(
        f"The log is whole: {found.entries:,} entries, the last hash is {found.last or 'none'}."
    )
