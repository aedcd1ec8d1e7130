"""``callover add``: read, check, store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.lazy import show
from callover.cli.options import HERE, PLAIN, WorkspaceOption, command, counted, start_of_day
from callover.cli.progress import progress_bar
from callover.domain.errors import Finding, StoreBusy, UserError

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
    again: Annotated[
        bool,
        typer.Option("--again", help="Store a file anew whose values were superseded since."),
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
                added = add_file(
                    opened, path, source, known, accept_good_rows, strict, progress, again
                )
        except StoreBusy:
            raise
        except UserError as error:
            refused.append(error)
            if len(files) > 1:
                show(error)
        else:
            for line in _said(added, workspace):
                typer.echo(line)
    if len(files) == 1 and refused:
        raise refused[0]
    if refused:
        typer.echo(f"{len(refused)} of {len(files)} files were refused.", err=True)
        raise typer.Exit(refused[0].exit_code)


def _said(added: Added, workspace: Path) -> Iterator[str]:
    """What came of a file, with the commands that show or do more."""
    if added.already:
        yield from _already(added, workspace)
        return
    record = added.record
    span = f", {record.first} to {record.last}" if record.first else ""
    yield f"{_name(added)}: {counted(record.rows, 'value')}{span}."
    yield f"  {record.new:,} new, {record.revised:,} revised, {record.unchanged:,} as before."
    if record.again:
        yield "  Stored again, as the newest revision."
    if record.backdated:
        yield f"  Backdated: known from {record.known_from[:10]}."
    yield from (f"  {sentence}" for sentence in record.summary)
    everything = command(workspace, "status", "--findings", added.source)
    if record.rejected:
        rows = counted(record.rejected, "faulty row")
        yield f"  {rows} kept aside; they are listed by: {everything}"
    yield from _findings(added.findings, everything)


def _findings(findings: Sequence[Finding], everything: str) -> Iterator[str]:
    """The first of them, and how to see the others."""
    if not findings:
        return
    yield f"  {counted(len(findings), 'finding')}, stored with the data:"
    for finding in findings[:_SHOWN]:
        place = f"{finding.area}: " if finding.area else ""
        yield f"    {place}{finding.message}"
    if len(findings) > _SHOWN:
        yield f"    … {len(findings) - _SHOWN:,} more: {everything}"


def _already(added: Added, workspace: Path) -> Iterator[str]:
    """Nothing was stored; whether the values of the file still hold."""
    stored = f"is stored already, since {added.record.received[:10]}. Nothing changed."
    yield f"{_name(added)} {stored}"
    if added.superseded_by:
        by = ", ".join(f"{r.file} ({r.received[:10]})" for r in added.superseded_by)
        yield f"  Its values were superseded since by {by}, which still hold."
        once_more = command(workspace, "add", "--again", "--source", added.source, str(added.path))
        yield f"  To store them as the newest revision: {once_more}"


def _name(added: Added) -> str:
    return f"{added.path.name} ({added.source})"
