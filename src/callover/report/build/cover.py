"""The cover and the introduction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from callover.domain.ratings import Direction, Rating
from callover.report import words
from callover.report.blocks import (
    Block,
    BulletList,
    Contents,
    Heading,
    Paragraph,
    Section,
    Span,
    TermList,
    Text,
    text,
)
from callover.report.build.context import PackContext
from callover.report.build.reach import not_comparable, not_fed

_NUMBERED = re.compile(r"^\d+\. ")

TITLE = "Performance call-over report"


def cover(ctx: PackContext, brief: Section, parts: Sequence[Section]) -> Section:
    """Subject, date, author, contact, marking, decision asked (REP-01, REP-17).

    ``brief`` says whether a decision is asked, ``parts`` what is attached.
    """
    facts: tuple[tuple[str, Text], ...] = (
        ("Subject", text(f"{TITLE}, {ctx.month.name}")),
        ("Prepared for", text(ctx.partnership.name)),
        ("Figures to", text(ctx.month.name)),
        ("As known on", text(words.day(ctx.known_at.date()))),
        ("Author", text(ctx.partnership.author_post or "Not stated")),
        ("Contact", text(ctx.partnership.contact or "Not stated")),
        ("Security marking", text(ctx.partnership.marking)),
        ("Decision asked", text(_decision(brief))),
        ("Attachments", text(f"{words.capitalised(words.joined(_attached(parts)))}.")),
    )
    return Section("cover", f"{TITLE}, {ctx.month.name}", (TermList(facts),), kind="cover")


def _decision(brief: Section) -> str:
    """What the brief asks the board to decide, by name."""
    asked = [_NUMBERED.sub("", b.text) for b in brief.blocks if isinstance(b, Heading)]
    if not asked:
        return "Note the report."
    items = "the one item" if len(asked) == 1 else f"the {words.number(len(asked))} items"
    named = words.joined([words.within(title) for title in asked])
    return f"Note the report and decide {items} of the chair's brief: {named}."


def _attached(parts: Sequence[Section]) -> list[str]:
    """What follows the report itself, by name; the one-page summaries are one."""
    pages = ["one-page summaries"] if any(part.kind == "indicator" for part in parts) else []
    named = [part.title for part in parts if part.kind == "appendix" and part.id != "in-detail"]
    return [*pages, *(words.within(title) for title in named)]


def contents() -> Section:
    """The table of contents."""
    return Section("contents", "Contents", (Contents(2),), kind="front", in_contents=False)


def introduction(ctx: PackContext) -> Section:
    """What the report is for, how to read it, how much of the set it covers (REP-02, 15, 16)."""
    count = len({i.number for i in ctx.indicators})
    numbers = "its one indicator" if count == 1 else f"its {words.number(count)} indicators"
    blocks: tuple[Block, ...] = (
        Paragraph(
            text(
                f"This report shows where {ctx.partnership.name} stands at {ctx.month.name} on "
                f"{numbers}: what goes badly, what goes well, and what has changed."
            )
        ),
        *_for_the_public(ctx),
        BulletList(tuple(_reading(ctx))),
        Paragraph(
            text(
                "Members may ask for more on any indicator. Each has groups that lead on it, but "
                "all of them are everyone's business."
            )
        ),
        Paragraph(
            (
                Span("Where each number comes from is in the "),
                Span("notes", anchor="notes"),
                Span(" and in the data book that goes with this report."),
            ),
            style="small",
        ),
    )
    return Section("introduction", "Introduction", blocks, new_page=True)


def _for_the_public(ctx: PackContext) -> tuple[Block, ...]:
    """What a resident will not find, and why."""
    if ctx.edition != "public":
        return ()
    said = (
        "So that nobody can be recognised, counts below 10 are printed as “fewer than 10”, and "
        "some other figures are withheld because a small one could be worked out from them. What "
        "the sources publish themselves, such as crimes of the open police data, is shown in full. "
    )
    way = (Span("More in the "), Span("notes", anchor="withheld"), Span("."))
    return (Paragraph((Span(said), *way)),)


def _reading(ctx: PackContext) -> list[Text]:
    """The count of each colour, and how the comparisons and colours come about."""
    rated = [ctx.rating(indicator).shown for indicator in ctx.indicators]
    if len(rated) == 1:
        counted = f"Its colour is: {rated[0].words.lower()}."
    else:
        counted = f"{_colours(ctx, rated)} {_without_data(ctx, rated.count(Rating.NO_DATA))}"
    unfed = (Span(" "), *not_fed(ctx)) if ctx.unfed else ()
    first = (Span(counted.rstrip()), *unfed)
    return [first, *(text(rule) for rule in _RULES)]


def _colours(ctx: PackContext, rated: Sequence[Rating]) -> str:
    """``Of 35, 14 are red, 5 amber, 6 green and 7 not rated (3 of them watched only).``"""
    count = {rating: rated.count(rating) for rating in Rating}
    parts = len(ctx.indicators) - len({i.number for i in ctx.indicators})
    whole = f"Of {words.number(len(rated))}" + (", counting parts" if parts else "") + ", "
    return (
        f"{whole}{_are(count[Rating.RED])} red, {count[Rating.AMBER]} amber, "
        f"{count[Rating.GREEN]} green and {count[Rating.NOT_RATED]} not rated{_unrated(ctx)}."
    )


def _unrated(ctx: PackContext) -> str:
    """Why those that are not rated are not, where it is not for want of a target."""
    watched = sum(
        ctx.rating(i).shown is Rating.NOT_RATED and i.direction_in(ctx.month) is Direction.MONITOR
        for i in ctx.indicators
    )
    why = [
        f"{words.number(count)} {reason}"
        for count, reason in (
            (watched, "of them watched only"),
            (not_comparable(ctx), "for want of figures to compare with"),
        )
        if count
    ]
    return f" ({', '.join(why)})" if why else ""


_RULES = (
    "Every colour comes with its rule and its numbers in a sentence, on the indicator's page.",
    "Twelve months are compared with the twelve before, because crime has seasons.",
    "On an indicator's page the sentence beneath the colour can be read out; the figures beside it "
    "are the same figures.",
    "What is missing says why; it is never a nought. A rank says from which end it is counted.",
)


def _are(count: int) -> str:
    return f"{count} {'is' if count == 1 else 'are'}"


def _without_data(ctx: PackContext, count: int) -> str:
    """``3 have no data.``; that none lacks data only where that is the whole truth."""
    if count:
        return f"{count} {'has' if count == 1 else 'have'} no data."
    return "" if ctx.unfed or not_comparable(ctx) else "None lacks data."
