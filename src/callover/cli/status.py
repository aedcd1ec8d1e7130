"""``callover status``: due, late, missing, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.lean import arrow_without_pandas
from callover.cli.options import (
    HERE,
    PLAIN,
    AreaOption,
    AsKnownAt,
    WorkspaceOption,
    command,
    counted,
    end_of_day,
)
from callover.domain.errors import Finding

if TYPE_CHECKING:
    from callover.jobs.status import WorkspaceStatus

app = typer.Typer(**PLAIN)
_MOST = 40


@app.command()
def status(
    workspace: WorkspaceOption = HERE,
    area: AreaOption = "",
    as_known_at: AsKnownAt = "",
    findings: Annotated[
        str, typer.Option("--findings", help="All findings and rejected rows of one source.")
    ] = "",
) -> None:
    """Show what is due, late, missing or contradictory."""
    arrow_without_pandas()
    from callover.jobs.status import of_source
    from callover.jobs.status import status as status_of
    from callover.jobs.workspace import Workspace

    opened, moment = Workspace.open(workspace), end_of_day(as_known_at)
    if findings:
        lines = _everything(*of_source(opened, findings, moment))
    else:
        lines = _standing(status_of(opened, area, moment), workspace)
    for line in lines:
        typer.echo(line)


def _standing(found: WorkspaceStatus, workspace: Path) -> Iterator[str]:
    """Sources, what is missing, findings and rows kept aside."""
    for source in found.sources:
        latest = source.latest.name if source.latest else "-"
        yield f"{source.source:<22} {latest:<15} {source.words}"
        for reason, count in source.left_out:
            yield f"{'':<22} left out: {reason}: {count:,}"
    if found.missing:
        yield f"\n{counted(len(found.missing), 'indicator')} without a figure"
        yield from (f"  {title}: {owners}" for title, owners in found.missing)
    yield f"\n{counted(len(found.findings), 'finding')}"
    yield from (_finding(finding) for finding in found.findings[:_MOST])
    yield from _more(found.findings[_MOST:], workspace)
    rejects = [(record, text) for record in found.imports for text in record.rejects]
    if rejects:
        yield f"\n{counted(len(rejects), 'row')} kept aside"
        yield from (f"  {record.source}: {text}" for record, text in rejects[:_MOST])
        sources = [record.source for record, _ in rejects[_MOST:]]
        yield from _commands(sources, workspace)


def _more(findings: Sequence[Finding], workspace: Path) -> Iterator[str]:
    if findings:
        yield f"  … {len(findings):,} more:"
        yield from _commands([finding.source for finding in findings], workspace)


def _commands(sources: Sequence[str], workspace: Path) -> Iterator[str]:
    """What lists everything of these sources."""
    for source in dict.fromkeys(sources):
        yield f"    {command(workspace, 'status', '--findings', source)}"


def _everything(findings: Sequence[Finding], rejects: Sequence[str]) -> Iterator[str]:
    """All findings and all rows kept aside of one source, whatever their area."""
    yield counted(len(findings), "finding")
    yield from (_finding(finding) for finding in findings)
    yield f"\n{counted(len(rejects), 'row')} kept aside"
    yield from (f"  {text}" for text in rejects)


def _finding(finding: Finding) -> str:
    place = f"{finding.area}: " if finding.area else ""
    return f"  {finding.severity.value:<12} {finding.source}: {place}{finding.message}"
