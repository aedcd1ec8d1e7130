"""Agreements under which a partner shares its figures, and the reviews that they are due for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Review:
    """That a partnership reviewed its agreement about a source, on a day, until the next one.

    Raises ValueError for a next review that is not after this one, and where nobody signed.
    """

    source: str
    on: date
    next_review: date
    signed_by: str  # a post
    note: str = ""

    def __post_init__(self) -> None:
        if self.next_review <= self.on:
            raise ValueError("the next review comes after this one")
        if not self.signed_by.strip():
            raise ValueError("a review needs the post that recorded it")


def newest(reviews: Iterable[Review]) -> dict[str, Review]:
    """Of each source the latest review; of two on one day the one that was written later."""
    found: dict[str, Review] = {}
    for each in reviews:
        if each.source not in found or each.on >= found[each.source].on:
            found[each.source] = each
    return found
