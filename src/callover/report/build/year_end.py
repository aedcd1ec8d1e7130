"""Where the financial year will end, in a sentence on the indicator's page."""

from __future__ import annotations

from callover.domain.indicators import Indicator
from callover.domain.states import State
from callover.report import words
from callover.report.blocks import Span, Text
from callover.report.build.context import PackContext

SURE, CERTAIN = 99.5, 0.5
"""Chances beyond these are printed as almost certain and almost impossible: nothing is certain."""


def year_end_sentence(ctx: PackContext, indicator: Indicator) -> list[Text]:
    """The expected total with its interval, and the chance of the target; nothing where no
    forecast can be made, or the year is over."""
    expected = ctx.figure(indicator, "year_end")
    if expected.value is None or expected.state is not State.ESTIMATED:
        return []
    low, high = ctx.figure(indicator, "year_end_low"), ctx.figure(indicator, "year_end_high")
    spans = [
        Span(f"The year to {ctx.month.financial_year.last.name} is expected to end at about "),
        Span(words.number(expected.value), figure=expected.key),
    ]
    if low.value is not None and high.value is not None:
        ends = words.interval(low.value, high.value)
        spans += [Span(f" ({ends} in four years of five)")]
    return [(*spans, Span("."), *_chance(ctx, indicator))]


def _chance(ctx: PackContext, indicator: Indicator) -> tuple[Span, ...]:
    chance = ctx.figure(indicator, "target_chance")
    if chance.value is None:
        return ()
    if chance.value >= SURE:
        return (Span(" The target will almost certainly be met.", figure=chance.key),)
    if chance.value < CERTAIN:
        return (Span(" The target will almost certainly be missed.", figure=chance.key),)
    number = Span(f"{words.number(chance.value)} of 100", figure=chance.key)
    return (Span(" The target is met in "), number, Span(" such years."))
