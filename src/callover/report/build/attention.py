"""Which indicators deserve the board's time: chosen by rule, edited by the analyst."""

from __future__ import annotations

import math
from dataclasses import dataclass

from callover.domain.indicators import Indicator
from callover.domain.ratings import Direction, Rating
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Block, Chips, Heading, Paragraph, Section, Span, text
from callover.report.build.chips import result_chips
from callover.report.build.context import PackContext
from callover.report.build.sentences import benchmark, headline, overview
from callover.report.build.summary import headline_figure
from callover.report.build.tokens import resolver
from callover.report.commentary import blocks_of

SECTIONS = ("improvement", "success", "monitoring")


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator in one of the three sections, and why it is there."""

    indicator: Indicator
    why: str
    weight: float


def weight_of_change(ctx: PackContext, indicator: Indicator) -> float:
    """How much an indicator moved, so that unlike sizes compare.

    Counts: difference over the square root of the two counts' sum, the usual measure for two
    Poisson counts. Percentages: points over 10. Negative is a fall. 0 where nothing is known.
    """
    figure = headline_figure(ctx, indicator)
    change = ctx.value(indicator, f"{figure.measure}_change") if figure.known else None
    if change is None or figure.value is None:
        return 0.0
    if indicator.unit is Unit.PERCENTAGE:
        return change / 10
    both = 2 * figure.value - change
    return change / math.sqrt(both) if both > 0 else 0.0


def chosen(ctx: PackContext) -> dict[str, list[Chosen]]:
    """The three lists: red for improvement, green for success, watched or amber for monitoring.

    The analyst's ``selection.yaml`` adds (with a reason) and removes.
    """
    lists: dict[str, list[Chosen]] = {name: [] for name in SECTIONS}
    for indicator in ctx.indicators:
        place = _section_by_rule(ctx, indicator)
        if place is not None:
            why = ctx.rating(indicator).reason
            lists[place].append(Chosen(indicator, why, abs(weight_of_change(ctx, indicator))))
    for name in SECTIONS:
        lists[name].sort(key=lambda item: (-item.weight, item.indicator.number))
        _edit(ctx, name, lists[name])
    return lists


def _section_by_rule(ctx: PackContext, indicator: Indicator) -> str | None:
    result = ctx.rating(indicator)
    if result.shown is Rating.NO_DATA:
        return None
    if indicator.direction_in(ctx.month) is Direction.MONITOR or result.shown is Rating.AMBER:
        return "monitoring"
    return {Rating.RED: "improvement", Rating.GREEN: "success"}.get(result.shown)


def _edit(ctx: PackContext, name: str, items: list[Chosen]) -> None:
    """Apply the analyst's changes to one list, in place."""
    edits = ctx.selection.get(name, {})
    for indicator_id, reason in edits.items():
        items[:] = [item for item in items if item.indicator.id != indicator_id]
        if reason.startswith("add:"):
            indicator = ctx.catalogue.indicators[indicator_id]
            items.append(Chosen(indicator, reason.removeprefix("add:").strip(), 0.0))


TITLES = {
    "improvement": "Areas for improvement",
    "success": "Areas of particular success",
    "monitoring": "Indicators for monitoring",
}
_LEAD = {
    "improvement": "Red on their own rule, the largest change first.",
    "success": "Green on their own rule, the largest change first.",
    "monitoring": "Amber, or watched without a rating because more reports can be good news.",
}


def sections(ctx: PackContext) -> list[Section]:
    """Areas for improvement, of success, for monitoring (REP-05 to REP-07)."""
    lists = chosen(ctx)
    return [_section(ctx, name, lists[name]) for name in SECTIONS if lists[name]]


def _section(ctx: PackContext, name: str, items: list[Chosen]) -> Section:
    blocks: list[Block] = [Paragraph(text(_LEAD[name]), style="quiet")]
    for item in items:
        blocks.extend(_item(ctx, item, full=name == "improvement"))
    return Section(name, TITLES[name], tuple(blocks), new_page=name == "improvement")


def _item(ctx: PackContext, item: Chosen, full: bool) -> list[Block]:
    indicator = item.indicator
    blocks: list[Block] = [
        Heading(2, indicator.title, anchor=f"{indicator.id}-in-brief"),
        Chips(result_chips(ctx.rating(indicator))),
        Paragraph(headline(ctx, indicator)),
    ]
    if full:
        blocks.extend(Paragraph(sentence) for sentence in overview(ctx, indicator))
        blocks.append(Paragraph(benchmark(ctx, indicator)))
        blocks.extend(analyst_blocks(ctx, indicator))
    anchor = ctx.page_title(indicator)
    blocks.append(
        Paragraph(
            (Span("The whole picture: ", anchor=anchor), Span(page_of=anchor, anchor=anchor)),
            style="small",
        )
    )
    return blocks


def analyst_blocks(ctx: PackContext, indicator: Indicator) -> tuple[Block, ...]:
    """The analyst's own words, marked as theirs; nothing where none were written."""
    written = ctx.commentary.get(indicator.id)
    if written is None or not written.body:
        return ()
    resolve = resolver(ctx, indicator)
    label = "The analyst"
    if written.updated is not None:
        label += f", {words.day(written.updated)}"
    return (
        Paragraph((Span(label, strong=True),), style="small"),
        *blocks_of(written.body, indicator.id, resolve),
    )
