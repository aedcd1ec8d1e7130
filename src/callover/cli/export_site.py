"""``callover export-site``: the public site as plain files."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def export_site(
    out: Annotated[Path, typer.Option("--out", help="New or empty folder for the files.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write everything that is published as files that need no server, as for a memory stick."""
    from callover.cli.progress import progress_bar
    from callover.jobs.workspace import Workspace
    from callover.web.operations.server import prepare, set_up

    Workspace.open(workspace)
    set_up(workspace)
    prepare()
    from callover.web.publication.export import export_site as write

    logging.getLogger("callover.requests").disabled = True  # its pages are nobody's requests
    with progress_bar() as progress:
        made = write(out, progress)
    typer.echo(f"Wrote {made.pages:,} pages among {made.files:,} files. Open {out / 'index.html'}.")
