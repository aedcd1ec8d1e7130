"""``callover sources``: the register and what each source gave."""

from __future__ import annotations

import typer

from callover.cli.lean import arrow_without_pandas
from callover.cli.options import HERE, PLAIN, AreaOption, AsKnownAt, WorkspaceOption, end_of_day

app = typer.Typer(**PLAIN)


@app.command()
def sources(
    workspace: WorkspaceOption = HERE, area: AreaOption = "", as_known_at: AsKnownAt = ""
) -> None:
    """Show the register of sources and what each gave."""
    arrow_without_pandas()
    from callover.jobs.sources import register
    from callover.jobs.workspace import Workspace

    for entry in register(Workspace.open(workspace), area, end_of_day(as_known_at)):
        source = entry.definition
        typer.echo(f"{source.id}: {source.title}")
        typer.echo(f"  supplied by {source.owner}, {entry.rhythm}; read as {source.reader}")
        if source.sharing_basis:
            review = f", review {source.review_date}" if source.review_date else ""
            typer.echo(f"  sharing: {source.sharing_basis}{review}; marking {source.marking}")
        typer.echo(f"  {entry.given}")
