"""Putting work into the queue: after the transaction that asks for it, and never without bound."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from callover.domain.errors import UserError


class QueueFull(UserError):
    """So much waits that more would only wait longer."""

    def __init__(self) -> None:
        super().__init__("Too much is waiting to be worked on.", "Try again in a few minutes.")


def waiting() -> int:
    """How many tasks nobody has begun."""
    return DBTaskResult.objects.ready().count()


def enqueue(task: Task[..., Any], *args: Any) -> None:
    """Put a task into the queue with the transaction that asks for it: both happen or neither.

    The queue lies in the same database. Raises QueueFull where ``QUEUE_LIMIT`` tasks wait.
    """
    with transaction.atomic():
        if waiting() >= settings.QUEUE_LIMIT:
            raise QueueFull
        task.enqueue(*args)
