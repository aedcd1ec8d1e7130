"""``callover restore``: an archive of ``callover backup`` into an empty workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def restore(
    archive: Annotated[Path, typer.Argument(metavar="FILE", help="An archive of callover backup.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Put a backup into an empty folder and an empty database, and check it."""
    from callover.web.operations.server import set_up

    set_up(workspace, secret_key=False)
    from callover.web.journal.record import verify
    from callover.web.operations.backup import restore as put_back

    files = put_back(archive)
    found = verify()
    for fault in found.faults:
        typer.echo(fault, err=True)
    typer.echo(f"{files:,} files restored to {workspace}. The log holds {found.entries:,} entries.")
    typer.echo("Put the copy of site/secret-key back too: backups do not hold it.")
    if found.faults:
        raise typer.Exit(1)
