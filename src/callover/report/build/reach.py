"""How far the report reaches: what is not fed yet, and what is held but cannot be judged."""

from __future__ import annotations

from callover.domain.indicators import Indicator
from callover.domain.ratings import Direction, Rating
from callover.domain.targets import TargetKind
from callover.report import words
from callover.report.blocks import Span, Text
from callover.report.build.context import PackContext

NOT_FED = "not-yet-fed"
"""The page that lists them."""


def not_fed(ctx: PackContext) -> Text:
    """``24 more are not fed yet: see page 31.``; nothing where all are fed."""
    count = len(ctx.unfed)
    if not count:
        return ()
    verb = "is" if count == 1 else "are"
    way = Span("see ", page_of=NOT_FED, anchor=NOT_FED)
    return (Span(f"{words.number(count)} more {verb} not fed yet: "), way, Span("."))


def not_comparable(ctx: PackContext) -> int:
    """Indicators that have a rule and figures of the month, but not the figures that the rule
    compares: a year before, twelve months, an average."""
    return sum(
        ctx.rating(each).shown is Rating.NOT_RATED and _has_rule(ctx, each)
        for each in ctx.indicators
    )


def _has_rule(ctx: PackContext, indicator: Indicator) -> bool:
    target, direction = ctx.target(indicator), indicator.direction_in(ctx.month)
    if direction is Direction.MONITOR:
        return False
    return direction is Direction.LOWER if target is None else target.kind is not TargetKind.NONE
