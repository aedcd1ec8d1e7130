"""Ratings as chips: letter, shape and words, so that colour is never alone."""

from __future__ import annotations

from callover.domain.ratings import Rating, RatingResult
from callover.report import words
from callover.report.blocks import Chip

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
