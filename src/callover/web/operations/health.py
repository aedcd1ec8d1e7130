"""Whether the site works, for a load balancer and for who looks after it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from callover.domain.errors import UserError
from callover.jobs.confined import network_can_be_shut
from callover.jobs.workspace import Workspace
from callover.web.accounts.access import public
from callover.web.queue.enqueue import waiting
from callover.web.queue.leases import alive

Check = Callable[[], str]
"""Gives what is wrong, in words; nothing where nothing is."""


@public
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
def ready(request: HttpRequest) -> HttpResponse:
    """Everything that pages need is there: 200, or 503 with what is not. However often somebody
    asks, each process looks once in some seconds."""
    found = _found(int(time.monotonic() / settings.HEALTH_SECONDS))
    bad = {name: said for name, said in found.items() if said}
    told = {name: said or "ok" for name, said in found.items()}
    told_all = {"ok": not bad, "checks": told, "uploads": _uploads()}
    return JsonResponse(told_all, status=503 if bad else 200)


@lru_cache(maxsize=1)
def _found(_: int) -> dict[str, str]:
    """What each check says, kept for the span of time with that number."""
    return {name: _asked(check) for name, check in CHECKS.items()}


def _uploads() -> str:
    """How the process that reads files from outside is kept from the network."""
    if network_can_be_shut():
        return "read without a network"
    return "the system permits no empty network: forbid the network in the worker's unit"


def _asked(check: Check) -> str:
    try:
        return check()
    except DatabaseError:
        return "the database does not answer"


def _database() -> str:
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(behind)} changes of the database are missing" if behind else ""


def _workspace() -> str:
    try:
        Workspace.open(settings.WORKSPACE)
    except UserError as error:
        return error.what
    return ""


def _worker() -> str:
    return "" if alive() else "no worker has said lately that it lives"


def _queue() -> str:
    many = waiting()
    return f"{many} tasks wait, no more are taken" if many >= settings.QUEUE_LIMIT else ""


CHECKS: dict[str, Check] = {
    "database": _database, "workspace": _workspace, "worker": _worker, "queue": _queue,
}  # fmt: skip
