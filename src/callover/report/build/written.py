"""What the analyst wrote for an indicator, as blocks: words with their date, and actions."""

from __future__ import annotations

from datetime import date

from callover.domain.indicators import Indicator
from callover.report import words
from callover.report.blocks import Block, Note, Paragraph, Span, Text
from callover.report.build.context import PackContext
from callover.report.build.tokens import resolver
from callover.report.commentary import blocks_of, line_of, unchanged
from callover.report.front_matter import Action


def analyst_blocks(ctx: PackContext, indicator: Indicator) -> tuple[Block, ...]:
    """The analyst's own words, marked as theirs; nothing where none were written.

    Each paragraph that was carried over unchanged is marked as such (REP-14).
    """
    written = ctx.commentary.get(indicator.id)
    if written is None or not written.body:
        return ()
    resolve = resolver(ctx, indicator)
    label = "The analyst"
    if written.updated is not None:
        label += f", {words.day(written.updated)}"
    since = unchanged(ctx.carried.get(indicator.id, ()), written)

    def after(source: str) -> Block | None:
        return stale_note(since[source]) if source in since else None

    return (
        Paragraph((Span(label, strong=True),), style="small"),
        *blocks_of(written.body, indicator.id, resolve, after),
    )


def stale_note(since: date | None) -> Note:
    """The mark of a paragraph that still stands word for word as it was."""
    day = words.day(since) if since is not None else "an earlier pack"
    return Note((Span(f"Not updated since {day}."),), "stale")


def due_words(action: Action, today: date) -> str:
    """``overdue by 12 days``, ``31 Jan 2017``, else the action's status."""
    if action.due is not None and action.overdue_days(today):
        return words.overdue(action.due, today)
    if action.due is not None and action.status not in ("done", "closed"):
        return words.day(action.due, short=True)
    return action.status


def action_words(ctx: PackContext, indicator: Indicator, action: Action) -> Text:
    """``Extend night patrols (Police, due 15 Jan 2017).``; what is overdue in bold."""
    today = ctx.known_at.date()
    late = bool(action.overdue_days(today))
    due = due_words(action, today)
    told = due if late or action.due is None or due == action.status else f"due {due}"
    return (
        *line_of(action.action.rstrip("."), indicator.id, resolver(ctx, indicator)),
        Span(f" ({action.owner}, "),
        Span(told, strong=late),
        Span(")."),
    )
