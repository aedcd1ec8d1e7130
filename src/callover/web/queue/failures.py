"""What to do when a task fails for good, so that nobody waits for what will not come.

A task whose worker was only told to stop at once has not failed: it waits for the next worker.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("callover.queue")
OnFailure = Callable[..., None]
_KNOWN: dict[str, OnFailure] = {}
_STOPPED = ("builtins.SystemExit", "builtins.KeyboardInterrupt")
"""What a task ends with when its worker is told to stop a second time."""


def on_failure(task: Task[..., Any]) -> Callable[[OnFailure], OnFailure]:
    """Call the function with the task's arguments once it has failed for good."""

    def known(call: OnFailure) -> OnFailure:
        _KNOWN[task.module_path] = call
        return call

    return known


def tell_failure(path: str, args: Sequence[Any]) -> None:
    """Tell whoever waits for the task with that path.

    A worker that takes a lost task back may never have run one like it: what is to be told stands
    beside the task, so its module is loaded first.
    """
    import_module(path.rpartition(".")[0])
    if path in _KNOWN:
        _KNOWN[path](*args)


def finished(sender: object, task_result: Any, **_: object) -> None:
    """A task ended in a worker that lives: an error of ours is told like a vanished worker."""
    if task_result.status == TaskResultStatus.FAILED:
        follow_up(task_result.db_result)


def follow_up(failed: DBTaskResult[Any, Any]) -> None:
    """Give a task that was only stopped to the next worker; tell of any other that failed."""
    if failed.exception_class_path not in _STOPPED:
        tell_failure(failed.task_path, failed.args_kwargs["args"])
        return
    failed.status, failed.finished_at = TaskResultStatus.READY, None
    failed.exception_class_path = failed.traceback = ""
    failed.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
    logger.warning("a task was stopped; it waits for the next worker",
                   extra={"told": {"task": failed.task_path, "id": str(failed.pk)}})  # fmt: skip
