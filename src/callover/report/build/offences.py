"""Appendix: the breakdown of all offences by group and type (REP-08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callover.domain.figures import Figure
from callover.domain.indicators import Indicator, OffenceType, SeriesKind
from callover.report import words
from callover.report.blocks import (
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
    text,
)
from callover.report.build.context import PackContext
from callover.report.build.offence_sums import addition

UNLIKE = "a"
"""Note letter of changes between years that were not counted alike."""


def offence_breakdown(ctx: PackContext, total: str) -> Section | None:
    """Rolling twelve months, share, the year before, change; None where no type is known.

    ``total`` is the indicator whose series and source the breakdown explains.
    """
    source = _source(ctx, total)
    rows = list(_rows(ctx, total, source))
    if not any(cell.value is not None for row in rows for cell in row.cells):
        return None
    before = (ctx.month - 12).name
    columns = (
        Column("Offence", width=4),
        Column(f"12 months to {ctx.month.name}", True, 1.7, "#,##0"),
        Column("Share of all, %", True, 1.1, "0.0"),
        Column(f"12 months to {before}", True, 1.7, "#,##0"),
        Column("Change", True, 1.1, "+#,##0;-#,##0;0"),
        Column("Change, %", True, 1.1, "+0.0;-0.0;0.0"),
    )
    table = Table(
        id="offences",
        caption=f"Offences by type, 12 months to {ctx.month.name}, {ctx.source_title(source)}",
        columns=columns,
        rows=tuple(rows),
        notes=(
            text(f"A per cent of a number below {words.LEAST_BASE} says little: read the number."),
            text("n/a: the year before is 0 or not known, so there is no per cent."),
            *_unlike(ctx, total, source, rows),
            *_differences(ctx, total),
        ),
        sheet="Offence breakdown",
        compact=True,
    )
    periods = {place: words.within(columns[place].heading) for place in (1, 3)}
    blocks: tuple[Block, ...] = (
        Paragraph(text(addition(rows, periods))),
        table,
    )
    return Section("offences", "Offence breakdown", blocks, kind="appendix", level=2)


def is_whole_tree(ctx: PackContext, indicator: Indicator) -> bool:
    """Whether the indicator is the sum of all groups of the offence tree."""
    series = ctx.catalogue.series[indicator.series]
    groups = {node.series for node in ctx.catalogue.offences if not node.parent}
    return series.kind is SeriesKind.SUM and bool(groups) and set(series.parts) <= groups


def _source(ctx: PackContext, total: str) -> str:
    """Where the total comes from; where it is not known, the first that gave any of its types."""
    whole, indicator = ctx.figure(total, "rolling12"), ctx.catalogue.indicators[total]
    if whole.known:
        return whole.source
    gave = (source for source in indicator.change_sources if ctx.gave(source, indicator))
    return next(gave, whole.source)


def _rows(ctx: PackContext, total: str, source: str) -> list[Row]:
    groups = [node for node in ctx.catalogue.offences if not node.parent]
    rows: list[Row] = []
    for group in groups:
        types = [node for node in ctx.catalogue.offences if node.parent == group.series]
        lines = [_row(ctx, total, node, source, "body") for node in types]
        rows.append(_row(ctx, total, group, source, "subtotal"))
        rows.extend(lines)
    whole = OffenceType(ctx.catalogue.indicators[total].series, "All offences")
    rows.append(_row(ctx, total, whole, source, "total"))
    return rows


def _row(ctx: PackContext, total: str, node: OffenceType, source: str, kind: str) -> Row:
    def ask(measure: str) -> Figure:
        return ctx.figure(total, measure, series=node.series, source=source)

    now, before = ask("rolling12"), ask("rolling12_previous")
    change, share = ask("rolling12_change"), ask("rolling12_change_pct")
    part = ask("share")
    mark = UNLIKE if change.known and ctx.line_counted_apart(now) else ""
    strong = kind != "body"
    cells = (
        Cell(node.title, strong=strong),
        _number(now),
        _percent(part),
        _number(before),
        replace(_signed(change), mark=mark),
        Cell(words.signed_percent(share.value), value=share.value, figure=share.key, mark=mark)
        if share.value is not None
        else Cell("n/a" if now.known else ""),
    )
    return Row(cells, kind=kind)


def _unlike(ctx: PackContext, total: str, source: str, rows: Sequence[Row]) -> tuple[Text, ...]:
    """What the letter means: which day lies between the two years, and what was changed then."""
    if not any(cell.mark == UNLIKE for row in rows for cell in row.cells):
        return ()
    figures = (
        ctx.figure(total, "rolling12", series=node.series, source=source)
        for node in ctx.catalogue.offences
    )
    changed = {each.said for one in figures if (each := ctx.line_counted_apart(one))}
    when = words.joined(sorted(changed))
    return (text(f"{UNLIKE}: counting changed on {when}: the two years are not alike."),)


def _number(figure: Figure) -> Cell:
    if figure.value is None:
        return Cell(words.no_value(figure))
    return Cell(words.number(figure.value), value=figure.value, figure=figure.key)


def _percent(figure: Figure) -> Cell:
    if figure.value is None:
        return Cell("")
    printed = words.percent(figure.value)
    if 0 < figure.value < 0.5:  # a share that is not nothing does not print as nothing
        least = figure.value < 0.05
        printed = f"<{words.percent(0.1, 1)}" if least else words.percent(figure.value, 1)
    return Cell(printed, value=figure.value, figure=figure.key)


def _signed(figure: Figure) -> Cell:
    if figure.value is None:
        return Cell("")
    return Cell(words.signed(figure.value), value=figure.value, figure=figure.key)


def _differences(ctx: PackContext, total: str) -> tuple[Text, ...]:
    """Where the rate is made from another source's count, both stand here with their names."""
    indicator = ctx.catalogue.indicators[total]
    change = ctx.figure(indicator, "rolling12")
    for source in indicator.rate_sources:
        other = ctx.figure(indicator, "rolling12", source=source)
        if other.value is None or change.value is None or source == change.source:
            continue
        gap = change.value - other.value
        said = (
            f"{ctx.source_title(change.source)} counts {words.number(change.value)}; "
            f"{ctx.source_title(source)}, used for rate and rank, counts "
            f"{words.number(other.value)} ({words.signed(-gap)}). "
            "The two are taken at different times and are never mixed."
        )
        return (text(Span("Two sources. ", strong=True), said),)
    return ()
