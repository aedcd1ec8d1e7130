"""``callover signals``: which changes are more than chance."""

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
    listed,
    month_of,
)

if TYPE_CHECKING:
    from callover.jobs.signals import Found

app = typer.Typer(**PLAIN)


@app.command()
def signals(
    month: MonthOption,
    workspace: WorkspaceOption = HERE,
    area: AreaOption = "",
    indicator: Annotated[
        list[str] | None, typer.Option("--indicator", help="Indicator id; all where absent.")
    ] = None,
    as_known_at: AsKnownAt = "",
    format_: TableOrJson = "table",
) -> None:
    """Say which changes are more than chance, the strongest evidence first."""
    arrow_without_pandas()
    from callover.jobs.signals import SignalsRequest, as_json
    from callover.jobs.signals import signals as signals_of
    from callover.jobs.workspace import Workspace

    check_table_or_json(format_)
    request = SignalsRequest(month_of(month), area, listed(indicator), end_of_day(as_known_at))
    found = signals_of(Workspace.open(workspace), request)
    if format_ != "json":
        typer.echo(f"{found.name}, {month_of(month).name}\n")
    typer.echo(as_json(found) if format_ == "json" else _table(found), nl=False)


def _table(found: Found) -> str:
    """Groups for people: concern, strong, changed; then what disagrees; then the rest by name."""
    from callover.analysis.exceptions import Standing
    from callover.report.signal_words import why

    titles = found.catalogue.indicators
    lines: list[str] = []
    for standing in (Standing.CONCERN, Standing.STRONG, Standing.CHANGED, Standing.QUIET):
        listed_ = found.exceptions.of(standing)
        if not listed_:
            continue
        lines += ["", standing.value.capitalize()]
        for each in listed_:
            star = "*" if each.kept else " "
            title = titles[each.signal.indicator].title
            lines.append(f" {star} {title} ({each.rating.words.lower()}): {why(each.signal)}")
    silent = found.exceptions.of(Standing.NOT_ENOUGH)
    if silent:
        lines += ["", "Not enough to say"]
        lines += [f"   {titles[s.signal.indicator].title}: {s.signal.why_not}." for s in silent]
    if found.exceptions.disagreeing:
        lines += ["", "Colour and evidence disagree"]
        lines += [
            f"   {titles[each.signal.indicator].title}: {each.disagreement.value}"
            for each in found.exceptions.disagreeing
            if each.disagreement
        ]
    return "\n".join([*lines[1:], "", *_alarms(found)]) + "\n"


def _alarms(found: Found) -> list[str]:
    expected = found.exceptions.expected_alarms
    return [
        f"By chance alone {expected:.1f} of these indicators would stand out this month.",
        "* remains when at most one in ten of the list may be chance.",
    ]
