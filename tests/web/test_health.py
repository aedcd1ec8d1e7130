"""What a load balancer asks: however often, each process looks once in some seconds."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from callover.web.operations import health
from callover.web.queue.leases import renew


def test_ready_says_what_is_missing_and_then_that_nothing_is(client: Client) -> None:
    asked = client.get("/health/ready/")
    assert asked.status_code == 503
    assert asked.json()["checks"]["worker"] == "no worker has said lately that it lives"
    renew("one")
    asked = client.get("/health/ready/")
    assert (asked.status_code, asked.json()["ok"]) == (200, True)


def test_ready_is_found_out_once_in_some_seconds(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def check() -> str:
        looked.append(1)
        return ""

    monkeypatch.setattr(settings, "HEALTH_SECONDS", 1000)
    monkeypatch.setattr(health, "CHECKS", {"one": check})
    health._found.cache_clear()
    for _ in range(20):
        assert client.get("/health/ready/").status_code == 200
    assert len(looked) <= 2  # 2: a new span may begin meanwhile
    health._found.cache_clear()
