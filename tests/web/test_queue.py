"""Work beside the queue: leases are renewed whatever becomes of the clock's jobs."""

from __future__ import annotations

import threading

from callover.domain.errors import UserError
from callover.web.queue import worker


def test_a_job_that_fails_is_done_again_and_holds_up_no_other() -> None:
    stopped, often = threading.Event(), threading.Event()
    tried: list[str] = []

    def fails() -> None:
        tried.append("fails")
        if len(tried) > 2:
            often.set()
        raise UserError("The store is written to now.", "Wait.")

    hangs = worker.beside(stopped, 0.01, stopped.wait)
    failing = worker.beside(stopped, 0.01, fails)
    assert often.wait(10)
    stopped.set()
    for thread in (hangs, failing):
        thread.join(10)
        assert not thread.is_alive()
    assert len(tried) > 2
