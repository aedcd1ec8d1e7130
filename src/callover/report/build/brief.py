"""The chair's brief: one page, at most five items, each with the decision asked."""

from __future__ import annotations

from dataclasses import dataclass

from callover.analysis.exceptions import Standing
from callover.domain.indicators import Indicator
from callover.domain.peers import ordinal
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
from callover.report.build.attention import (
    QUARTER,
    Chosen,
    by_evidence,
    earlier_rating,
    kept_concern,
)
from callover.report.build.chips import rating_chip, verdict_chip
from callover.report.build.context import PackContext
from callover.report.build.contradicted import spaced_warning
from callover.report.build.missing import missing, sentences
from callover.report.build.rule_words import rule_in_words
from callover.report.build.sentences import headline
from callover.report.build.tokens import resolver
from callover.report.build.verdicts import evidence
from callover.report.build.written import action_words
from callover.report.commentary import line_of
from callover.report.front_matter import Action

MOST = 5


@dataclass(frozen=True, slots=True)
class Item:
    """What changed, why it is listed, what is in hand, what the board is asked to decide."""

    title: str
    changed: Text
    why: str
    decision: Text
    rating: Rating
    in_hand: Text = ()
    anchor: str = ""
    standing: Standing | None = None


def chairs_brief(ctx: PackContext) -> Section:
    """At most five items: clear concerns, then what is red, by evidence, then what did not come."""
    items = _items(ctx)
    _warn_of_questions_left_out(ctx)
    blocks: list[Block] = []
    if not items:
        blocks.append(Paragraph(text("Nothing in this report asks for a decision.")))
    for place, item in enumerate(items, 1):
        blocks.extend(_item_blocks(place, item))
    return Section("brief", "Chair's brief", tuple(blocks), kind="front")


def _warn_of_questions_left_out(ctx: PackContext) -> None:
    """What an analyst asks the board is read there only if its indicator is listed."""
    listed = {each.indicator.id for each in listed_in_brief(ctx)}
    asking = {name for name, written in ctx.written.items() if written.ask} - listed
    left = [indicator.title for indicator in ctx.indicators if indicator.id in asking]
    if left:
        ctx.warnings.append(
            f"{words.joined(left)}: the text asks the board something that stands nowhere, for the "
            "indicator is not in the chair's brief. The analyst can add it in selection.yaml."
        )


def _items(ctx: PackContext) -> list[Item]:
    reds = sum(ctx.rating(indicator).shown is Rating.RED for indicator in ctx.indicators)
    items = [_item(ctx, each, reds) for each in listed_in_brief(ctx)]
    missing = _missing_item(ctx)
    return items if missing is None else [*items, missing]


def listed_in_brief(ctx: PackContext) -> list[Chosen]:
    """The indicators that the brief lists; one fewer where it also says what did not come."""
    return by_evidence(ctx)[: MOST if _missing_item(ctx) is None else MOST - 1]


def _item(ctx: PackContext, item: Chosen, reds: int) -> Item:
    indicator = item.indicator
    return Item(
        indicator.title,
        (*headline(ctx, indicator), *spaced_warning(ctx, indicator)),
        " ".join(_why(ctx, item, reds)),
        _decision(ctx, indicator),
        ctx.rating(indicator).shown,
        _in_hand(ctx, indicator),
        ctx.page_title(indicator),
        ctx.judged(indicator).standing,
    )


def _why(ctx: PackContext, item: Chosen, reds: int) -> list[str]:
    """The evidence, its place among the red ones, the colour a quarter before, the rule."""
    said = []
    if item.added:
        reason = words.capitalised(item.added.rstrip("."))
        said.append(f"added by the analyst. {reason}.")
    said.append(_by_evidence(ctx, item.indicator, first=not said))
    if item.place and reds > 1:
        nth = "" if item.place == 1 else f"{ordinal(item.place)} "
        said.append(
            f"It is the {nth}largest change for its size of the {words.number(reds)} red "
            "indicators."
        )
    elif item.place:
        said.append("It is the only red indicator.")
    before = earlier_rating(ctx, item.indicator)
    if before is not None:
        again = " too" if before is ctx.rating(item.indicator).shown else ""
        said.append(f"It was {before.words.lower()} in {(ctx.month - QUARTER).name}{again}.")
    return [*said, rule_in_words(ctx, item.indicator)]


def _by_evidence(ctx: PackContext, indicator: Indicator, first: bool) -> str:
    """``clear concern. 16 months in a row …``, ``red, but …``."""
    judged = ctx.judged(indicator)
    if judged.disagreement is not None:
        lead = judged.disagreement.value
    elif not judged.says:
        return evidence(judged) if not first else words.within(evidence(judged))
    else:
        lead = judged.standing.value
        if kept_concern(ctx, indicator):
            lead = "clear concern"
    return f"{lead if first else words.capitalised(lead)}. {evidence(judged)}"


def _decision(ctx: PackContext, indicator: Indicator) -> Text:
    """What the analyst asks, or that a plan be brought."""
    written = ctx.commentary.get(indicator.id)
    if written is not None and written.ask:
        return line_of(written.ask, indicator.id, resolver(ctx, indicator))
    lead = f"the {indicator.portfolio} lead" if indicator.portfolio else "the portfolio lead"
    return text(f"Ask {lead} for a plan at the next meeting, or for the reason why none is needed.")


def _in_hand(ctx: PackContext, indicator: Indicator) -> Text:
    """What was agreed last time: the action that is most overdue, or due next."""
    written = ctx.commentary.get(indicator.id)
    live = [a for a in written.actions if a.status not in ("done", "closed")] if written else []
    if not live:
        return ()
    first, *others = sorted(live, key=_urgency)
    more = f" And {words.number(len(others))} more." if others else ""
    return (*action_words(ctx, indicator, first), Span(more))


def _urgency(action: Action) -> tuple[bool, str]:
    return action.due is None, action.due.isoformat() if action.due else ""


def _missing_item(ctx: PackContext) -> Item | None:
    """Indicators that should have data and have none, why, and whom to ask for them."""
    found = missing(ctx)
    owed = {each.owner for each in found if each.is_owed}
    if not owed:
        return None
    agencies = "agency" if len(owed) == 1 else "agencies"
    which = "figures" if all(each.is_owed for each in found) else "figures that were due"
    return Item(
        "Figures that are missing",
        text(sentences(found)),
        "what has no figures cannot be judged, and is never shown as green.",
        text(f"Ask the {agencies} named to say when the {which} will come."),
        Rating.NO_DATA,
    )


def _item_blocks(place: int, item: Item) -> list[Block]:
    details: list[Text] = [(Span("Why it is listed: ", strong=True), Span(item.why))]
    if item.in_hand:
        details.append((Span("In hand: ", strong=True), *item.in_hand))
    details.append((Span("Decision asked: ", strong=True), *item.decision))
    changed = item.changed
    if item.anchor:
        way = Span("More on ", page_of=item.anchor, anchor=item.anchor)
        changed = (*changed, Span(" "), way, Span("."))
    return [
        Heading(2, f"{place}. {item.title}", anchor=f"brief-{place}"),
        Chips(
            (rating_chip(item.rating), *((verdict_chip(item.standing),) if item.standing else ()))
        ),
        Paragraph(changed),
        BulletList(tuple(details)),
    ]
