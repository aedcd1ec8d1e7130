"""The summary table as the data book has it: a kind of number a column, ranks as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.domain.peers import PeerGroup
from callover.domain.periods import PeriodKind
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Cell, Column, Row, Table
from callover.report.build.comparisons import compared
from callover.report.build.context import PackContext
from callover.report.build.data_book import (
    COUNT,
    PERCENT,
    RANK,
    SIGNED,
    SIGNED_PERCENT,
    Measure,
    number,
    rank_heading,
    split,
    unit_cell,
)

_MEASURES = (
    Measure("Latest, number", COUNT),
    Measure("Latest, %", PERCENT),
    Measure("Change on the period a year before, number", SIGNED),
    Measure("Change on the period a year before, %", SIGNED_PERCENT),
    Measure("Change on the period before, percentage points", SIGNED_PERCENT),
)


def summary_book(
    ctx: PackContext, printed: Table, shown: Sequence[tuple[Indicator, Figure]]
) -> Table:
    """``printed`` with its figures taken apart; ``shown`` are its body rows, in order."""
    groups = _groups(ctx, [indicator for indicator, _ in shown])
    number_column, name, strategic, rating, evidence, *_ = printed.columns
    columns = (
        *(number_column, name, strategic, rating, evidence, Column("Period"), Column("Unit")),
        *(measure.column for measure in _MEASURES),
        *(_rank_column(group) for group in groups),
    )
    coming, rows = iter(shown), []
    for row in printed.rows:
        if row.kind == "group":
            rows.append(row)
            continue
        indicator, figure = next(coming)
        _, title, *judged = row.cells[:5]  # strategic groups, rating, evidence
        opening = (Cell(str(indicator.number)), replace(title, anchor=""), *judged)
        rows.append(Row((*opening, *_figures(ctx, indicator, figure, groups))))
    return replace(printed, columns=columns, rows=tuple(rows), row_headers=2)


def _figures(
    ctx: PackContext, indicator: Indicator, figure: Figure, groups: Sequence[PeerGroup]
) -> list[Cell]:
    """Period, unit, latest value, changes and ranks of an indicator."""
    reason = words.no_value(figure)
    return [
        Cell(_period(figure)),
        unit_cell(indicator),
        *split(figure.value, indicator.unit, reason),
        *_changes(ctx, indicator, figure),
        *(_rank(ctx, indicator, group) for group in groups),
    ]


def _period(figure: Figure) -> str:
    """Which months or day the latest value is about."""
    kind = {"rolling12": PeriodKind.ROLLING12, "month": PeriodKind.MONTH}.get(figure.measure)
    if figure.value is None:
        return "not applicable"
    if kind is not None:
        return words.capitalised(words.period_to(kind, figure.month))
    if figure.measure == "ytd":
        return f"Year to date to {figure.month.name}"
    return f"Latest known, {figure.month.name}"


def _changes(ctx: PackContext, indicator: Indicator, figure: Figure) -> tuple[Cell, Cell, Cell]:
    """In numbers, in per cent, in percentage points; each where it has a meaning."""
    if figure.known and ctx.counted_apart(indicator, figure):
        return number(None), number(None), number(None)
    change = ctx.figure(indicator, f"{figure.measure}_change", figure.month)
    reason = "not available" if figure.value is not None else "not applicable"
    if indicator.unit is Unit.PERCENTAGE:
        return number(None), number(None), number(change.value, reason)
    share = None
    if figure.measure != "level":
        share = ctx.value(indicator, f"{figure.measure}_change_pct", month=figure.month)
    return number(change.value, reason), number(share, reason), number(None)


def _groups(ctx: PackContext, indicators: Sequence[Indicator]) -> list[PeerGroup]:
    """The peer groups that any of the indicators has a rank in."""
    found: dict[str, PeerGroup] = {}
    for indicator in indicators:
        for group in ctx.groups_of(indicator):
            if compared(ctx, indicator, "rank", group).known:
                found.setdefault(group.id, group)
    return list(found.values())


def _rank_column(group: PeerGroup) -> Column:
    return Measure(rank_heading(group), RANK).column


def _rank(ctx: PackContext, indicator: Indicator, group: PeerGroup) -> Cell:
    """The rank where the indicator is compared in the group at all."""
    if group.id not in indicator.peer_groups:
        return number(None)
    return number(compared(ctx, indicator, "rank", group).value, "not available")
