"""A pack that cannot be read: told to the person, with what to do about it."""

from __future__ import annotations

from typing import ClassVar

from callover.domain.errors import UserError


class Unreadable(UserError):
    """A file that is no readable pack: what happened, in which file, and what to do."""

    exit_code: ClassVar[int] = 2


def damaged(name: str, why: str) -> Unreadable:
    """A file that breaks off or contradicts its own format."""
    return Unreadable(
        f"{name} is damaged and cannot be read: {why}.",
        "Save it again in the program that made it, or fetch it again.",
    )


def too_much(name: str, what: str, most: int, of: str) -> Unreadable:
    """A file beyond a limit: so much of ``what`` was found, at most ``most`` are read."""
    return Unreadable(
        f"{name} {what}; at most {most:,} {of} are read.",
        "Check that it is the right file; if it is, audit it in parts.",
    )
