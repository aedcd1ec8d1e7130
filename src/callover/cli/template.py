"""``callover template``: what a source fills in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callover.cli.lean import arrow_without_pandas
from callover.cli.options import HERE, PLAIN, AreaOption, WorkspaceOption, command, month_of

app = typer.Typer(**PLAIN)
_SCREEN = Path("-")


@app.command()
def template(
    source: Annotated[str, typer.Argument(help="Source, as in 'callover sources'.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="File: .csv or .xlsx; - for the screen. SOURCE.csv here if absent."
        ),
    ] = None,
    workspace: WorkspaceOption = HERE,
    area: AreaOption = "",
    month: Annotated[str, typer.Option("--month", help="Last month wanted, as 2016-09.")] = "",
) -> None:
    """Write the template that a source fills in."""
    arrow_without_pandas()
    from callover.jobs.template import check_out, make_template, template_text, write_template
    from callover.jobs.workspace import Workspace

    path = out or Path(f"{source}.csv")
    if path != _SCREEN:
        check_out(path)
    made = make_template(
        Workspace.open(workspace), source, area, month_of(month) if month else None
    )
    if path == _SCREEN:
        typer.echo(template_text(made), nl=False)
        return
    write_template(made, path)
    typer.echo(f"{path}: {len(made.rows):,} rows to fill in, for {made.source.owner}.")
    adding = command(workspace, "add", "--source", source, str(path))
    typer.echo(f"When it is filled in: {adding}")
