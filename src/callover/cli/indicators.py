"""``callover indicators``: check the set, add to it, retire from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import PLAIN
from callover.domain.errors import UserError
from callover.domain.periods import Month

app = typer.Typer(
    help="Check the indicator set, add an indicator, or retire one.", no_args_is_help=True, **PLAIN
)

Workspace = Annotated[Path, typer.Option("--workspace", help="Folder of the workspace.")]
WhichSet = Annotated[str, typer.Option("--set", help="Set to change, where several are in use.")]
FromMonth = Annotated[str, typer.Option("--from", "--from-month", help="First month, as 2016-09.")]
Reason = Annotated[str, typer.Option(help="Why the set changes.")]
DecidedBy = Annotated[str, typer.Option(help="Who decided: a board and its date, or a post.")]


@app.command()
def check(workspace: Workspace = Path()) -> None:
    """Read every definition and list all faults, or say what was found."""
    from callover.jobs.indicators import check as check_sets

    for found in check_sets(workspace):
        typer.echo(
            f"{found.title} ({found.set_id}): {found.indicators} indicators, {found.pages} pages, "
            f"{found.series} series, {found.sources} sources. No faults."
        )
        for line in found.change_log:
            typer.echo(f"  {line}")


@app.command()
def add(  # a record with many named fields
    id_: Annotated[str, typer.Option("--id", help="Small letters, digits, underscores.")],
    title: Annotated[str, typer.Option(help="Title of its page.")],
    group: Annotated[str, typer.Option(help="Group it stands in.")],
    unit: Annotated[str, typer.Option(help="What is counted, such as offences or victims.")],
    direction: Annotated[str, typer.Option(help="lower, higher, band or monitor.")],
    source: Annotated[str, typer.Option(help="Source that gives the figures.")],
    from_month: FromMonth,
    reason: Reason,
    decided_by: DecidedBy,
    definition: Annotated[str, typer.Option(help="What it counts, in a plain sentence.")],
    series: Annotated[str, typer.Option(help="Series, if it exists already.")] = "",
    number: Annotated[
        int | None, typer.Option(help="Its number; the next free one if absent.")
    ] = None,
    count_basis: Annotated[str, typer.Option(help="What one count stands for.")] = "",
    denominator: Annotated[str, typer.Option(help="Denominator of its rate.")] = "",
    per: Annotated[int, typer.Option(help="Rate per how many.")] = 1000,
    peers: Annotated[list[str] | None, typer.Option(help="Peer group; may be repeated.")] = None,
    set_id: WhichSet = "",
    workspace: Workspace = Path(),
) -> None:
    """Add an indicator from a month on, with the reason and who decided."""
    from callover.catalogue.new import NewIndicator
    from callover.jobs.indicators import add as add_indicator

    new = NewIndicator(
        id=id_,
        title=title,
        group=group,
        unit=unit,
        direction=direction,
        source=source,
        from_month=_month(from_month),
        reason=reason,
        decided_by=decided_by,
        definition=definition,
        series=series,
        number=number,
        count_basis=count_basis,
        denominator=denominator,
        per=per,
        peer_groups=tuple(peers or ()),
    )
    added = add_indicator(workspace, new, set_id)
    typer.echo(f"Added {added.number} {added.title} from {added.valid_from} ({added.place}).")


@app.command()
def retire(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Indicator to retire.")],
    from_month: FromMonth,
    reason: Reason,
    decided_by: DecidedBy,
    set_id: WhichSet = "",
    workspace: Workspace = Path(),
) -> None:
    """Take an indicator out of the set from a month on; earlier packs keep it."""
    from callover.jobs.indicators import retire as retire_indicator

    gone = retire_indicator(workspace, id_, _month(from_month), reason, decided_by, set_id)
    typer.echo(f"Retired {gone.number} {gone.title}; its last month is {gone.valid_to}.")


def _month(text: str) -> Month:
    """A month given on the command line."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise UserError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
