"""Work on a long list in two processes, of which the second is a copy of this one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_two(items: Sequence[Item], work: Callable[[Sequence[Item]], Result]) -> list[Result]:
    """What ``work`` makes of every other item, and of those between; of all where a system cannot
    copy a process, or another thread might hold what the copy waits for.

    A copy has everything that this process has read, so that only results go over.
    """
    if "fork" not in get_all_start_methods() or threading.active_count() > 1:
        return [work(items)]
    context = get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    other = context.Process(target=_send, args=(items[1::2], work, theirs))
    other.start()
    theirs.close()
    own = work(items[::2])
    try:
        told: Result = mine.recv()
    except (EOFError, OSError):  # the copy gave up: here its error shows
        told = work(items[1::2])
    finally:
        mine.close()
        other.join()
    return [own, told]


def alternated(halves: Sequence[Sequence[Result]]) -> list[Result]:
    """One list from those of every other item and of those between."""
    if len(halves) == 1:
        return list(halves[0])
    made: list[Result] = [*halves[0], *halves[1]]
    made[::2], made[1::2] = halves
    return made


def _send(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Result], to: Connection
) -> None:  # fmt: skip
    to.send(work(items))
    to.close()
