"""The worker: the library's, with leases and with what is due by the clock."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.utils import Error as DatabaseError
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from callover.web.queue.leases import held, reap, renew

logger = logging.getLogger("callover.queue")

CLOCK: list[Callable[[], None]] = []
"""What every worker does once a minute; each must do no harm when several do it at once."""


class LeasedWorker(Worker):
    """Works on one task after another, each under a lease."""

    def __init__(self, *, batch: bool = False, interval: float = 0.5) -> None:
        super().__init__(
            queue_names=["*"], interval=interval, batch=batch, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )  # fmt: skip

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Work on a task that was claimed."""
        with held(db_task_result.id, self.worker_id):
            super().run_task(db_task_result)

    def run(self) -> None:
        """Work until told to stop, with a thread that renews leases and looks at the clock."""
        stopped = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(stopped,), daemon=True)
        keeper.start()
        try:
            super().run()
        finally:
            stopped.set()
            keeper.join(timeout=5)

    def _keep(self, stopped: threading.Event) -> None:
        """Renew at a third of a lease; take back what others lost; do what is due by the clock."""
        pause, rounds = settings.LEASE_SECONDS / 3, 0
        each_minute = max(1, round(60 / pause))
        while not stopped.wait(pause if rounds else 0.1):
            close_old_connections()
            try:
                renew(self.worker_id)
                reap()
                if rounds % each_minute == 0:
                    self._look_at_the_clock()
            except DatabaseError:
                logger.exception("the database did not answer; tried again soon")
            rounds += 1
        connection.close()

    def _look_at_the_clock(self) -> None:
        for job in CLOCK:
            job()
