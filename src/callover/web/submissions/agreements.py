"""Recording that a sharing agreement was reviewed."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from callover.domain.agreements import Review
from callover.domain.roles import Task
from callover.jobs.agreements import record_review
from callover.jobs.turns import changing_definitions
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.journal.record import record
from callover.web.submissions.models import SourceState

WHO = (Task.CHECK, Task.MANAGE_PARTNERSHIP)
"""Who records a review: whoever deals with what a source sends, or keeps the settings."""


@permitted(*WHO)
def review_agreement(
    *, by: Person, partnership: Partnership, source: str, on: date, next_review: date,
    note: str = "",
) -> None:  # fmt: skip
    """Record a review in the partnership's settings; the agreement is due again on its next day.

    Raises UnknownName for a source without an agreement, ValueError for a next review that is not
    after this one, and PermissionDenied.
    """
    made = Review(source, on, next_review, by.post, note)
    with changing_definitions(settings.WORKSPACE), transaction.atomic():
        record("review agreement", by=by, partnership=partnership.pk, subject=source,
               on=on.isoformat(), next_review=next_review.isoformat(), note=note)  # fmt: skip
        SourceState.objects.filter(partnership=partnership, source=source).update(
            review_date=next_review
        )
        record_review(settings.WORKSPACE, partnership.pk, made)
