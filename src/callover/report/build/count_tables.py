"""Counts by month behind an indicator, such as calls by code, with their sums (ANA-03, ANA-04)."""

from __future__ import annotations

from callover.domain.indicators import CountTable, Indicator
from callover.domain.periods import Month
from callover.report import words
from callover.report.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
    text,
)
from callover.report.build.context import PackContext

ANCHOR = "count-tables"


def count_tables(ctx: PackContext) -> Section | None:
    """All such tables of the report's indicators; None where no source gave any."""
    held = [table for table in ctx.catalogue.count_tables.values() if _months(ctx, table)]
    shown = {indicator.id for indicator in ctx.indicators}
    blocks: list[Block] = []
    for table in held:
        if table.indicator in shown:
            blocks += _blocks(ctx, table)
    if not blocks:
        return None
    return Section(ANCHOR, "Counts behind the indicators", tuple(blocks), kind="appendix")


def pointer(ctx: PackContext, indicator: Indicator) -> list[Text]:
    """For the indicator's page: the sum with its parts, largest first, and where the table is."""
    for table in ctx.catalogue.count_tables.values():
        months = _months(ctx, table)
        if table.indicator != indicator.id or not months:
            continue
        parts = [(sum(_values(ctx, table, name, months)), name) for name in table.rows]
        parts.sort(key=lambda part: (-part[0], part[1]))
        listed = [f"{words.number(v)} {ctx.catalogue.series[n].title.lower()}" for v, n in parts]
        total = words.number(sum(value for value, _ in parts))
        said = f"{table.title}, {words.months(months[0], months[-1])}: {total}, of them "
        return [
            (
                Span(f"{said}{words.joined(listed)} ("),
                Span(page_of=ANCHOR, anchor=ANCHOR),
                Span(")."),
            )
        ]
    return []


def _blocks(ctx: PackContext, table: CountTable) -> list[Block]:
    title = ctx.catalogue.indicators[table.indicator].title
    months = _months(ctx, table)
    about = f"Behind {words.within(title)}. From {ctx.source_title(table.source)}. {table.note}"
    return [
        Heading(2, table.title, anchor=table.id),
        Paragraph(text(about.strip())),
        Table(
            id=table.id,
            caption=f"{table.title}, {words.months(months[0], months[-1])}",
            columns=(
                Column("Code", width=3.4),
                *(Column(month.short_name, numeric=True) for month in months),
                Column("All", numeric=True),
            ),
            rows=(
                *(_row(ctx, table, name, months) for name in table.rows),
                _row(ctx, table, table.total, months, "All of these"),
            ),
            sheet=table.title,
        ),
    ]


def _months(ctx: PackContext, table: CountTable) -> list[Month]:
    """Those of the latest twelve months for which every line of the table is known."""
    latest = [ctx.month - back for back in range(11, -1, -1)]
    return [m for m in latest if _figure_known(ctx, table, m)]


def _figure_known(ctx: PackContext, table: CountTable, month: Month) -> bool:
    return ctx.figure(table.indicator, "month", month, "", table.source, table.total).known


def _values(ctx: PackContext, table: CountTable, series: str, months: list[Month]) -> list[float]:
    """The counts of the months shown, which are all known."""
    asked = [ctx.figure(table.indicator, "month", m, "", table.source, series) for m in months]
    return [figure.value for figure in asked if figure.value is not None]


def _row(
    ctx: PackContext, table: CountTable, series: str, months: list[Month], title: str = ""
) -> Row:
    """A line with its sum over the months shown; the last line is the sum of the others."""
    cells = [Cell(title or ctx.catalogue.series[series].title)]
    for month in months:
        figure = ctx.figure(table.indicator, "month", month, "", table.source, series)
        value = figure.value or 0.0
        cells.append(Cell(words.number(value), value=figure.value, figure=figure.key))
    whole = sum(_values(ctx, table, series, months))
    cells.append(Cell(words.number(whole), value=whole, strong=True))
    return Row(tuple(cells), kind="total" if title else "body")
