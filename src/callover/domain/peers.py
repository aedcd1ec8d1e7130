"""Groups of areas to compare with, and how a rank is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

COMPUTED_KINDS = ("same_force", "same_kind")
"""Kinds of group whose members are found from the areas that are held; their size is 0 here."""


class RankOrder(StrEnum):
    """Which end of the list is rank 1."""

    LOWEST_FIRST = "lowest_first"
    HIGHEST_FIRST = "highest_first"


@dataclass(frozen=True, slots=True)
class Membership:
    """An area's membership of a group, from one day until (and without) another."""

    area: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the area is a member on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Areas to compare with. ``members`` is empty where the publisher does not name them:
    then only published ranks and averages exist, and ``size`` is what they are "of"."""

    id: str
    title: str
    short_title: str
    kind: str  # force, most_similar, youth_justice_family, quartile_comparators, national, set,
    # or a computed one: same_force, same_kind
    size: int
    rank_order: RankOrder
    members: tuple[Membership, ...] = ()
    note: str = ""

    @property
    def computed(self) -> bool:
        """Whether the members follow from lookups: areas of the same force or the same kind."""
        return self.kind in COMPUTED_KINDS

    def members_on(self, day: date) -> tuple[str, ...]:
        """Codes of the member areas on ``day``."""
        return tuple(member.area for member in self.members if member.holds_on(day))


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st …"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def rank_words(rank: int, size: int, order: RankOrder, joint: bool = False) -> str:
    """A rank as people say it: ``21st lowest of 32``, ``joint 5th highest of 32``.

    Ranks past the middle are still counted from the end that is rank 1, so that two ranks compare.
    """
    if not 1 <= rank <= size:
        raise ValueError(f"rank {rank} is not one of {size}")
    word = "lowest" if order is RankOrder.LOWEST_FIRST else "highest"
    place = word if rank == 1 else f"{ordinal(rank)} {word}"
    return f"{'joint ' if joint else ''}{place} of {size}"
