"""One at a time for what two may not do at once in a workspace: by locks that a process which dies
lets go of."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_mine = threading.local()


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold the lock that lies at a path; a block within another of the same thread goes on.

    Who needs a database's transaction as well begins that inside, never outside.
    """
    held: set[Path] = _mine.__dict__.setdefault("held", set())
    lock = lock.resolve()
    if lock in held:
        yield
        return
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        held.add(lock)
        try:
            yield
        finally:
            held.discard(lock)


@contextmanager
def changing_definitions(workspace: Path) -> Iterator[None]:
    """Be the only one who changes definitions, settings and lists of a workspace, whether by a
    page or a command."""
    with one_at_a_time(workspace / "definitions" / ".lock"):
        yield
