"""The due list: computed from the store in the background, and read from one small table."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from callover.data.manifest import latest
from callover.jobs.completeness import Owed, owed
from callover.jobs.workspace import Workspace
from callover.web.accounts.models import Partnership
from callover.web.accounts.turns import take_turns
from callover.web.config.day import today
from callover.web.submissions.models import Refresh, SourceState


def refresh(partnership: str) -> None:
    """Compute what each source owes a partnership, and keep it, unless somebody who began later
    was faster: that list knows of more."""
    begun = timezone.now()
    found = owed(Workspace.open(settings.WORKSPACE), partnership, day=today())
    with transaction.atomic():
        take_turns(partnership)
        if SourceState.objects.filter(partnership=partnership, refreshed__gt=begun).exists():
            return
        for place, each in enumerate(found):
            SourceState.objects.update_or_create(
                partnership_id=partnership, source=each.definition.id,
                defaults={**_fields(each), "place": place, "refreshed": begun},
            )  # fmt: skip
        gone = SourceState.objects.filter(partnership=partnership)
        gone.exclude(source__in=[each.definition.id for each in found]).delete()


def _fields(each: Owed) -> dict[str, object]:
    source, status = each.definition, each.status
    return {
        "title": source.title, "owner": source.owner, "contact": source.contact,
        "latest": str(status.latest or ""), "received": status.received,
        "expected": str(status.coverage.expected or ""), "due": status.coverage.due,
        "first_owed": str(each.first_owed or ""), "since": each.since,
        "next_due": status.coverage.next_due, "missed": each.missed,
        "findings": status.findings, "sharing_basis": source.sharing_basis,
        "months": {str(month): arrival.value for month, arrival in each.months.items()},
        "review_date": source.review_date, "marking": source.marking,
    }  # fmt: skip


def stale() -> Iterator[str]:
    """Partnerships whose due list was last asked for before the store or the day changed.

    Each is given inside the transaction that notes it as asked for; one of several callers at
    once is given it.
    """
    version = latest(settings.WORKSPACE / "data" / "store").version
    day = today()
    for partnership in Partnership.objects.filter(active=True).values_list("pk", flat=True):
        with transaction.atomic():
            Refresh.objects.get_or_create(partnership_id=partnership)
            asked = Q(version=version, day=day)
            open_ = Refresh.objects.filter(~asked, partnership=partnership)
            if open_.update(version=version, day=day):
                yield partnership
