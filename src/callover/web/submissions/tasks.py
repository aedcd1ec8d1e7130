"""Work in the background: checking, storing, telling, and computing what is due."""

from __future__ import annotations

import logging
from contextlib import suppress

from django.conf import settings
from django_tasks import task

from callover.jobs.forecast import keep_forecasts
from callover.jobs.workspace import Workspace
from callover.web.queue.again import later, tried_again
from callover.web.queue.enqueue import QueueFull, enqueue
from callover.web.queue.failures import on_failure
from callover.web.queue.order import FIRST, LAST, QUICK
from callover.web.submissions import checking, due, reminders, telling

logger = logging.getLogger("callover.mail")


@task(priority=LAST)
def refresh_due(partnership: str) -> None:
    """Compute what each source owes a partnership, and remind those who are late."""
    due.refresh(partnership)
    try:
        reminders.remind(partnership)
    except OSError:
        logger.exception("no reminder went out; tried again later")
        later(remind_late, partnership)


@task(queue_name=QUICK)
def remind_late(partnership: str) -> None:
    """Remind those who are late; a second run finds who was."""
    reminders.remind(partnership)


tried_again(remind_late)


def ask_where_stale() -> None:
    """Ask for the due lists that the store, or the day, has left behind. Raises QueueFull."""
    for partnership in due.stale():
        enqueue(refresh_due, partnership)


@task(queue_name=QUICK)
def check_submission(number: int) -> None:
    """Check one submission and tell its sender; a second run finds it checked."""
    checking.check(number)
    _tell(number)


def _tell(number: int) -> None:
    """Tell the sender; where the mail server does not answer, later: the step itself is done."""
    try:
        telling.tell_sender(number)
    except OSError:
        logger.exception("no message went out; tried again later")
        later(tell_sender, number)


@on_failure(check_submission)
def check_failed(number: int) -> None:
    """Say at the submission, and to its sender, that its check will not come."""
    checking.not_checked(number)
    with suppress(QueueFull):  # the page says it all the same
        enqueue(tell_sender, number)


@task(priority=FIRST)
def store_submission(number: int) -> None:
    """Store one accepted submission; a second run finds it stored."""
    source = checking.store(number)
    _tell(number)
    if source:
        ask_where_stale()
        keep_forecasts(Workspace.open(settings.WORKSPACE), source)


@on_failure(store_submission)
def store_failed(number: int) -> None:
    """Give the submission back to the analyst."""
    checking.not_stored(number, "An error of the program's own stopped it. Accept it again.")


@task(queue_name=QUICK)
def tell_sender(number: int) -> None:
    """Tell the sender what became of a submission."""
    telling.tell_sender(number)


tried_again(tell_sender)
