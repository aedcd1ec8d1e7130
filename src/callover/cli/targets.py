"""``callover targets``: show what was agreed, and set a target from a month on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.options import HERE, PLAIN, AreaOption, WorkspaceOption, month_of
from callover.domain.errors import UnknownName, UserError
from callover.domain.periods import Month
from callover.domain.targets import TargetKind

if TYPE_CHECKING:
    from callover.jobs.targets import Standing

app = typer.Typer(
    help="Show the targets of a partnership, or set one.", no_args_is_help=True, **PLAIN
)

Number = float | None


@app.command()
def show(
    indicator: Annotated[str, typer.Argument(help="One indicator: every target so far.")] = "",
    month: Annotated[str, typer.Option(help="Month, as 2016-09; this one if absent.")] = "",
    area: AreaOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Show the targets in force in a month, or all of one indicator."""
    from callover.jobs.targets import targets_of
    from callover.jobs.workspace import Workspace

    when = month_of(month) if month else Month.containing(datetime.now(UTC).date())
    partnership = Workspace.open(workspace).partnership(area)
    found = {each.indicator: each for each in targets_of(workspace, partnership.id, when)}
    if indicator and indicator not in found:
        raise UnknownName("indicator", indicator, tuple(found))
    typer.echo(f"{partnership.name}, {when.name}")
    for each in [found[indicator]] if indicator else found.values():
        typer.echo(f"{each.indicator}: {each.target.words if each.target else 'no target'}")
        if indicator:
            _every(each)


def _every(standing: Standing) -> None:
    """Each target with its months, its reason and who decided."""
    for each in standing.every:
        why = f". {each.reason}" if each.reason else ""
        who = f". Decided by {each.decided_by}" if each.decided_by else ""
        typer.echo(f"  {each.year} from {each.from_month.name}: {each.words}{why}{who}")


@app.command("set")
def set_(
    indicator: Annotated[str, typer.Argument(help="Indicator that the target is for.")],
    from_month: Annotated[
        str, typer.Option("--from", "--from-month", help="First month, as 2016-10.")
    ],
    kind: Annotated[TargetKind, typer.Option(help="What kind of target.")],
    reason: Annotated[str, typer.Option(help="Why it was agreed.")],
    decided_by: Annotated[
        str, typer.Option("--decided-by", "--by", help="Who decided: a board and its date.")
    ],
    value: Annotated[Number, typer.Option(help="Per cent, count or level.")] = None,
    low: Annotated[Number, typer.Option(help="Lower level of a band.")] = None,
    high: Annotated[Number, typer.Option(help="Upper level of a band.")] = None,
    tolerance: Annotated[
        str, typer.Option(help="How far off is amber: '5 points' or '10 relative'.")
    ] = "",
    area: AreaOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Set a target for the partnership's area, from a month to the end of its financial year."""
    from callover.jobs.targets import NewTarget, set_target
    from callover.jobs.workspace import Workspace

    partnership = Workspace.open(workspace).partnership(area)
    try:
        new = NewTarget(indicator, _month(from_month), kind, reason, decided_by, value, low, high,
                        tolerance)  # fmt: skip
    except ValueError as error:
        raise UserError(f"{str(error).capitalize()}.", "Say --reason and --decided-by.") from error
    made = set_target(workspace, partnership.id, new)
    said = made.words if made else ""
    typer.echo(f"{indicator} from {new.from_month.name}, {partnership.name}: {said}.")


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise UserError(f"--from: {error}.", "For example: --from 2016-10") from error
