"""What follows a publication: its files kept with the packs, subscribers told, whoever is late."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from callover.jobs.publish import keep_published
from callover.jobs.workspace import Workspace
from callover.web.journal.record import record
from callover.web.publication.limits import forget_old
from callover.web.publication.mail import tell_subscribers
from callover.web.publication.models import Publication, Subscriber
from callover.web.queue.enqueue import QueueFull, enqueue

AGAIN_AFTER = timedelta(hours=1)
"""After so long something that was queued and never settled is tried once more."""
UNCONFIRMED_DAYS = 3


def settle(number: int) -> None:
    """Keep the files of a publication that is out and tell its subscribers; a second run finds its
    work done."""
    publication = Publication.objects.select_related("snapshot", "partnership").get(pk=number)
    if not publication.is_visible or publication.settled is not None:
        return
    snapshot = publication.snapshot
    workspace = Workspace.open(settings.WORKSPACE)
    keep_published(
        workspace, snapshot.folder, publication.partnership_id, snapshot.month, snapshot.number
    )
    told = tell_subscribers(publication)
    with transaction.atomic():
        if Publication.objects.filter(pk=number, settled=None).update(settled=timezone.now()):
            record(
                "settle publication", by=None, partnership=publication.partnership_id,
                subject=str(publication), told=told,
            )  # fmt: skip


def settle_soon(publication: Publication) -> None:
    """Put the settling of a publication into the queue, once. Raises QueueFull."""
    from callover.web.publication.tasks import settle_publication

    now = timezone.now()
    waits = Q(queued=None) | Q(queued__lt=now - AGAIN_AFTER)
    with transaction.atomic():
        due = Publication.objects.visible().filter(waits, pk=publication.pk, settled=None)
        if due.update(queued=now):
            enqueue(settle_publication, publication.pk)


def look_at_the_clock() -> None:
    """Settle what has come out by the clock; forget who never confirmed a subscription."""
    for publication in Publication.objects.visible().filter(settled=None):
        try:
            settle_soon(publication)
        except QueueFull:
            return  # the next minute comes
    since = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    Subscriber.objects.filter(confirmed=None, asked__lt=since).delete()
    forget_old()
