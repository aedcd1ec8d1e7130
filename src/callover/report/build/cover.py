"""The cover and the introduction."""

from __future__ import annotations

from callover.domain.ratings import Direction, Rating
from callover.report import words
from callover.report.blocks import (
    Block,
    BulletList,
    Contents,
    Paragraph,
    Section,
    Span,
    TermList,
    Text,
    text,
)
from callover.report.build.context import PackContext

TITLE = "Performance call-over report"


def cover(ctx: PackContext) -> Section:
    """Subject, date, author, contact, marking, decision asked (REP-01, REP-17)."""
    facts: tuple[tuple[str, Text], ...] = (
        ("Subject", text(f"{TITLE}, {ctx.month.name}")),
        ("Prepared for", text(ctx.partnership.name)),
        ("Figures to", text(ctx.month.name)),
        ("As known on", text(words.day(ctx.known_at.date()))),
        ("Author", text(ctx.partnership.author_post or "Not stated")),
        ("Contact", text(ctx.partnership.contact or "Not stated")),
        ("Security marking", text(ctx.partnership.marking)),
        ("Decision asked", text("Note the report, decide the items of the brief, ask for more.")),
        ("Attachments", text("Offence breakdown, one-page summaries, fire table, notes.")),
    )
    return Section("cover", f"{TITLE}, {ctx.month.name}", (TermList(facts),), kind="cover")


def contents() -> Section:
    """The table of contents."""
    return Section("contents", "Contents", (Contents(2),), kind="front", in_contents=False)


def introduction(ctx: PackContext) -> Section:
    """What the report is for, how to read it, how much of the set it covers."""
    rated = [ctx.rating(indicator).shown for indicator in ctx.indicators]
    counts = {rating: rated.count(rating) for rating in Rating}
    monitored = sum(i.direction_in(ctx.month) is Direction.MONITOR for i in ctx.indicators)
    blocks: tuple[Block, ...] = (
        Paragraph(
            text(
                f"This report shows how {ctx.partnership.name} stands on its "
                f"{words.number(len({i.number for i in ctx.indicators}))} indicators at "
                f"{ctx.month.name}. It picks out what does badly, what does well, and what has "
                "changed."
            )
        ),
        BulletList(
            (
                text(
                    f"{counts[Rating.RED]} are red, {counts[Rating.AMBER]} amber and "
                    f"{counts[Rating.GREEN]} green; {counts[Rating.NOT_RATED]} are not rated"
                    f"{f' ({monitored} of them are watched only)' if monitored else ''} and "
                    f"{counts[Rating.NO_DATA]} have no data."
                ),
                text("Every rating comes with its rule and its numbers in a sentence."),
                text(
                    "Twelve months are compared with the twelve before, because crime has seasons."
                ),
            )
        ),
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
