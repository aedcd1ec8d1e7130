"""Work on a long list in two processes, of which the second is a copy of this one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
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
    other = context.Process(target=_send, args=(items[1::2], work, theirs, mine))
    other.start()
    theirs.close()
    try:
        own = work(items[::2])
        told: list[Result] = _received(mine)
    finally:
        mine.close()  # before the copy is waited for: it may have more to send than anybody reads
        other.join()
    return [own, *told] if told else [own, work(items[1::2])]  # here the error of a copy shows


def _received(mine: Connection) -> list[Result]:
    """What the copy sends; nothing where it gave up."""
    try:
        return [mine.recv()]
    except (EOFError, OSError):
        return []


def alternated(halves: Sequence[Sequence[Result]]) -> list[Result]:
    """One list from those of every other item and of those between."""
    if len(halves) == 1:
        return list(halves[0])
    made: list[Result] = [*halves[0], *halves[1]]
    made[::2], made[1::2] = halves
    return made


def _send(
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], Result],
    to: Connection,
    other_end: Connection,
) -> None:
    other_end.close()  # else nothing would tell this copy that nobody reads any more
    made = work(items)
    with suppress(BrokenPipeError):  # the process that was to receive it gave up
        to.send(made)
    to.close()
