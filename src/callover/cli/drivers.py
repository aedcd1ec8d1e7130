"""``callover drivers``: what made an indicator's change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.lean import arrow_without_pandas
from callover.cli.options import (
    HERE,
    PLAIN,
    AreaOption,
    AsKnownAt,
    MonthOption,
    TableOrJson,
    WorkspaceOption,
    check_table_or_json,
    end_of_day,
    month_of,
)

if TYPE_CHECKING:
    from callover.analysis.driven import Driven
    from callover.jobs.drivers import DriversRequest

app = typer.Typer(**PLAIN)


@app.command()
def drivers(
    indicator: Annotated[str, typer.Argument(help="Indicator id.")],
    month: MonthOption,
    by: Annotated[str, typer.Option("--by", help="parts, months or areas.")] = "parts",
    area: AreaOption = "",
    workspace: WorkspaceOption = HERE,
    peers: Annotated[str, typer.Option("--peers", help="Peer group, for --by areas.")] = "",
    as_known_at: AsKnownAt = "",
    format_: TableOrJson = "table",
) -> None:
    """Say what made a change: its parts, the months of the year, the areas of a group."""
    arrow_without_pandas()
    from callover.jobs.drivers import DriversRequest, as_json
    from callover.jobs.drivers import drivers as drivers_of
    from callover.jobs.workspace import Workspace

    check_table_or_json(format_)
    asked = month_of(month)
    request = DriversRequest(indicator, asked, by, area, peers, end_of_day(as_known_at))
    own, found = drivers_of(Workspace.open(workspace), request)
    shown = as_json if format_ == "json" else _table
    typer.echo(shown(request, own, found), nl=False)


def _table(request: DriversRequest, area: str, found: Driven) -> str:
    """The area and its change, then a line for each part with its share of it."""
    from callover.report import words

    if not found.parts:
        return f"{request.indicator}: nothing to say by {request.by}: {found.why_not}.\n"
    whose = f"areas of {found.group} together" if found.group else area
    what = "year to date" if request.by == "months" else f"12 months to {request.month.name}"
    ends = f"{words.number(found.before)} before, {words.number(found.now)} now"
    wide = max(len(part.name) for part in found.parts)
    heads = ("before", "now", "change")
    lines = [f"{request.indicator}, {whose}, {what}: {ends} ({words.signed(found.change)})", ""]
    lines.append(f"{'':{wide}}" + "".join(f"  {head:>9}" for head in heads))
    gross = sum(abs(part.change) for part in found.parts)
    telling = abs(found.change) >= gross / 2  # else shares of what cancelled out say nothing
    for part in found.parts:
        share = ""
        if telling and part.share is not None:
            share = f"{words.percent(100 * part.share):>8}"
        lines.append(
            f"{part.name:{wide}}  {words.number(part.before):>9}  {words.number(part.now):>9}"
            f"  {words.signed(part.change):>9}{share}"
        )
    return "\n".join(lines) + "\n"
