"""The chair's brief: one page, at most five items, each with the decision asked."""

from __future__ import annotations

from dataclasses import dataclass

from callover.domain.indicators import Indicator
from callover.domain.ratings import Rating
from callover.report import words
from callover.report.blocks import (
    Block,
    BulletList,
    Chips,
    Heading,
    Paragraph,
    Section,
    Span,
    Text,
    text,
)
from callover.report.build.attention import chosen
from callover.report.build.chips import rating_chip
from callover.report.build.context import PackContext
from callover.report.build.sentences import headline
from callover.report.build.summary import headline_figure

MOST = 5


@dataclass(frozen=True, slots=True)
class Item:
    """What changed, why it is listed, what the board is asked to decide."""

    title: str
    changed: Text
    why: str
    decision: str
    rating: Rating | None = None
    anchor: str = ""


def chairs_brief(ctx: PackContext) -> Section:
    """At most five items: what is red, then what is missing, then what is to be noted."""
    items = _items(ctx)
    blocks: list[Block] = []
    if not items:
        blocks.append(Paragraph(text("Nothing in this report asks for a decision.")))
    for place, item in enumerate(items, 1):
        blocks.extend(_item_blocks(place, item))
    return Section("brief", "Chair's brief", tuple(blocks), kind="front")


def _items(ctx: PackContext) -> list[Item]:
    red = [_red_item(ctx, entry.indicator, entry.why) for entry in chosen(ctx)["improvement"]]
    missing = _missing_item(ctx)
    if missing is None:
        return red[:MOST]
    return [*red[: MOST - 1], missing]


def _red_item(ctx: PackContext, indicator: Indicator, why: str) -> Item:
    written = ctx.commentary.get(indicator.id)
    lead = indicator.portfolio or "the portfolio lead"
    decision = (
        written.ask
        if written and written.ask
        else f"Agree whether {lead} brings a plan to the next meeting."
    )
    return Item(
        indicator.title,
        headline(ctx, indicator),
        f"Listed because: {why}",
        decision,
        ctx.rating(indicator).shown,
        ctx.page_title(indicator),
    )


def _missing_item(ctx: PackContext) -> Item | None:
    """Indicators that should have data and have none, by the source that owes it."""
    owed: dict[str, list[str]] = {}
    for indicator in ctx.indicators:
        if ctx.has_data(indicator) or not ctx.has_history(indicator):
            continue
        source = (*indicator.change_sources, *indicator.rate_sources)[0]
        owed.setdefault(ctx.catalogue.sources[source].owner, []).append(indicator.title)
    if not owed:
        return None
    said = "; ".join(
        f"{words.capitalised(owner)} owes {words.joined([words.within(title) for title in titles])}"
        for owner, titles in sorted(owed.items())
    )
    return Item(
        "Figures that did not come",
        text(f"{said}."),
        "Listed because: an indicator without data is never green, and cannot be judged.",
        "Ask the member for each agency to say when the figures will come.",
        Rating.NO_DATA,
    )


def _item_blocks(place: int, item: Item) -> list[Block]:
    blocks: list[Block] = [Heading(2, f"{place}. {item.title}", anchor=f"brief-{place}")]
    if item.rating is not None:
        blocks.append(Chips((rating_chip(item.rating),)))
    blocks.append(Paragraph(item.changed))
    details: list[Text] = [
        text(item.why),
        (Span("Decision asked: ", strong=True), Span(item.decision)),
    ]
    if item.anchor:
        details.append(
            (Span("More: ", anchor=item.anchor), Span(page_of=item.anchor, anchor=item.anchor))
        )
    blocks.append(BulletList(tuple(details)))
    return blocks


def executive_summary(ctx: PackContext) -> Section:
    """Good performance and areas for improvement, each in one computed sentence (REP-03)."""
    lists = chosen(ctx)
    blocks: list[Block] = []
    for name, title in (("success", "Good performance"), ("improvement", "Areas for improvement")):
        entries = [e for e in lists[name] if headline_figure(ctx, e.indicator).known]
        if entries:
            blocks.append(Heading(2, title, anchor=f"summary-{name}"))
            blocks.append(BulletList(tuple(_line(ctx, e.indicator) for e in entries)))
    if not blocks:
        blocks.append(Paragraph(text("No indicator is red or green on its own rule this month.")))
    blocks.extend(_baseline(ctx))
    return Section("executive-summary", "Executive summary", tuple(blocks), new_page=False)


def _line(ctx: PackContext, indicator: Indicator) -> Text:
    anchor = ctx.page_title(indicator)
    return (
        Span(indicator.title, strong=True, anchor=anchor),
        Span(": "),
        *headline(ctx, indicator),
    )


def _baseline(ctx: PackContext) -> list[Block]:
    """Sums that are watched against a fixed year, such as the MOPAC 7."""
    blocks: list[Block] = []
    for name, head in ctx.catalogue.headlines.items():
        now = ctx.figure(name, "rolling12")
        change = ctx.figure(name, "baseline_change_pct")
        if now.value is None or change.value is None or head.baseline_year is None:
            continue
        blocks.append(
            Paragraph(
                (
                    Span(head.title, strong=True),
                    Span(f": {words.counted(now.value, head.unit)} in twelve months, "),
                    Span(words.up_or_down(change.value), figure=change.key),
                    Span(f" on {head.baseline_year}."),
                )
            )
        )
    return blocks
