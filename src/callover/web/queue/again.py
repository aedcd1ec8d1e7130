"""Tasks that are tried again later: what they need outside, a mail server, did not answer."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from callover.web.queue.failures import on_failure

logger = logging.getLogger("callover.queue")
AFTER = tuple(timedelta(minutes=each) for each in (15, 60, 6 * 60, 24 * 60))
"""Pauses before the second try, the third and so on; after the last one it is given up."""
_REMEMBERED = timedelta(days=3)


def later(task: Task[..., Any], *args: Any, tried: int = 1) -> None:
    """Put a task into the queue for when the next try is due."""
    task.using(run_after=timezone.now() + AFTER[tried - 1]).enqueue(*args)


def tried_again(task: Task[..., Any]) -> None:
    """Try the task again each time that it fails, until every pause was waited for."""

    @on_failure(task)
    def failed(*args: Any) -> None:
        tried = DBTaskResult.objects.failed().filter(
            task_path=task.module_path, args_kwargs={"args": list(args), "kwargs": {}},
            finished_at__gt=timezone.now() - _REMEMBERED,
        ).count()  # fmt: skip
        if tried <= len(AFTER):
            later(task, *args, tried=tried)
        else:
            logger.error("a message was given up", extra={"told": {"task": task.module_path}})
