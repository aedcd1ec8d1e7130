"""Rules for giving a role and for ending one, whoever asks and wherever it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from callover.domain.errors import UserError
from callover.domain.roles import Above, Membership, Role, Task, may


class AppointmentRefused(UserError):
    """A role that may not be given so, or not be ended."""


def check_giving(role: Role, sources: Collection[str], known: Collection[str]) -> None:
    """Raise AppointmentRefused where the sources do not fit the role or are not the partnership's.

    ``known`` are the sources of the partnership's catalogue.
    """
    if role.of_sources and not sources:
        what = f"{role.name} needs the sources that it acts for."
        raise AppointmentRefused(what, "Choose at least one source.")
    if sources and not role.of_sources:
        what = f"{role.name} acts for the whole partnership, not for sources."
        raise AppointmentRefused(what, "Choose no source.")
    if unknown := sorted(set(sources) - set(known)):
        what = f"This partnership has no source {', '.join(unknown)}."
        raise AppointmentRefused(what, "Choose from the list.")


def check_not_oneself(giver: str, receiver: str) -> None:
    """Raise AppointmentRefused where somebody gives a role to themselves; both are addresses."""
    if giver.lower() == receiver.lower():
        raise AppointmentRefused(
            "Nobody gives a role to themselves.", "Ask another administrator to give it to you."
        )


def check_still_managed(remaining: Iterable[Membership], partnership: str, over: Above) -> None:
    """Raise AppointmentRefused where nobody who remains may manage the people of a partnership."""
    if not may(remaining, Task.MANAGE_PEOPLE, partnership, over):
        raise AppointmentRefused(
            "This is the last administrator of the partnership.",
            "Make somebody else administrator first.",
        )
