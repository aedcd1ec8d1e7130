"""What made the change of the indicators that the chair's brief lists: months, parts, areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from callover.analysis.driven import (
    TOGETHER,
    By,
    Driven,
    by_months,
    by_parts,
    of_largest_group,
)
from callover.analysis.drivers import Contribution, shortened
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.report import words
from callover.report.blocks import (
    Block,
    Cell,
    Column,
    Columns,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    text,
)
from callover.report.build.brief import listed_in_brief
from callover.report.build.context import PackContext
from callover.report.build.offences import is_whole_tree
from callover.report.charts import contribution_finding, waterfall_chart

MADE_OF = "made-of"
_TITLE = "What made the changes"
_WHEN = {By.MONTHS: "Year to date", By.PARTS: "Twelve months", By.AREAS: "Twelve months, all areas"}
BESIDE = (1.5, 1)
"""Picture and table: so wide the words of the picture print at 8.5 points or more."""
MOST_LINES = 8
"""Lines of a table; smaller ones are put together."""

_LEAD = (
    "the indicators of the chair's brief that are counts. Each split adds up to the change; what "
    "is known only in a sum is one line. Years that were not counted alike are not split."
)


def made_of(ctx: PackContext) -> Section | None:
    """A table and a waterfall for each; None where nothing can be split."""
    listed = [item.indicator for item in listed_in_brief(ctx)]
    whole = [each for each in ctx.indicators if is_whole_tree(ctx, each) and each not in listed]
    blocks: list[Block] = []
    for indicator in (*whole, *listed):
        if indicator.unit.counts:
            blocks += _of(ctx, indicator)
    if not blocks:
        return None
    lead = words.capitalised(f"all offences, and {_LEAD}" if whole else _LEAD)
    return Section(MADE_OF, _TITLE, (Paragraph(text(lead)), *blocks), kind="appendix")


def _of(ctx: PackContext, indicator: Indicator) -> list[Block]:
    blocks = [
        _picture_and_table(ctx, indicator, found)
        for found in _splits(ctx, indicator)
        if len(found.parts) > 1
    ]
    title = f"Change in {words.within(indicator.title)}"
    return [Heading(2, title), *blocks] if blocks else []


def _splits(ctx: PackContext, indicator: Indicator) -> Iterator[Driven]:
    """By month, part and area, where both years are counted alike.

    A public edition says nothing of areas, and nothing of parts of which one is withheld.
    """
    ask = partial(ctx.figure, indicator)
    public = ctx.edition == "public"
    if not ctx.counted_apart(indicator, ask("ytd")):
        yield by_months(ask, ctx.month, "withheld, or known only together" if public else TOGETHER)
    if ctx.counted_apart(indicator, ask("rolling12")):
        return
    parts = by_parts(ask, ctx.catalogue, indicator.series)
    if not (public and any(part.rest for part in parts.parts)):
        yield parts
    if not public:
        yield _by_area(ctx, indicator)


def _by_area(ctx: PackContext, indicator: Indicator) -> Driven:
    """The areas of the largest group of which counts are held."""
    source = ctx.figure(indicator, "rolling12").source

    def ask_of(code: str, measure: str) -> Figure:
        return ctx.service.figure(indicator.id, measure, code, ctx.month, "", source)

    def members(group: str) -> Sequence[tuple[str, str]]:
        return ctx.service.members(group, ctx.month)

    return of_largest_group(indicator.peer_groups, members, ask_of, source)


def _picture_and_table(ctx: PackContext, indicator: Indicator, found: Driven) -> Columns:
    name = f"{MADE_OF}-{indicator.id}-{found.by.value}"
    parts: Sequence[Contribution] = found.parts
    if found.by is not By.MONTHS:
        parts = shortened(parts, MOST_LINES, ctx.partnership.short_name)
    ends = ("the year before", found.before), ("now", found.now)
    by_name = found.by is By.AREAS
    moved = f"{words.number(found.before)} to {words.number(found.now)}"
    said = f"{_WHEN[found.by]}, {moved}. {contribution_finding(found.parts, by_name)}"
    unit = indicator.unit.value
    chart = waterfall_chart(name, said, ends, parts, unit, by_name)
    table = _table(f"{name}-lines", _caption(ctx, indicator, found), found, parts)
    return Columns(((chart,), (table,)), BESIDE)


def _caption(ctx: PackContext, indicator: Indicator, found: Driven) -> str:
    """``Robbery, 12 months to September 2016, by part``; of areas, those of which group."""
    if found.by is By.MONTHS:
        return f"{indicator.title}, year to date, by month"
    twelve = f"{indicator.title}, 12 months to {ctx.month.name}"
    if found.by is By.PARTS:
        return f"{twelve}, by part"
    return f"{twelve}, areas of: {ctx.catalogue.peer_groups[found.group].title}"


def _table(name: str, caption: str, found: Driven, parts: Sequence[Contribution]) -> Table:
    whole = Contribution("All", found.before, found.now, None)
    rows = [_row(part) for part in parts] + [_row(whole, "total")]
    numbers = (Column(each, numeric=True) for each in ("Before", "Now", "Change"))
    return Table(name, caption, (Column("Part"), *numbers), tuple(rows), compact=True)


def _row(part: Contribution, kind: str = "body") -> Row:
    numbers = [Cell(words.number(each), value=each) for each in (part.before, part.now)]
    change = Cell(words.signed(part.change), value=part.change)
    return Row((Cell(part.name), *numbers, change), kind)
