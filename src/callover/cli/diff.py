"""``callover diff``: what changed between two packs, months or days of knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.lean import arrow_without_pandas
from callover.cli.options import (
    HERE,
    PLAIN,
    AreaOption,
    TableOrJson,
    WorkspaceOption,
    check_table_or_json,
    month_of,
)

if TYPE_CHECKING:
    from callover.analysis.changes import Changed, View
    from callover.domain.indicators import Catalogue

app = typer.Typer(**PLAIN)

Side = Annotated[str, typer.Argument(help="Pack (file or folder), month, or day of knowledge.")]


@app.command()
def diff(
    before: Side,
    now: Side,
    month: Annotated[
        str, typer.Option("--month", help="Month to look at, where a side is a day of knowledge.")
    ] = "",
    workspace: WorkspaceOption = HERE,
    area: AreaOption = "",
    format_: TableOrJson = "table",
) -> None:
    """Say what changed, and what made it: new months, revisions, the denominator."""
    arrow_without_pandas()
    from callover.analysis.changes import diff as changes_of
    from callover.analysis.changes import in_one_only
    from callover.jobs.diff import as_json
    from callover.jobs.views import catalogue_for, refuse_unlike_areas, view_of

    check_table_or_json(format_)
    space, catalogue = catalogue_for(workspace, area, (before, now))
    of_month = month_of(month) if month else None
    old, new = (view_of(text, space, area, of_month, catalogue) for text in (before, now))
    refuse_unlike_areas(old, new)
    names = tuple(catalogue.indicators)
    found, left_out = changes_of(old, new, catalogue, names), in_one_only(old, new, names)
    if format_ == "json":
        typer.echo(as_json(old, new, found, left_out), nl=False)
    else:
        typer.echo(_table(catalogue, (old, new), found, left_out), nl=False)


def _table(
    catalogue: Catalogue,
    sides: tuple[View, View],
    found: Sequence[Changed],
    left_out: Sequence[str],
) -> str:
    """An indicator a paragraph: what it was and is, and what made the change."""
    from callover.report.change_words import sentences
    from callover.report.words import rate_of

    lines = [f"From {sides[0].label} to {sides[1].label}:", ""]
    for each in found:
        if each.differs:
            said = sentences(each, rate_of(catalogue, each.indicator))
            lines += [each.indicator.title, *(f"  {one}" for one in said)]
    same = sum(not each.differs for each in found)
    if same:
        lines += ["", f"{same} more {'is' if same == 1 else 'are'} as before."]
    if left_out:
        noun = "indicator" if len(left_out) == 1 else "indicators"
        lines += ["", f"{len(left_out)} {noun} left out: only one of the two holds them."]
    return "\n".join(lines) + "\n"
