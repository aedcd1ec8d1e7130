"""``callover add``: read, check, store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.lazy import show
from callover.cli.options import HERE, PLAIN, WorkspaceOption, command, counted, start_of_day
from callover.cli.progress import progress_bar
from callover.domain.errors import StoreBusy, UserError

if TYPE_CHECKING:
    from callover.jobs.add import Added

app = typer.Typer(**PLAIN)
_SHOWN = 5


@app.command()
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", readable=False, help="Files as received.")
    ],
    workspace: WorkspaceOption = HERE,
    source: Annotated[str, typer.Option("--source", help="Whose figures these are.")] = "",
    known_from: Annotated[
        str, typer.Option("--known-from", help="For history: the day they became known.")
    ] = "",
    accept_good_rows: Annotated[
        bool, typer.Option("--accept-good-rows", help="Store the rest, keep the faulty rows.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Store nothing that contradicts itself.")
    ] = False,
) -> None:
    """Read files, check them and store their figures."""
    from callover.jobs.add import add_file
    from callover.jobs.workspace import Workspace

    opened = Workspace.open(workspace)
    known = start_of_day(known_from)
    refused = []
    for path in files:
        try:
            with progress_bar() as progress:
                added = add_file(opened, path, source, known, accept_good_rows, strict, progress)
        except StoreBusy:
            raise
        except UserError as error:
            refused.append(error)
            if len(files) > 1:
                show(error)
        else:
            _say(added, command(workspace, "status"))
    if len(files) == 1 and refused:
        raise refused[0]
    if refused:
        typer.echo(f"{len(refused)} of {len(files)} files were refused.", err=True)
        raise typer.Exit(refused[0].exit_code)


def _say(added: Added, status: str) -> None:
    record = added.record
    name = f"{added.path.name} ({added.source})"
    if added.already:
        typer.echo(f"{name} is stored already, since {record.received[:10]}. Nothing changed.")
        if added.superseded_by:
            by = ", ".join(f"{r.file} ({r.received[:10]})" for r in added.superseded_by)
            typer.echo(f"  Its values were superseded since by {by}, which still hold.")
        return
    span = f", {record.first} to {record.last}" if record.first else ""
    typer.echo(f"{name}: {counted(record.rows, 'value')}{span}.")
    typer.echo(f"  {record.new:,} new, {record.revised:,} revised, {record.unchanged:,} as before.")
    if record.backdated:
        typer.echo(f"  Backdated: known from {record.known_from[:10]}.")
    for sentence in record.summary:
        typer.echo(f"  {sentence}")
    if record.rejected:
        rows = counted(record.rejected, "faulty row")
        typer.echo(f"  {rows} kept aside; they are listed by: {status}")
    if added.findings:
        typer.echo(f"  {counted(len(added.findings), 'finding')}, stored with the data:")
        for finding in added.findings[:_SHOWN]:
            place = f"{finding.area}: " if finding.area else ""
            typer.echo(f"    {place}{finding.message}")
        if len(added.findings) > _SHOWN:
            typer.echo(f"    … {len(added.findings) - _SHOWN:,} more: {status}")
