"""Work on many pages in two processes: pdfium knows no threads, and a long pack has to be quick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from callover.audit.unreadable import damaged

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_A_PROCESS = 80
"""Pages from which two processes are sooner done than one."""

_WORKERS = 2


def in_halves(
    name: str, items: Sequence[Item], work: Callable[..., list[Result]], *more: Any
) -> list[Result]:
    """What ``work`` makes of all items in order; of many, each half in a process of its own.

    Raises Unreadable for the file ``name`` that brings a process down.
    """
    if len(items) < WORTH_A_PROCESS:
        return work(items, *more)
    middle = len(items) // _WORKERS
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        halves = [pool.submit(work, half, *more) for half in (items[:middle], items[middle:])]
        try:
            return [result for half in halves for result in half.result()]
        except BrokenProcessPool as error:
            raise damaged(name, "the program that reads it gave up") from error
