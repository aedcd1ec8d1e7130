"""Red, amber, green: the rule, the colour it gives, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """Which way is good."""

    LOWER = "lower"
    HIGHER = "higher"
    BAND = "band"
    MONITOR = "monitor"


class Rating(StrEnum):
    """A rating; "no data" and "not rated" are ratings of their own and never green."""

    GREEN = "G"
    AMBER = "A"
    RED = "R"
    NOT_RATED = "not rated"
    NO_DATA = "no data"

    @property
    def words(self) -> str:
        """Green, Amber, Red, Not rated, No data."""
        return {"G": "Green", "A": "Amber", "R": "Red"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True, slots=True)
class RatingOverride:
    """A colour set by a person, shown beside the computed one."""

    rating: Rating
    reason: str
    signed_by: str  # a post
    on: date

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.signed_by.strip():
            raise ValueError("an override needs a reason and the post that signs it")


@dataclass(frozen=True, slots=True)
class RatingResult:
    """The computed rating with its reason, an override if one was signed, a printed colour if one
    was published elsewhere and differs."""

    computed: Rating
    reason: str
    override: RatingOverride | None = None
    printed: Rating | None = None

    @property
    def shown(self) -> Rating:
        """The colour that the page shows."""
        return self.override.rating if self.override else self.computed


def rate_at_most(value: float, limit: float, amber_to: float) -> Rating:
    """Green up to ``limit``, amber up to ``amber_to``, red beyond."""
    if value <= limit:
        return Rating.GREEN
    return Rating.AMBER if value <= amber_to else Rating.RED


def rate_at_least(value: float, limit: float, amber_from: float) -> Rating:
    """Green from ``limit`` up, amber down to ``amber_from``, red below."""
    if value >= limit:
        return Rating.GREEN
    return Rating.AMBER if value >= amber_from else Rating.RED


def rate_in_band(value: float, low: float, high: float, margin: float) -> Rating:
    """Green inside the band, amber within ``margin`` of either end, red farther out."""
    if low <= value <= high:
        return Rating.GREEN
    return Rating.AMBER if low - margin <= value <= high + margin else Rating.RED
