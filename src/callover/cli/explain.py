"""``callover explain``: where a figure comes from."""

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
    WorkspaceOption,
    counted,
    end_of_day,
    month_of,
)

if TYPE_CHECKING:
    from callover.analysis.member_lineage import Member
    from callover.domain.figures import Input
    from callover.jobs.explain import Explained

app = typer.Typer(**PLAIN)
MOST_ROWS = 60


@app.command()
def explain(
    indicator: Annotated[str, typer.Argument(help="Indicator id.")],
    measure: Annotated[str, typer.Argument(help="Measure id, such as rolling12.")],
    month: MonthOption,
    area: AreaOption = "",
    workspace: WorkspaceOption = HERE,
    peers: Annotated[str, typer.Option("--peers", help="Peer group.")] = "",
    source: Annotated[str, typer.Option("--source", help="Source; else the first.")] = "",
    series: Annotated[str, typer.Option("--series", help="A part of the indicator.")] = "",
    as_known_at: AsKnownAt = "",
) -> None:
    """Show where a figure comes from."""
    arrow_without_pandas()
    from callover.jobs.explain import ExplainRequest
    from callover.jobs.explain import explain as explain_figure
    from callover.jobs.workspace import Workspace

    request = ExplainRequest(
        indicator, measure, month_of(month), area, peers, source, series, end_of_day(as_known_at)
    )
    for explained in explain_figure(Workspace.open(workspace), request):
        typer.echo(_said(explained))


def _said(explained: Explained) -> str:
    """The figure, its formula in words and in numbers, its group's members, and its rows."""
    from callover.report import words

    figure, lineage = explained.figure, explained.lineage
    value = words.number(figure.value, 6).rstrip("0").rstrip(".") if figure.value else figure.text
    value = "0" if figure.value == 0 else value
    group = f", {figure.peer_group}" if figure.peer_group else ""
    of = f" of {figure.of}" if figure.of else ""
    lines = [
        f"{figure.indicator} {figure.measure}{group}, {figure.area}, {figure.month.name}",
        f"  value    {value or 'none'}{of} {figure.unit}".rstrip(),
        f"  state    {figure.state.words}",
        f"  source   {figure.source}{' (as published)' if figure.published else ''}",
        f"  known    {figure.known_at or '-'}",
        f"  formula  {lineage.formula}",
        f"  numbers  {lineage.worked}",
    ]
    if figure.reason:
        lines.append(f"  reason   {figure.reason}")
    if explained.members:
        lines += ["  members", *map(_member, explained.members)]
    lines += ["  rows" if lineage.inputs else "  rows     none"]
    lines += [_row(row) for row in lineage.inputs[:MOST_ROWS]]
    if len(lineage.inputs) > MOST_ROWS:
        lines.append(f"    … and {len(lineage.inputs) - MOST_ROWS:,} more")
    return "\n".join(lines) + "\n"


def _member(member: Member) -> str:
    """``E09000002 Barking and Dagenham: 88.77, 12 rows of met.csv, 1 row of people.csv``."""
    value = "no value" if member.value is None else f"{member.value:,.6f}".rstrip("0").rstrip(".")
    rows = [f"{counted(number, 'row')} of {file}" for file, number in member.files]
    name = "" if member.name == member.area else f" {member.name}"
    return f"    {member.area}{name}: {', '.join([value, *rows])}"


def _row(row: Input) -> str:
    """``file, row 36: rolling12 2015-10 to 2016-09, value 17,754, known 2016-11-20``."""
    place = row.file + (f", row {row.row}" if row.row is not None else "")
    period = f"{row.period.kind} {row.period.start} to {row.period.end}"
    value = "-" if row.value is None else f"{row.value:,.10g}"
    note = f" ({row.note})" if row.note else ""
    return f"    {place}: {row.measure} {value}, {period}, known {row.known_from[:10]}{note}"
