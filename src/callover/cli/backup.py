"""``callover backup``: database, workspace and the site's files in one archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def backup(
    out: Annotated[Path, typer.Option("--out", help="The archive to write: a new file.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write everything that the site holds into one archive."""
    from callover.jobs.workspace import Workspace
    from callover.web.operations.plainly import plainly
    from callover.web.operations.server import set_up

    Workspace.open(workspace)
    set_up(workspace)
    from callover.web.operations.backup import back_up

    with plainly():
        made = back_up(out)
    typer.echo(
        f"{made.path}: {made.files:,} files, {made.size / 1e6:,.1f} MB. Keep it as safe as the site"
        " itself."
    )
