"""What the queue does with a submission: check it, store it. Each step may be run twice.

A step looks at the state first, works in a confined process without holding anything, and notes
the outcome if the state is still the one that it began with.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.jobs.confined import Bounds, run_confined
from callover.jobs.trouble import trouble
from callover.web.accounts.access import Access
from callover.web.journal.record import record
from callover.web.submissions import uploads
from callover.web.submissions.models import State, Submission

STORING = Bounds(cpu_seconds=300, seconds=420)
"""Storing reads the file again, and writes beside it."""
OURS = "An error of the program's own stopped the check."


def check(number: int) -> bool:
    """Check a submission; whether it was this call that did."""
    submission = _begin(number)
    if submission is None:
        return False
    try:
        report = _confined("check", submission)
    except OSError as error:
        if (stands := trouble(error)) is None:
            raise
        not_checked(number, stands.what)
        return False
    except UserError as error:
        report = unreadable(error)
    return _checked(number, report)


@transaction.atomic
def _begin(number: int) -> Submission | None:
    submission = Submission.objects.select_for_update().get(pk=number)
    if submission.state not in (State.RECEIVED, State.CHECKING):
        return None
    submission.state = State.CHECKING
    submission.save(update_fields=["state"])
    return submission


@transaction.atomic
def _checked(number: int, report: dict[str, Any]) -> bool:
    submission = Submission.objects.select_for_update().get(pk=number)
    if submission.state != State.CHECKING:
        return False
    submission.report, submission.checked = report, timezone.now()
    submission.state = State.FAULTY if report["fault_count"] else State.CHECKED
    submission.save(update_fields=["report", "checked", "state"])
    _note("check submission", submission, faults=report["fault_count"],
          findings=report["finding_count"])  # fmt: skip
    return True


def store(number: int) -> str:
    """Store an accepted submission; gives its source once it lies in the store, else nothing."""
    submission = Submission.objects.get(pk=number)
    if submission.state == State.ACCEPTING and submission.decided is not None:
        since = submission.decided.isoformat()
        rows = {"since": since, "good_rows": submission.good_rows}
        try:
            _stored(number, _confined("store", submission, STORING, **rows))
        except UserError as error:
            not_stored(number, f"{error.what} {error.remedy}".strip())
            return ""
        except OSError as error:
            if (stands := trouble(error)) is None:
                raise
            not_stored(number, f"{stands.what} {stands.remedy}")
            return ""
        return submission.source
    return submission.source if submission.state == State.ACCEPTED else ""


@transaction.atomic
def _stored(number: int, done: dict[str, Any]) -> None:
    submission = Submission.objects.select_for_update().get(pk=number)
    if submission.state != State.ACCEPTING:
        return
    submission.state, submission.import_number = State.ACCEPTED, done["import"]
    submission.save(update_fields=["state", "import_number"])
    _note("store submission", submission, import_number=done["import"], new=done["new"],
          revised=done["revised"])  # fmt: skip


@transaction.atomic
def not_stored(number: int, why: str) -> None:
    """Give a submission that could not be stored back to the analyst, with the reason."""
    submission = Submission.objects.select_for_update().get(pk=number)
    if submission.state == State.ACCEPTING:
        submission.state, submission.message = State.CHECKED, f"It could not be stored. {why}"
        submission.decided = submission.decided_by = None
        submission.save(update_fields=["state", "message", "decided", "decided_by"])
        _note("fail to store submission", submission)


@transaction.atomic
def not_checked(number: int, why: str = OURS) -> None:
    """Note that a check came to no end, by an error of ours or a worker that vanished twice."""
    submission = Submission.objects.select_for_update().get(pk=number)
    if submission.state in (State.RECEIVED, State.CHECKING):
        submission.state = State.FAILED
        submission.message = f"{why} Check it again."
        submission.save(update_fields=["state", "message"])
        _note("fail to check submission", submission)


def unreadable(error: UserError) -> dict[str, Any]:
    """The report on a file that cannot be read at all: one fault, about the whole of it."""
    fault = {"line": None, "column": "", "text": "", "reason": error.what, "remedy": error.remedy}
    return {
        "rows": 0, "first": "", "last": "", "fault_count": 1, "faults": [fault],
        "finding_count": 0, "findings": [], "new": 0, "revised": 0, "unchanged": 0, "changes": [],
        "summary": [], "stored_before": "", "superseded": False,
    }  # fmt: skip


def _confined(
    work: str, submission: Submission, bounds: Bounds | None = None, **more: Any
) -> dict[str, Any]:
    return run_confined(
        work, uploads.place(submission.stored), submission.name, bounds,
        workspace=str(settings.WORKSPACE), source=submission.source,
        partnership=submission.partnership_id, refused=_areas_of_others(submission), **more,
    )  # fmt: skip


def _areas_of_others(submission: Submission) -> list[str]:
    """Areas of partnerships for which the sender may not send in this source."""
    access, own = Access(submission.by), submission.partnership.area
    others = (
        each.area
        for each in access.partnerships.values()
        if not access.may(Task.SUBMIT, each.id, submission.source)
    )
    return sorted({area for area in others if area and area != own})


def _note(action: str, submission: Submission, **detail: Any) -> None:
    record(action, by=None, partnership=submission.partnership_id, subject=str(submission),
           **detail)  # fmt: skip
