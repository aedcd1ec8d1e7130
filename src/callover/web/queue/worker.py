"""The worker: the library's, with leases and with what is due by the clock."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.utils import Error as DatabaseError
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from callover.domain.errors import UserError
from callover.jobs.trouble import trouble
from callover.web.queue.leases import held, reap, renew

logger = logging.getLogger("callover.queue")

MINUTE = 60.0
CLOCK: list[Callable[[], None]] = []
"""What a worker does once a minute, each in a thread of its own; each must do no harm when
several do it at once."""


class LeasedWorker(Worker):
    """Works on one task after another, each under a lease: of any queue unless some are named."""

    def __init__(
        self, *, batch: bool = False, interval: float = 0.5, queues: Sequence[str] = ("*",),
        clock: bool = True,
    ) -> None:  # fmt: skip
        self._clock = CLOCK if clock else ()
        self.told_twice = False
        super().__init__(
            queue_names=list(queues), interval=interval, batch=batch, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )  # fmt: skip

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Work on a task that was claimed."""
        with held(db_task_result.id, self.worker_id):
            super().run_task(db_task_result)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the task that it works on; told a second time, give that back."""
        self.told_twice = not self.running
        super().shutdown(signum, frame)

    def run(self) -> None:
        """Work until told to stop, beside a thread that renews leases and one a clock's job."""
        stopped = threading.Event()
        threads = [
            beside(stopped, settings.LEASE_SECONDS / 3, self._keep_leases),
            *(beside(stopped, MINUTE, job) for job in self._clock),
        ]
        try:
            super().run()
        finally:
            stopped.set()
            for thread in threads:
                thread.join(timeout=5)

    def _keep_leases(self) -> None:
        """Renew what this worker holds; take back what others lost."""
        renew(self.worker_id)
        reap()


def beside(stopped: threading.Event, pause: float, job: Callable[[], object]) -> threading.Thread:
    """A thread that does a job again and again: what holds up one holds up no other."""
    thread = threading.Thread(target=_again_and_again, args=(stopped, pause, job), daemon=True)
    thread.start()
    return thread


def _again_and_again(stopped: threading.Event, pause: float, job: Callable[[], object]) -> None:
    """Do a job at once and after each pause. One that fails is told in the log and tried again."""
    while True:
        close_old_connections()
        try:
            job()
        except (DatabaseError, OSError, UserError, LookupError, ValueError) as error:
            stands = trouble(error)
            logger.error(
                "work beside the queue failed; tried again in %d seconds", pause,
                exc_info=stands is None, extra={"told": {"what": str(stands or "")}},
            )  # fmt: skip
        if stopped.wait(pause):
            break
    connection.close()
