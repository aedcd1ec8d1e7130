"""Who answers for which source: one person each (DAT-17)."""

from __future__ import annotations

from dataclasses import dataclass

from callover.web.accounts.catalogue import sources_of
from callover.web.accounts.models import Membership, Partnership


@dataclass(frozen=True)
class Responsible:
    """A source and the memberships that send it in; one is as it should be."""

    source: str
    title: str
    held: tuple[Membership, ...]


def responsible(partnership: Partnership) -> list[Responsible]:
    """Each source of a partnership's catalogue with who sends it in now."""
    held = list(
        Membership.objects.filter(
            partnership=partnership, ended=None, person__is_active=True
        ).select_related("person")
    )
    return [
        Responsible(source, title, tuple(each for each in held if source in each.sources))
        for source, title in sources_of(partnership).items()
    ]
