"""Ratings as chips: letter, shape and words, so that colour is never alone."""

from __future__ import annotations

from callover.analysis.exceptions import Standing
from callover.domain.indicators import Indicator
from callover.domain.ratings import Direction, Rating, RatingResult
from callover.report import words
from callover.report.blocks import Cell, Chip
from callover.report.build.context import PackContext
from callover.report.signal_words import LETTERS

_LOOK = {
    Rating.GREEN: ("G", "circle", "green"),
    Rating.AMBER: ("A", "diamond", "amber"),
    Rating.RED: ("R", "square", "red"),
    Rating.NOT_RATED: ("–", "ring", "neutral"),
    Rating.NO_DATA: ("?", "dash", "missing"),
}


def rating_chip(rating: Rating, said: str = "") -> Chip:
    """The chip of a rating; what is ``said`` replaces the rating's own name."""
    letter, shape, tone = _LOOK[rating]
    return Chip(letter, shape, said or rating.words, tone)


_VERDICTS = {
    Standing.CONCERN: ("cross", "neutral"),
    Standing.STRONG: ("star", "neutral"),
    Standing.CHANGED: ("updown", "neutral"),
    Standing.QUIET: ("equals", "quiet"),
    Standing.NOT_ENOUGH: ("dots", "quiet"),
}
"""Shapes that no rating has: the two stand side by side. Greys leave the colour to the rating."""


def verdict_chip(standing: Standing) -> Chip:
    """The chip of what the evidence says: ``C Concern``, ``No clear change``."""
    shape, tone = _VERDICTS[standing]
    return Chip(LETTERS[standing], shape, words.capitalised(standing.value), tone)


def verdict_cell(ctx: PackContext, indicator: Indicator) -> Cell:
    """The verdict of an indicator in a table."""
    chip = verdict_chip(ctx.judged(indicator).standing)
    return Cell(chip.words, chip=chip)


def result_chips(result: RatingResult) -> tuple[Chip, ...]:
    """The shown rating with its reason; after an override the computed one stands beside it."""
    if result.override is None:
        return (rating_chip(result.computed, _with_reason(result)),)
    signed = result.override
    return (
        rating_chip(signed.rating, f"{signed.rating.words}, set by {signed.signed_by}"),
        rating_chip(result.computed, f"computed {result.computed.words}"),
    )


def _with_reason(result: RatingResult) -> str:
    """``Red: why``; a reason that begins with the rating's own name is not given it twice."""
    name = result.computed.words
    reason = words.kept_together(result.reason)
    return reason if reason.startswith(name) else f"{name}: {reason}"


def trend_chip(now: float, before: float) -> Chip:
    """Up, down or level: the latest 12 months against last year's total."""
    if now == before:
        return Chip("", "level", "level", "quiet")
    return Chip("", "up", "up", "quiet") if now > before else Chip("", "down", "down", "quiet")


def change_chip(change: float) -> Chip:
    """The symbol beside a change, with its word (RAG-13)."""
    return trend_chip(change, 0.0)


_GOOD = {Direction.LOWER: "fewer is good", Direction.HIGHER: "more is good"}


def _way(change: float) -> str:
    return trend_chip(change, 0.0).words


def travel_chips(ctx: PackContext, indicator: Indicator) -> tuple[Chip, ...]:
    """The direction of travel in symbol and words, and which way is good (RAG-14)."""
    trend = ctx.figure(indicator, "trend")
    if not trend.text:
        return ()
    before = ctx.month.financial_year.start - 1
    said = f"{words.capitalised(trend.text)} on {before}/{(before + 1) % 100:02d}"
    change = ctx.value(indicator, "rolling12_change") or 0
    if trend.source != ctx.figure(indicator, "rolling12").source and trend.text != _way(change):
        # another source than the headline's, and it goes elsewhere: named short
        said += f" by {ctx.source_title(trend.source).partition(',')[0]}"
    good = _GOOD.get(indicator.direction_in(ctx.month), "")
    return (Chip("", trend.text, f"{said}; {good}" if good else said, "quiet"),)
