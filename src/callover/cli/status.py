"""``callover status``: due, late, missing, findings."""

from __future__ import annotations

import typer

from callover.cli.lean import arrow_without_pandas
from callover.cli.options import HERE, PLAIN, AreaOption, AsKnownAt, WorkspaceOption, end_of_day

app = typer.Typer(**PLAIN)
_MOST = 40


@app.command()
def status(
    workspace: WorkspaceOption = HERE, area: AreaOption = "", as_known_at: AsKnownAt = ""
) -> None:
    """Show what is due, late, missing or contradictory."""
    arrow_without_pandas()
    from callover.jobs.status import status as status_of
    from callover.jobs.workspace import Workspace

    found = status_of(Workspace.open(workspace), area, end_of_day(as_known_at))
    for source in found.sources:
        latest = source.latest.name if source.latest else "-"
        typer.echo(f"{source.source:<22} {latest:<15} {source.words}")
        for reason, count in source.left_out:
            typer.echo(f"{'':<22} left out: {reason}: {count:,}")
    if found.missing:
        typer.echo(f"\n{len(found.missing):,} indicators without a figure")
        for title, owners in found.missing:
            typer.echo(f"  {title}: {owners}")
    typer.echo(f"\n{len(found.findings):,} findings")
    for finding in found.findings[:_MOST]:
        typer.echo(f"  {finding.severity.value:<12} {finding.source}: {finding.message}")
    if len(found.findings) > _MOST:
        typer.echo(f"  … {len(found.findings) - _MOST:,} more, in the notes of the pack.")
    rejects = [(record, text) for record in found.imports for text in record.rejects]
    if rejects:
        typer.echo(f"\n{len(rejects):,} rows kept aside")
        for record, text in rejects[:_MOST]:
            typer.echo(f"  {record.source}: {text}")
