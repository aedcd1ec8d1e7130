"""Numbers for Prometheus: requests by view and status, and how the queue stands."""

from __future__ import annotations

import hmac
import os
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django_tasks_db.models import DBTaskResult
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client import REGISTRY as OWN

from callover.web.accounts.access import public

REQUESTS = Counter("callover_requests", "Requests answered", ["view", "status"])
SECONDS = Histogram(
    "callover_request_seconds", "Time to answer a request", ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """For who asks from this machine itself, or with the token of CALLOVER_METRICS_TOKEN."""
    if not _may(request):
        return HttpResponseForbidden("not allowed\n", content_type="text/plain")
    registry = _requests()
    tasks = CollectorRegistry()
    gauge = Gauge("callover_tasks", "Tasks in the queue", ["status"], registry=tasks)
    found = DBTaskResult.objects.order_by().values_list("status").annotate(Count("id"))
    for status, count in found:
        gauge.labels(str(status).lower()).set(count)
    return HttpResponse(
        generate_latest(registry) + generate_latest(tasks), content_type=CONTENT_TYPE_LATEST
    )


def _may(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return hmac.compare_digest(token.encode(), given.encode())
    direct = "X-Forwarded-For" not in request.headers
    return direct and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")


def _requests() -> CollectorRegistry:
    """The requests of all processes that answer, where they share a folder; else of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return OWN
    registry = CollectorRegistry()
    collect: Any = multiprocess.MultiProcessCollector  # its author gave it no types
    collect(registry)
    return registry
