"""Writing words, giving ratings, setting targets, changing the set."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from callover.domain.errors import UserError
from callover.domain.periods import Month
from callover.domain.roles import Task
from callover.web.accounts.access import Access, check_may
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.accounts.turns import take_turns
from callover.web.journal.record import record
from callover.web.writing.models import OF_THE_SET, Change, Kind, Revision
from callover.web.writing.settle import settle_change
from callover.web.writing.shared import where_not_allowed
from callover.web.writing.words import NOTHING, Place, add_revision, current, settle_words


class WrittenMeanwhile(UserError):
    """Somebody else saved these words since they were opened; ``newest`` is what they wrote."""

    def __init__(self, newest: Revision | None) -> None:
        self.newest = newest
        super().__init__(
            "Somebody changed these words after you opened them.",
            "Compare the two below, put together what you want to keep, and save again.",
        )


@permitted(Task.WRITE, of="place")
def save_words(*, by: Person, place: Place, opened: str, text: str) -> Revision:
    """Keep a new version, then write the file. ``opened`` is the digest of what was opened.

    Raises WrittenMeanwhile where another version stands by now: nothing is changed then, and
    PermissionDenied. The same text again makes no version.
    """
    current(place)
    with transaction.atomic(durable=True):  # the file follows only what is kept for good
        take_turns(place.partnership.pk)
        last = place.newest()
        if (last.digest if last else NOTHING) != opened:
            raise WrittenMeanwhile(last)
        if last is not None and last.text == text:
            return last
        made = add_revision(place, text, by=by)
        record(
            "write words", by=by, partnership=place.partnership.pk, subject=place.subject,
            version=made.number, digest=made.digest,
        )  # fmt: skip
    return settle_words(place) or made


NEEDED: Mapping[Kind, Task] = {
    Kind.OVERRIDE: Task.OVERRIDE, Kind.WITHDRAW: Task.OVERRIDE, Kind.LIST: Task.WRITE,
}  # fmt: skip
"""What a change asks for; all others ask for SET_TARGETS."""


@permitted(Task.OVERRIDE, Task.SET_TARGETS, Task.WRITE)
def change_definitions(
    *, by: Person, partnership: Partnership, kind: Kind, indicator: str, month: Month,
    told: dict[str, object],
) -> Change:  # fmt: skip
    """Sign a change of a rating, a list, a target or the set, then make it in the files.

    A change that the files do not take says why in ``refused``. Raises PermissionDenied; a change
    of the set needs the right in every partnership that uses it.
    """
    check_may(by, NEEDED.get(kind, Task.SET_TARGETS), partnership.pk)
    if kind in OF_THE_SET and where_not_allowed(Access(by), partnership.pk):
        raise PermissionDenied
    with transaction.atomic(durable=True):
        made = Change.objects.create(
            partnership=partnership, kind=kind, indicator=indicator, month=str(month), told=told,
            by=by, post=by.post,
        )  # fmt: skip
        record(
            f"sign {made.get_kind_display()}", by=by, partnership=partnership.pk,
            subject=f"{month} {indicator}", **told,
        )  # fmt: skip
    return settle_change(made.pk)
