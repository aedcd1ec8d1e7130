"""The queue: leases renewed whatever the clock's jobs do, what was stopped, what nobody told."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from callover.domain.errors import UserError
from callover.web.queue import worker
from callover.web.queue.leases import reap
from callover.web.queue.models import Lease
from callover.web.queue.order import QUICK
from callover.web.snapshots.tasks import build_snapshot
from callover.web.submissions import checking
from callover.web.submissions.models import State, Submission
from callover.web.submissions.tasks import (
    check_submission,
    refresh_due,
    store_submission,
    tell_sender,
)
from site_under_test import person


def asked() -> Submission:
    """A submission whose check is asked for."""
    made = Submission.objects.create(
        partnership_id="harrowmere", source="police", by=person("data_provider"), name="a.csv",
        size=1, sha256="0" * 64,
    )  # fmt: skip
    check_submission.enqueue(made.pk)
    return made


def work(monkeypatch: pytest.MonkeyPatch, ends: BaseException) -> None:
    """Let a worker do what waits, each check ending with an exception."""

    def check(_: int) -> bool:
        raise ends

    with monkeypatch.context() as patched:
        patched.setattr(checking, "check", check)
        worker.LeasedWorker(batch=True).run_task(DBTaskResult.objects.get())


def test_the_lane_for_all_takes_what_is_long_first_and_the_other_what_is_short() -> None:
    for task in (refresh_due, check_submission, build_snapshot, tell_sender, store_submission):
        task.enqueue(1)
    names = [each.task_path.rpartition(".")[2] for each in DBTaskResult.objects.ready()]
    assert names == [
        "store_submission", "build_snapshot", "check_submission", "tell_sender", "refresh_due",
    ]  # fmt: skip
    short = DBTaskResult.objects.ready().filter(queue_name=QUICK)
    assert [each.task_path.rpartition(".")[2] for each in short] == [
        "check_submission", "tell_sender",
    ]  # fmt: skip


def test_a_task_whose_worker_is_told_to_stop_at_once_waits_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = asked()
    work(monkeypatch, SystemExit(1))
    waits = DBTaskResult.objects.get()
    assert (waits.status, waits.traceback) == (TaskResultStatus.READY, "")
    assert not Lease.objects.exists()  # it counts as no attempt
    assert Submission.objects.get(pk=made.pk).state == State.RECEIVED


def test_an_error_of_ours_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = asked()
    work(monkeypatch, RuntimeError("ours"))
    assert DBTaskResult.objects.get(task_path__contains="check_sub").status == "FAILED"
    assert Submission.objects.get(pk=made.pk).state == State.FAILED


def test_a_failure_is_told_although_its_worker_vanished_before_it_could() -> None:
    made = asked()
    failed = DBTaskResult.objects.get()
    failed.claim("vanished")
    failed.set_failed(RuntimeError("ours"))
    Lease.objects.create(task=failed.pk, worker="vanished",
                         until=timezone.now() - timedelta(seconds=1))  # fmt: skip
    reap()
    assert Submission.objects.get(pk=made.pk).state == State.FAILED
    assert not Lease.objects.exists()


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
