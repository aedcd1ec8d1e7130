"""What made the change of the indicators that the chair's brief lists: months, parts, areas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from callover.analysis.driven import By, Driven, by_areas, by_months, by_parts
from callover.analysis.drivers import Contribution, shortened
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.domain.units import Unit
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
from callover.report.build.attention import by_evidence
from callover.report.build.context import PackContext
from callover.report.build.offences import is_whole_tree
from callover.report.charts import waterfall_chart

MADE_OF = "made-of"
MOST = 5
BESIDE = (1.5, 1)
"""Picture and table: so wide the words of the picture print at 8.5 points or more."""
MOST_LINES = 8
"""Lines of a table; smaller ones are put together."""

_LEAD = (
    "All offences, and the indicators of the chair's brief that are counts. Each split adds up to "
    "the change; what is known only in a sum is one line. Twelve months that were not counted "
    "alike are not split."
)


def made_of(ctx: PackContext) -> Section | None:
    """A table and a waterfall for each; None where nothing can be split."""
    listed = [item.indicator for item in by_evidence(ctx)[:MOST]]
    whole = [each for each in ctx.indicators if is_whole_tree(ctx, each) and each not in listed]
    blocks: list[Block] = []
    for indicator in (*whole, *listed):
        if indicator.unit.adds and indicator.unit is not Unit.MONEY:
            blocks += _of(ctx, indicator)
    if not blocks:
        return None
    lead = Paragraph(text(_LEAD))
    return Section(MADE_OF, "What made the changes", (lead, *blocks), kind="appendix")


def _of(ctx: PackContext, indicator: Indicator) -> list[Block]:
    ask = partial(ctx.figure, indicator)
    twelve = f"12 months to {ctx.month.name}"
    splits = []
    if not ctx.counted_apart(indicator, ask("ytd")):
        splits.append(("year to date, by month", by_months(ask, ctx.month)))
    if not ctx.counted_apart(indicator, ask("rolling12")):
        splits.append((f"{twelve}, by part", by_parts(ask, ctx.catalogue, indicator.series)))
        splits.append((f"{twelve}, by area", _by_area(ctx, indicator)))
    blocks: list[Block] = []
    for said, found in splits:
        if len(found.parts) > 1:
            blocks.append(_picture_and_table(ctx, indicator, said, found))
    return [Heading(2, f"Change in {words.within(indicator.title)}"), *blocks] if blocks else []


def _by_area(ctx: PackContext, indicator: Indicator) -> Driven:
    """The largest group of which the areas' own counts are held; never in the public edition."""
    source = ctx.figure(indicator, "rolling12").source
    groups = () if ctx.edition == "public" else indicator.peer_groups
    named = [ctx.service.peers(indicator.id, group, ctx.month) for group in groups]
    areas = [(code, name) for code, name, _ in max(named, key=len, default=[])]

    def ask_of(code: str, measure: str) -> Figure:
        return ctx.service.figure(indicator.id, measure, code, ctx.month, "", source)

    return by_areas(areas, ask_of, source)


def _picture_and_table(ctx: PackContext, indicator: Indicator, said: str, found: Driven) -> Columns:
    name = f"{MADE_OF}-{indicator.id}-{found.by.value}"
    parts: Sequence[Contribution] = found.parts
    if found.by is not By.MONTHS:
        parts = shortened(parts, MOST_LINES, ctx.partnership.short_name)
    ends = ("the year before", found.before), ("now", found.now)
    by_name = found.by is By.AREAS
    chart = waterfall_chart(name, "", ends[0], parts, ends[1], indicator.unit.value, by_name)
    table = _table(f"{name}-lines", f"{indicator.title}, {said}", found, parts)
    return Columns(((chart,), (table,)), BESIDE)


def _table(name: str, caption: str, found: Driven, parts: Sequence[Contribution]) -> Table:
    whole = Contribution("All", found.before, found.now, None)
    rows = [_row(part) for part in parts] + [_row(whole, "total")]
    numbers = (Column(each, numeric=True) for each in ("Before", "Now", "Change"))
    return Table(name, caption, (Column("Part"), *numbers), tuple(rows), compact=True)


def _row(part: Contribution, kind: str = "body") -> Row:
    numbers = [Cell(words.number(each), value=each) for each in (part.before, part.now)]
    change = Cell(words.signed(part.change), value=part.change)
    return Row((Cell(part.name), *numbers, change), kind)
