"""Leases: who works on a task holds it for a while, renewed as long as the worker lives.

A lease that runs out gives the task to the next worker, once; a second time the task is reported
as failed. Tasks must therefore be such that a second run does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from callover.web.queue.failures import follow_up, tell_failure
from callover.web.queue.models import Heartbeat, Lease

logger = logging.getLogger("callover.queue")
MOST_ATTEMPTS = 2


class WorkerVanished(RuntimeError):
    """The worker stopped renewing its lease, twice."""


def _until() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)


@contextmanager
def held(task: UUID, worker: str) -> Iterator[None]:
    """Hold a task while it is worked on; an attempt after a lost one counts on."""
    with transaction.atomic():
        lease, new = Lease.objects.select_for_update().get_or_create(
            task=task, defaults={"worker": worker, "until": _until()}
        )
        if not new:
            lease.attempts, lease.worker, lease.until = lease.attempts + 1, worker, _until()
            lease.save()
    try:
        yield
    finally:
        Lease.objects.filter(task=task, worker=worker).delete()


def renew(worker: str) -> int:
    """Renew what a worker holds, and say that it lives; gives how many tasks it holds."""
    now = timezone.now()
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now})
    Heartbeat.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return Lease.objects.filter(worker=worker).update(until=_until())


def alive() -> bool:
    """Whether a worker said within two leases that it lives."""
    since = timezone.now() - timedelta(seconds=2 * settings.LEASE_SECONDS)
    return Heartbeat.objects.filter(at__gte=since).exists()


def reap() -> tuple[int, int]:
    """Take back every task whose worker vanished: how many go to the next, how many failed."""
    again = failed = 0
    for result in _untold():
        follow_up(result)
        Lease.objects.filter(task=result.pk).delete()
    for task in list(_lost()):
        if _take_back(task):
            again += 1
        else:
            failed += 1
    return again, failed


def _untold() -> Iterator[DBTaskResult[Any, Any]]:
    """Tasks that failed, and whose worker vanished before it had told so: it holds them still."""
    over = Lease.objects.filter(until__lt=timezone.now()).values_list("task", flat=True)
    yield from DBTaskResult.objects.failed().filter(pk__in=list(over))


def _lost() -> Iterator[UUID]:
    """Running tasks whose lease ran out, or that were claimed and never held."""
    now = timezone.now()
    leases = dict(Lease.objects.values_list("task", "until"))
    since = now - timedelta(seconds=settings.LEASE_SECONDS)
    for task, started in DBTaskResult.objects.running().values_list("id", "started_at"):
        until = leases.get(task)
        if (until < now) if until is not None else (started is None or started < since):
            yield task


@transaction.atomic
def _take_back(task: UUID) -> bool:
    """Whether the task goes to the next worker; else it has failed, and is told."""
    result = DBTaskResult.objects.select_for_update().filter(pk=task).first()
    if result is None or result.status != TaskResultStatus.RUNNING:
        return True
    lease, _ = Lease.objects.get_or_create(
        task=task, defaults={"worker": "", "until": timezone.now()}
    )
    told = {"task": result.task_path, "id": str(task), "attempts": lease.attempts}
    if lease.attempts < MOST_ATTEMPTS:
        Lease.objects.filter(task=task).update(worker="", until=_until())
        result.status = TaskResultStatus.READY
        result.save(update_fields=["status"])
        logger.warning("a worker vanished; its task is tried again", extra={"told": told})
        return True
    lease.delete()
    result.set_failed(WorkerVanished(f"no worker finished it in {MOST_ATTEMPTS} attempts"))
    logger.error("a task was given up", extra={"told": told})
    tell_failure(result.task_path, result.args_kwargs["args"])
    return False
