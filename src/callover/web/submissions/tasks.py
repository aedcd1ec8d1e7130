"""Work in the background: checking, storing, telling, and computing what is due."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django_tasks import task

from callover.jobs.forecast import keep_forecasts
from callover.jobs.workspace import Workspace
from callover.web.queue.enqueue import QueueFull, enqueue
from callover.web.queue.failures import on_failure
from callover.web.submissions import checking, due, reminders, telling


@task()
def refresh_due(partnership: str) -> None:
    """Compute what each source owes a partnership, and remind those who are late."""
    due.refresh(partnership)
    reminders.remind(partnership)


def ask_where_stale() -> None:
    """Ask for the due lists that the store, or the day, has left behind. Raises QueueFull."""
    for partnership in due.stale():
        enqueue(refresh_due, partnership)


@task()
def check_submission(number: int) -> None:
    """Check one submission and tell its sender; a second run finds it checked."""
    checking.check(number)
    telling.tell_sender(number)


@on_failure(check_submission)
def check_failed(number: int) -> None:
    """Say at the submission, and to its sender, that its check will not come."""
    checking.not_checked(number)
    with suppress(QueueFull):  # the page says it all the same
        enqueue(tell_sender, number)


@task()
def store_submission(number: int) -> None:
    """Store one accepted submission; a second run finds it stored."""
    source = checking.store(number)
    telling.tell_sender(number)
    if source:
        ask_where_stale()
        keep_forecasts(Workspace.open(settings.WORKSPACE), source)


@on_failure(store_submission)
def store_failed(number: int) -> None:
    """Give the submission back to the analyst."""
    checking.not_stored(number, "An error of the program's own stopped it. Accept it again.")


@task()
def tell_sender(number: int) -> None:
    """Tell the sender what became of a submission."""
    telling.tell_sender(number)
