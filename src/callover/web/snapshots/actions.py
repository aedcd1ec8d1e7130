"""Asking for a snapshot."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from callover.domain.periods import Month
from callover.domain.roles import Task
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.accounts.turns import take_turns
from callover.web.journal.record import record
from callover.web.queue.enqueue import enqueue
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.tasks import build_snapshot


@permitted(Task.WRITE, Task.SIGN_OFF, console=True)
@transaction.atomic
def request_snapshot(
    *, by: Person | None, partnership: Partnership, month: Month,
    known_at: datetime | None = None, released_by: str = "",
) -> Snapshot:  # fmt: skip
    """Number a new snapshot of the month and put its building into the queue.

    ``known_at`` is now unless given. Raises QueueFull.
    """
    take_turns(partnership.pk)  # one number at a time
    before = Snapshot.objects.filter(partnership=partnership, month=str(month))
    snapshot = Snapshot.objects.create(
        partnership=partnership,
        month=str(month),
        number=(before.aggregate(last=Max("number"))["last"] or 0) + 1,
        known_at=known_at or timezone.now(),
        released_by=released_by,
        requested_by=by,
    )
    record(
        "request snapshot", by=by, partnership=partnership.pk, subject=str(snapshot),
        known_at=snapshot.known_at.isoformat(), released_by=released_by,
    )  # fmt: skip
    enqueue(build_snapshot, snapshot.pk)
    return snapshot
