"""The processes of the site, watched."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace
from typing import Any

import pytest

from callover.domain.errors import UserError
from callover.web.operations import server

ENDS = {"worker": ["true"]}


def watch(monkeypatch: pytest.MonkeyPatch, most: int) -> int:
    """How often a process that ends at once was started again, of ``most`` at most."""
    started: list[list[str]] = []
    stopping: Any = SimpleNamespace(asked=False)

    def start(command: list[str]) -> Any:
        started.append(command)
        stopping.asked = len(started) >= most
        return SimpleNamespace(poll=lambda: 0)

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(server.time, "sleep", lambda _: None)
    server._watch(ENDS, {"worker": start(ENDS["worker"])}, stopping)
    return len(started)


def test_a_process_that_ends_again_and_again_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="again and again"):
        watch(monkeypatch, 50)


def test_a_process_that_lasted_is_always_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_LASTS", -1)
    assert watch(monkeypatch, 50) == 50
