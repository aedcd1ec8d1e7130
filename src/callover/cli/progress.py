"""A progress bar on a terminal, for work of more than a second; nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds before a bar appears."""


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """Gives what jobs call with a description and a share from 0 to 1."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.stop()


class _Bar:
    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.stop: Callable[[], None] = lambda: None
        self.update: Callable[[str, float], None] | None = None

    def show(self, what: str, share: float) -> None:
        """Draw, once the work has taken long enough to need it."""
        if self.update is None:
            if time.monotonic() - self.begun < PATIENCE:
                return
            self._start()
        if self.update is not None:
            self.update(what, share)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        live = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            console=Console(stderr=True),
            transient=True,
        )
        task = live.add_task("", total=1.0)
        live.start()
        self.stop = live.stop
        self.update = lambda what, share: live.update(task, description=what, completed=share)
