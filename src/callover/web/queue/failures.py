"""What to do when a task fails for good, so that nobody waits for what will not come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from django_tasks.base import Task, TaskResultStatus

OnFailure = Callable[..., None]
_KNOWN: dict[str, OnFailure] = {}


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


def finished(sender: object, task_result: Any, **_: object) -> None:  # noqa: ARG001 - a signal's
    """A task ended in a worker that lives: an error of ours is told like a vanished worker."""
    if task_result.status == TaskResultStatus.FAILED:
        tell_failure(task_result.task.module_path, task_result.args)
