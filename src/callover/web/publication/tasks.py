"""Work in the background: what follows a publication, and messages."""

from __future__ import annotations

from django_tasks import task

from callover.web.journal.record import record
from callover.web.publication.mail import ask_to_confirm
from callover.web.publication.models import Publication
from callover.web.publication.schedule import settle
from callover.web.queue.again import tried_again
from callover.web.queue.failures import on_failure
from callover.web.queue.order import FIRST, QUICK


@task(priority=FIRST)
def settle_publication(publication: int) -> None:
    """Keep the files, tell subscribers; a second run does only what is left."""
    settle(publication)


@on_failure(settle_publication)
def settling_failed(publication: int) -> None:
    """Say so in the log; the clock tries again in an hour."""
    held = Publication.objects.get(pk=publication)
    record("fail to settle", by=None, partnership=held.partnership_id, subject=str(held))


@task(queue_name=QUICK)
def send_confirmation(subscriber: str) -> None:
    """Ask an address whether it wants to subscribe."""
    ask_to_confirm(subscriber)


tried_again(send_confirmation)
