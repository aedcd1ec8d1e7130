"""Rules of the board's own business."""

from __future__ import annotations

from datetime import date, timedelta

SMALLEST_QUORUM = 4
DAYS_BEFORE_MEETING = 7


def quorum(members: int) -> int:
    """How many members must be present to decide: a third, rounded up, and four at least.

    ``members`` counts the voting seats that are filled. Raises ValueError for a negative number.
    """
    if members < 0:
        raise ValueError(f"a board cannot have {members} members")
    return max(-(-members // 3), SMALLEST_QUORUM)


def publication_day(meeting: date) -> date:
    """The last day on which the papers of a public meeting may be published."""
    return meeting - timedelta(days=DAYS_BEFORE_MEETING)
