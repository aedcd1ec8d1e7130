"""Taking turns: one at a time for what must not be done twice at once in a partnership."""

from __future__ import annotations

from callover.web.accounts.models import Partnership


def take_turns(*partnerships: str) -> None:
    """Wait until nobody else does such a thing there, or anywhere where none is named.

    The turn ends with the transaction. Who only adds a record of the partnership waits for nobody.
    """
    found = Partnership.objects.select_for_update(no_key=True).order_by("pk")
    list(found.filter(pk__in=partnerships) if partnerships else found)
