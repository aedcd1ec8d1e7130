"""The worker's second lane: a process that takes short tasks alone (``queue.order``)."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

from callover.jobs.confined_work import die_with_parent

Work = Callable[[Path], None]
"""Works on a workspace until it is told to stop."""

logger = logging.getLogger("callover.queue")
_PAUSE = 1.0  # seconds between two looks, and before one that ended is started again
_APART = 0.5  # seconds between two signals, which else arrive as one
_GRACE = 20  # seconds that it has to finish what it does


class Beside:
    """A process beside the worker, started again where it ends by itself; it ends with it."""

    def __init__(self, work: Work, workspace: Path) -> None:
        self._given = (work, workspace)
        self._stopped, self._at_once = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin. One thread starts and watches: the process is tied to the life of that thread."""
        self._thread.start()

    def stop(self, *, at_once: bool = False) -> None:
        """Let it finish what it does, and wait for that; ``at_once``, or where the worker is told
        a second time to stop meanwhile, it gives its task back."""
        if at_once:
            self._at_once.set()
        self._stopped.set()
        try:
            self._thread.join()
        except (SystemExit, KeyboardInterrupt):
            self._at_once.set()
            self._thread.join()
            raise

    def _watch(self) -> None:
        fresh = multiprocessing.get_context("spawn")
        while not self._stopped.is_set():
            process = fresh.Process(target=_tied, args=self._given, daemon=True)
            process.start()
            while process.is_alive() and not self._stopped.wait(_PAUSE):
                pass
            if self._stopped.is_set():
                self._end(process)
                return
            logger.warning("the lane of short tasks ended; it is started again",
                           extra={"told": {"code": process.exitcode}})  # fmt: skip
            self._stopped.wait(_PAUSE)

    def _end(self, process: BaseProcess) -> None:
        """Ask once, and when the time is up a second time: it then gives its task back."""
        process.terminate()
        ends = time.monotonic() + _GRACE
        while process.is_alive() and time.monotonic() < ends and not self._at_once.wait(0.1):
            pass
        process.join(_APART)
        if process.is_alive():
            process.terminate()
            process.join(5)
            process.kill()


def _tied(work: Work, workspace: Path) -> None:
    """Work as a process that ends with the worker. Ctrl+C is for the worker, which then asks."""
    die_with_parent()
    os.setsid()
    work(workspace)
