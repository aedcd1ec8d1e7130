"""Taking away the saved mapping of a provider's own workbook."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from callover.domain.roles import Task
from callover.jobs.mappings import remove_mapping
from callover.jobs.turns import changing_definitions
from callover.web.accounts.access import Access
from callover.web.accounts.catalogue import sources_of
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.journal.record import record


def reading_it(access: Access, source: str) -> list[Partnership]:
    """The partnerships whose figures come from a source: its mapping is theirs alike."""
    return [each for each in access.partnerships.values() if source in sources_of(each)]


def where_not_allowed(access: Access, source: str) -> list[Partnership]:
    """Those of them in which the person does not check what comes in."""
    found = reading_it(access, source)
    return [each for each in found if not access.may(Task.CHECK, each.pk, source)]


@permitted(Task.CHECK)
def forget_mapping(*, by: Person, partnership: Partnership, source: str) -> None:
    """Take a mapping away; the log keeps what it said.

    Raises UnknownName where none is saved, and PermissionDenied for who does not check what comes
    in in every partnership that reads the source.
    """
    if where_not_allowed(Access(by), source):
        raise PermissionDenied
    with changing_definitions(settings.WORKSPACE), transaction.atomic():
        said = remove_mapping(settings.WORKSPACE, source)
        record("remove mapping", by=by, partnership=partnership.pk, subject=source, mapping=said)
