"""A pack that cannot be read: told to the person, with what to do about it."""

from __future__ import annotations

from typing import ClassVar

from callover.domain.errors import UserError


class Unreadable(UserError):
    """A file that is no readable pack: what happened, in which file, and what to do."""

    exit_code: ClassVar[int] = 2


AGAIN = "Open it in its own program and save it again, or ask for the file anew."
"""What to do about a damaged file."""


def damaged(name: str, why: str) -> Unreadable:
    """A file that breaks off or contradicts its own format."""
    return Unreadable(f"{name} is damaged and cannot be read: {why}.", AGAIN)


def locked(name: str) -> Unreadable:
    """A file that only its password opens."""
    return Unreadable(
        f"{name} is encrypted: it opens with a password only.",
        "Open it with the password, save it without one and audit that.",
    )


def too_much(name: str, what: str, most: int, of: str) -> Unreadable:
    """A file beyond a limit: so much of ``what`` was found, at most ``most`` are read."""
    return Unreadable(
        f"{name} {what}; at most {most:,} {of} are read.",
        "Check that it is the right file; if it is, audit it in parts.",
    )


def too_deep(name: str, most: int, what: str = "elements") -> Unreadable:
    """A file whose ``what`` stand within one another without end."""
    return Unreadable(
        f"{name}: its {what} stand more than {most:,} deep in one another: too deep to read.",
        "Open it in its own program, save it as PDF and audit that; or ask where it comes from.",
    )
