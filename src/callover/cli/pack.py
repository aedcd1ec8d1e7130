"""``callover pack``: build the board pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.options import (
    HERE,
    PLAIN,
    AreaOption,
    AsKnownAt,
    MonthOption,
    WorkspaceOption,
    end_of_day,
    listed,
    month_of,
)
from callover.cli.progress import progress_bar
from callover.domain.errors import UnknownName, UserError

if TYPE_CHECKING:
    from callover.jobs.pack import PackRequest
    from callover.jobs.workspace import Workspace

app = typer.Typer(**PLAIN)


@app.command()
def pack(
    month: MonthOption = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder; below packs/MONTH if absent.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    area: AreaOption = "",
    only: Annotated[str, typer.Option("--only", help="Indicator ids, with commas.")] = "",
    group: Annotated[str, typer.Option("--group", help="Pages of one group.")] = "",
    forum: Annotated[str, typer.Option("--forum", help="Pages for one forum.")] = "",
    peers: Annotated[
        list[str] | None,
        typer.Option("--peers", help="Peer group to compare in; each indicator's own if absent."),
    ] = None,
    from_last: Annotated[
        bool, typer.Option("--from-last", help="Carry earlier commentary over, marked as such.")
    ] = False,
    edition: Annotated[
        str, typer.Option("--edition", help="restricted, public or both.")
    ] = "restricted",
    released_by: Annotated[
        str, typer.Option("--released-by", help="Post that has read the public edition's words.")
    ] = "",
    formats: Annotated[str, typer.Option("--formats", help="html,pdf,docx,xlsx")] = "",
    as_known_at: AsKnownAt = "",
    audit: Annotated[
        bool, typer.Option("--audit/--no-audit", help="Refuse a pack that contradicts itself.")
    ] = True,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="YAML file of findings that are accepted.")
    ] = None,
    from_json: Annotated[
        Path | None,
        typer.Option("--from-json", help="Documents of a finished pack file; no workspace needed."),
    ] = None,
) -> None:
    """Build the board pack."""
    from callover.jobs.pack import PackRequest
    from callover.jobs.pack_audit import OwnAudit
    from callover.jobs.pack_folder import FORMATS, pack_folder
    from callover.jobs.workspace import Workspace

    wanted = listed([formats]) or FORMATS
    if from_json is not None:
        _render_again(from_json, out or from_json.parent, wanted)
        return
    if not month:
        raise UserError("Missing option '--month'.", "See: callover pack --help")
    opened, wanted_month = Workspace.open(workspace), month_of(month)
    request = PackRequest(
        month=wanted_month,
        out=out or pack_folder(opened, area, wanted_month),
        area=area,
        only=listed([only]),
        group=group,
        forum=forum,
        peers=listed(peers),
        as_known_at=end_of_day(as_known_at),
        from_last=from_last,
        formats=wanted,
        editions=_editions(edition),
        released_by=released_by,
        audit=OwnAudit(datetime.now(UTC).date(), baseline) if audit else None,
    )
    _build(opened, request)


def _editions(word: str) -> tuple[str, ...]:
    """The editions that a word asks for."""
    from callover.jobs.pack_folder import EDITIONS

    if word not in (*EDITIONS, "both"):
        raise UnknownName("edition", word, (*EDITIONS, "both"))
    return EDITIONS if word == "both" else (word,)


def _render_again(pack_file: Path, out: Path, formats: Sequence[str]) -> None:
    from callover.jobs.pack import render_again

    with progress_bar() as progress:
        again = render_again(pack_file, out, formats, progress)
    for path in again:
        typer.echo(str(path))


def _build(workspace: Workspace, request: PackRequest) -> None:
    from callover.jobs.pack import build_pack

    with progress_bar() as progress:
        built = build_pack(workspace, request, progress)
    for path in built.files:
        typer.echo(str(path))
    if built.carried:
        typer.echo(f"Carried over from an earlier month: {', '.join(built.carried)}")
    for warning in built.warnings:
        typer.echo(f"Look at: {warning}", err=True)
