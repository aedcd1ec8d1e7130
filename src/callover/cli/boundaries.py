"""``callover boundaries``: outlines of areas for the site's maps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def boundaries(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON or a shapefile (.shp).")],
    workspace: WorkspaceOption = HERE,
    attribution: Annotated[
        str, typer.Option("--attribution", help="Whose they are, as the licence wants it said.")
    ] = "",
) -> None:
    """Add the outlines of boroughs, districts or wards, which the site's maps draw."""
    from callover.jobs.boundaries import add_boundaries
    from callover.jobs.workspace import Workspace

    found = add_boundaries(Workspace.open(workspace), file, attribution)
    names = ", ".join(outline.name for outline in found.outlines[:3])
    typer.echo(f"{len(found.outlines):,} areas: {names}, …")
