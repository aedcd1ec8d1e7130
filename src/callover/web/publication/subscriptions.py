"""Subscribing, confirming, leaving."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from callover.web.accounts.models import Partnership
from callover.web.accounts.permission import open_to_all
from callover.web.journal.record import record
from callover.web.publication.limits import SUBSCRIBE_MAIL, seconds_to_wait
from callover.web.publication.models import Subscriber
from callover.web.publication.tasks import send_confirmation
from callover.web.queue.enqueue import enqueue


@open_to_all
@transaction.atomic
def ask(*, partnership: Partnership, email: str) -> None:
    """Ask an address to confirm. Whoever asks learns nothing of who is subscribed already, and
    nobody's mailbox is filled: some messages a day, then none. Raises QueueFull."""
    email = email.lower()
    found, _ = Subscriber.objects.get_or_create(
        partnership=partnership, email=email, defaults={"asked": timezone.now()}
    )
    if found.confirmed is not None or seconds_to_wait(SUBSCRIBE_MAIL, f"{partnership.pk}|{email}"):
        return
    Subscriber.objects.filter(pk=found.pk).update(asked=timezone.now())
    enqueue(send_confirmation, str(found.pk))


@open_to_all
@transaction.atomic
def confirm(*, subscriber: Subscriber) -> None:
    """Begin; a second time changes nothing."""
    new = Subscriber.objects.filter(pk=subscriber.pk, confirmed=None)
    if new.update(confirmed=timezone.now()):
        record("confirm subscription", by=None, partnership=subscriber.partnership_id,
               subject=str(subscriber))  # fmt: skip


@open_to_all
@transaction.atomic
def leave(*, subscriber: Subscriber) -> None:
    """Forget the address and what it was sent."""
    record("end subscription", by=None, partnership=subscriber.partnership_id,
           subject=str(subscriber))  # fmt: skip
    subscriber.delete()
