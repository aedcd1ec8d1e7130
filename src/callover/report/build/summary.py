"""The overall summary table: one row an indicator, in its groups (REP-04)."""

from __future__ import annotations

from dataclasses import replace

from callover.domain.disclosure import is_printed
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import (
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    text,
)
from callover.report.build.chips import change_chip, rating_chip, verdict_cell
from callover.report.build.comparisons import compared
from callover.report.build.context import PackContext
from callover.report.build.sentences import kind_of
from callover.report.build.summary_book import summary_book


def summary(ctx: PackContext) -> Section:
    """Number, name, strategic groups, rating, change, ranks, page."""
    blocks: tuple[Block, ...] = (
        Paragraph(
            text(
                "The change compares the latest twelve months with the twelve before; for a "
                "percentage it is in percentage points. The rating says whether the target is met, "
                "the evidence whether the figure moved more than chance."
            )
        ),
        _table(ctx),
    )
    return Section("summary", "Overall performance summary", blocks)


def _table(ctx: PackContext) -> Table:
    columns = (
        Column("No.", numeric=True, width=0.6),
        Column("Indicator", width=3.3),
        Column("Strategic groups", width=1.75),
        Column("Rating", width=2),
        Column("Evidence", width=2.15),
        Column("Latest", numeric=True, width=1.25),
        Column("Change", width=1.9),
        Column("Rank", width=2.8),
        Column("Page", numeric=True, width=0.7),
    )
    rows: list[Row] = []
    shown: list[tuple[Indicator, Figure]] = []
    for group, title in ctx.catalogue.groups:
        members = [i for i in ctx.indicators if i.group == group]
        if members:
            rows.append(Row((Cell(title),), kind="group"))
        rows.extend(_row(ctx, indicator) for indicator in members)
        shown.extend((indicator, headline_figure(ctx, indicator)) for indicator in members)
    table = Table(
        id="summary",
        caption=f"All indicators at {ctx.month.name}",
        columns=columns,
        rows=tuple(rows),
        notes=_notes(ctx),
        row_headers=2,
        sheet="Summary",
    )
    return replace(table, book=summary_book(ctx, table, shown))


def _row(ctx: PackContext, indicator: Indicator) -> Row:
    result = ctx.rating(indicator)
    latest, change = latest_cell(ctx, indicator), change_cell(ctx, indicator)
    anchor = ctx.page_title(indicator)
    return Row(
        (
            Cell(str(indicator.number)),
            Cell(
                indicator.title + (" (new)" if indicator.is_new(ctx.month) else ""), anchor=anchor
            ),
            Cell(_strategic(ctx, indicator)),
            Cell(result.shown.words, chip=rating_chip(result.shown)),
            verdict_cell(ctx, indicator),
            latest,
            change,
            Cell(rank_text(ctx, indicator)),
            Cell(page_of=anchor, anchor=anchor),
        )
    )


def _strategic(ctx: PackContext, indicator: Indicator) -> str:
    """The strategic groups that lead, by name; a set of all of them in two words."""
    names = [title for key, title in ctx.catalogue.strategic_groups
             if key in indicator.strategic_groups]  # fmt: skip
    if len(names) == len(ctx.catalogue.strategic_groups) > 1:
        return "All of them"
    return ", ".join(names)


def headline_figure(ctx: PackContext, indicator: Indicator) -> Figure:
    """The figure that stands for the indicator in a table: rolling 12, else year to date, level."""
    kind = kind_of(ctx, indicator)
    order = {
        SeriesKind.RATIO: ("ytd", "rolling12"),
        SeriesKind.WINDOW: ("level",),
        SeriesKind.SNAPSHOT: ("level",),
    }.get(kind, ("rolling12", "ytd", "month"))
    figures = [ctx.figure(indicator, measure) for measure in order]
    known = next((figure for figure in figures if figure.known), None)
    return known or ctx.latest_twelve(indicator) or figures[0]


def latest_cell(ctx: PackContext, indicator: Indicator) -> Cell:
    """The latest headline figure, or in words why there is none."""
    figure = headline_figure(ctx, indicator)
    if figure.value is None:
        return Cell(words.capitalised(words.no_value(figure)))
    if indicator.unit is Unit.PERCENTAGE:
        printed = words.percent(figure.value, indicator.decimals)
    else:
        printed = words.number(figure.value)
    return Cell(printed, value=figure.value, figure=figure.key)


def change_cell(ctx: PackContext, indicator: Indicator) -> Cell:
    """The change of the headline figure: per cent with number, or points for a percentage."""
    figure = headline_figure(ctx, indicator)
    if figure.value is None:
        return Cell("Withheld" if is_printed(figure.reason) else "Not known")
    change = ctx.figure(indicator, f"{figure.measure}_change", figure.month)
    if is_printed(change.reason):
        return Cell("Withheld")
    if change.value is None:
        return Cell("New" if indicator.is_new(ctx.month) else "Not known")
    if ctx.counted_apart(indicator, figure):
        return Cell("Not alike")
    if indicator.unit is Unit.PERCENTAGE:
        printed = f"{words.signed(change.value, 1)} points"
        return Cell(printed, change.value, change_chip(change.value), change.key)
    share = None
    if figure.measure != "level":
        share = ctx.value(indicator, f"{figure.measure}_change_pct", month=figure.month)
    printed = words.difference(change.value, share)
    return Cell(printed, change.value, change_chip(change.value), change.key)


def rank_text(ctx: PackContext, indicator: Indicator) -> str:
    """Ranks in the indicator's groups: ``12th lowest of 15 similar, 21st lowest of 32 Met``.

    One of an earlier month says which.
    """
    said = []
    for group in ctx.groups_of(indicator):
        rank = compared(ctx, indicator, "rank", group)
        if rank.value is not None:
            place = words.rank(rank.value, rank.of or group.size or None, group.rank_order)
            older = f" ({rank.month.short_name})" if rank.month < ctx.month else ""
            said.append(f"{place} {group.short_title}{older}")
    return ", ".join(said) or "Not compared"


def _rated_apart(ctx: PackContext, indicator: Indicator) -> list[Text]:
    """That the colour rests on another stretch than the figure in the row: a percentage of the year
    to date beside one of twelve months."""
    shown = headline_figure(ctx, indicator)
    basis = ctx.service.rating_basis(indicator.id, ctx.partnership.area, ctx.month)
    if basis is None or basis.value is None or indicator.unit is not Unit.PERCENTAGE:
        return []
    if (shown.measure, basis.measure) != ("ytd", "rolling12") or basis.value == shown.value:
        return []
    figure = ctx.figure(indicator, basis.measure, basis.month, source=basis.source)
    printed = words.percent(figure.value or 0.0, indicator.decimals)
    said = f"the figure is the year to date's, the colour rests on {printed} in twelve months."
    return [text(f"{indicator.title}: {said}")]


def _notes(ctx: PackContext) -> tuple[Text, ...]:
    """Where the shown colour is a person's, and where the latest figure is an older one."""
    notes: list[Text] = []
    older: list[str] = []
    unlike: list[str] = []
    for indicator in ctx.indicators:
        notes += _rated_apart(ctx, indicator)
        result = ctx.rating(indicator)
        figure = headline_figure(ctx, indicator)
        if figure.known and figure.measure != "level" and figure.month < ctx.month:
            older.append(f"{words.within(indicator.title)} ({figure.month.name})")
        changed = ctx.counted_apart(indicator, figure)
        if changed is not None and figure.known:
            unlike.append(f"{words.within(indicator.title)} from {changed.said}")
        if result.override is not None:
            signed = result.override
            notes.append(
                text(
                    f"{indicator.title}: {signed.rating.words} set by {signed.signed_by} on "
                    f"{words.day(signed.on)}, computed {result.computed.words}. {signed.reason}"
                )
            )
    if unlike:
        notes.append(
            text(f"Not alike: counting changed between the two years: {words.joined(unlike)}.")
        )
    if older:
        notes.append(text(f"Latest figure before {ctx.month.name}: {words.joined(older)}."))
    return tuple(notes)
