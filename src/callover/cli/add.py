"""``callover add``: read, check, store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption, counted, start_of_day
from callover.cli.progress import progress_bar

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
    for path in files:
        with progress_bar() as progress:
            added = add_file(
                opened, path, source, start_of_day(known_from), accept_good_rows, strict, progress
            )
        _say(added)


def _say(added: Added) -> None:
    record = added.record
    name = f"{added.path.name} ({added.source})"
    if added.already:
        typer.echo(f"{name} is stored already, since {record.received[:10]}. Nothing changed.")
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
        typer.echo(f"  {rows} kept aside: callover status lists them.")
    if added.findings:
        typer.echo(f"  {counted(len(added.findings), 'finding')}, stored with the data:")
        for finding in added.findings[:_SHOWN]:
            place = f"{finding.area}: " if finding.area else ""
            typer.echo(f"    {place}{finding.message}")
        if len(added.findings) > _SHOWN:
            typer.echo(f"    … {len(added.findings) - _SHOWN:,} more: callover status")
