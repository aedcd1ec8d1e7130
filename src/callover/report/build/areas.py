"""Areas for improvement, of success and for monitoring (REP-05 to REP-07)."""

from __future__ import annotations

from itertools import chain

from callover.domain.indicators import Indicator
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
from callover.report.build.attention import Chosen, chosen
from callover.report.build.chips import rating_chip
from callover.report.build.comparisons import benchmark
from callover.report.build.context import PackContext
from callover.report.build.contradicted import spaced_warning
from callover.report.build.sentences import headline, overview
from callover.report.build.tokens import resolver
from callover.report.build.written import action_words
from callover.report.commentary import blocks_of
from callover.report.selection import SECTIONS

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
    """The three lists, each under its title; an empty one is left out."""
    lists = chosen(ctx)
    return [_section(ctx, name, lists[name]) for name in SECTIONS if lists[name]]


def _section(ctx: PackContext, name: str, items: list[Chosen]) -> Section:
    lead = _LEAD[name] + (" What the analyst added stands first." if items[0].added else "")
    blocks: list[Block] = [Paragraph(text(lead), style="quiet")]
    for item in items:
        blocks.extend(_full(ctx, item) if name == "improvement" else _short(ctx, item))
    blocks.extend(_removed(ctx, name))
    return Section(name, TITLES[name], tuple(blocks), new_page=False)


def _short(ctx: PackContext, item: Chosen) -> list[Block]:
    """Title, colour and the one sentence, with the way to the whole page."""
    spans = (*headline(ctx, item.indicator), *spaced_warning(ctx, item.indicator))
    return [*_title(ctx, item), _sentence(spans, ctx, item.indicator)]


def _full(ctx: PackContext, item: Chosen) -> list[Block]:
    """Figure, findings, what the analyst makes of it, what is being done."""
    indicator = item.indicator
    happened = chain.from_iterable((*sentence, Span(" ")) for sentence in overview(ctx, indicator))
    return [
        *_title(ctx, item),
        Paragraph((*headline(ctx, indicator), *spaced_warning(ctx, indicator))),
        _sentence((*happened, *benchmark(ctx, indicator)), ctx, indicator),
        *_story(ctx, indicator),
    ]


def _title(ctx: PackContext, item: Chosen) -> list[Block]:
    indicator = item.indicator
    blocks: list[Block] = [
        Heading(2, indicator.title, anchor=f"{indicator.id}-in-brief"),
        Chips((rating_chip(ctx.rating(indicator).shown),)),
    ]
    if item.added:
        blocks.append(Paragraph(text(f"Added by the analyst: {_ended(item.added)}"), style="small"))
    return blocks


def _sentence(spans: Text, ctx: PackContext, indicator: Indicator) -> Paragraph:
    anchor = ctx.page_title(indicator)
    way = Span("More on ", page_of=anchor, anchor=anchor)
    return Paragraph((*_trimmed(spans), Span(" "), way, Span(".")))


def _trimmed(spans: Text) -> Text:
    """Without the spaces at the end, which the next sentence brings itself."""
    if not spans:
        return spans
    last = spans[-1]
    bare = last.text.rstrip()
    kept = spans[:-1]
    if not bare and not last.page_of:
        return _trimmed(kept)
    return (*kept, Span(bare, last.strong, last.emphasis, last.anchor, last.href, last.page_of,
                        last.figure))  # fmt: skip


def _story(ctx: PackContext, indicator: Indicator) -> list[Block]:
    """The first paragraph of the analyst's words, the rest is on the page, and the actions."""
    written = ctx.commentary.get(indicator.id)
    if written is None:
        return []
    blocks: list[Block] = []
    if written.body:
        whole = blocks_of(written.body, indicator.id, resolver(ctx, indicator))
        blocks.extend(whole[:1])
    if written.actions:
        actions = tuple(action_words(ctx, indicator, action) for action in written.actions)
        blocks.append(BulletList(actions))
    return blocks


def _removed(ctx: PackContext, name: str) -> list[Block]:
    """What the rule chose and the analyst left out is said, with the reason."""
    edits = ctx.selection.get(name)
    reported = {indicator.id: indicator.title for indicator in ctx.indicators}
    said = [
        f"{reported[each]} ({reason.rstrip('.')})"
        for each, reason in (edits.remove if edits else {}).items()
        if each in reported
    ]
    if not said:
        return []
    return [Paragraph(text(f"Left out by the analyst: {words.joined(said)}."), style="small")]


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
