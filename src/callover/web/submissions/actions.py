"""What people do with submissions. Each note in the log goes with what it tells of."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.journal.record import record
from callover.web.queue.enqueue import QueueFull, enqueue
from callover.web.submissions.models import OPEN, WITHDRAWABLE, Kind, State, Submission
from callover.web.submissions.tasks import check_submission, store_submission, tell_sender
from callover.web.submissions.uploads import Kept

MOST_WAITING = 30
"""Submissions of one person that may wait for their check, so that nobody fills the queue alone."""


class NotNow(UserError):
    """Somebody was faster, or the step does not follow from where the submission stands."""

    def __init__(self, submission: Submission, remedy: str = "") -> None:
        words = State(submission.state).label
        what = f"Submission {submission.number} is {words}."
        super().__init__(what, remedy or "Look at it again before you decide.")


@permitted(Task.SUBMIT)
def submit(
    *, by: Person, partnership: Partnership, source: str, kept: Kept, kind: Kind = Kind.FILE,
    corrects: Submission | None = None,
) -> tuple[Submission, bool]:  # fmt: skip
    """Note a file that was kept, and ask for its check; whether it is new.

    The same bytes sent a second time while the first are on their way give the first's receipt.
    Raises QueueFull, and notes nothing then; PermissionDenied, also where it is to correct
    something of another source.
    """
    if corrects is not None and (corrects.partnership_id, corrects.source) != (
        partnership.pk, source,
    ):  # fmt: skip
        raise PermissionDenied
    same = Submission.objects.filter(
        partnership=partnership, source=source, sha256=kept.sha256, state__in=OPEN
    )
    try:
        with transaction.atomic():
            found = same.first()
            if found is not None:
                return found, False
            if Submission.objects.filter(by=by, state=State.RECEIVED).count() >= MOST_WAITING:
                raise QueueFull
            return _submit(by, partnership, source, kept, kind, corrects), True
    except IntegrityError:
        found = same.first()
        if found is None:
            raise
        return found, False  # somebody sent the same between our look and our note


def _submit(
    by: Person, partnership: Partnership, source: str, kept: Kept, kind: Kind,
    corrects: Submission | None,
) -> Submission:  # fmt: skip
    made = Submission.objects.create(
        partnership=partnership, source=source, by=by, kind=kind, name=kept.name, size=kept.size,
        sha256=kept.sha256, stored=kept.stored, corrects=corrects,
    )  # fmt: skip
    _note("send in", made, by, sha256=kept.sha256, size=kept.size)
    if corrects is not None:
        _replace(corrects, by)
    enqueue(check_submission, made.number)
    return made


def _replace(earlier: Submission, by: Person) -> None:
    """A corrected file takes the place of the one that it corrects, unless that is decided."""
    locked = _locked(earlier)
    if locked.state in WITHDRAWABLE:
        _move(locked, by, "replace submission", State.REPLACED)


@permitted(Task.SUBMIT, of="submission")
@transaction.atomic
def withdraw(*, by: Person, submission: Submission) -> None:
    """Take a submission back. Raises NotNow once it was accepted or is gone."""
    locked = _in(submission, *WITHDRAWABLE)
    _move(locked, by, "withdraw submission", State.WITHDRAWN)


@permitted(Task.SUBMIT, of="submission")
@transaction.atomic
def explain(*, by: Person, submission: Submission, reason: str) -> None:
    """Say why faults or findings are right as they are: it goes to the analyst with the reason.

    Raises NotNow where it is not with its sender or the analyst, UserError for a file of which
    nothing could be read.
    """
    locked = _in(submission, State.FAULTY, State.CHECKED)
    if locked.state == State.FAULTY and not (locked.report or {}).get("rows"):
        raise UserError("No row of the file can be read.", "Send a corrected file.")
    locked.explanation = reason
    _move(locked, by, "explain submission", State.CHECKED, "explanation")


@permitted(Task.SUBMIT, of="submission")
@transaction.atomic
def check_again(*, by: Person, submission: Submission) -> None:
    """Ask for the check of a submission once more. Raises NotNow and QueueFull."""
    locked = _in(submission, State.FAILED)
    locked.message = locked.told = ""
    _move(locked, by, "check submission again", State.RECEIVED, "message", "told")
    enqueue(check_submission, locked.number)


@permitted(Task.CHECK, of="submission")
@transaction.atomic
def accept(*, by: Person, submission: Submission, good_rows: bool = False) -> None:
    """Accept: it is stored in the background, as known from then on.

    ``good_rows`` leaves rows with faults aside. Raises NotNow, QueueFull, and UserError for a
    submission with faults of which not only the good rows are wanted.
    """
    locked = _in(submission, State.CHECKED)
    if locked.fault_count and not good_rows:
        raise UserError(
            f"Submission {locked.number} has faults.",
            "Return it, or store its good rows and leave the others aside.",
        )
    locked.decided_by, locked.decided, locked.message = by, timezone.now(), ""
    locked.good_rows = good_rows and locked.fault_count > 0
    _move(locked, by, "accept submission", State.ACCEPTING, "decided_by", "decided", "message",
          "good_rows")  # fmt: skip
    enqueue(store_submission, locked.number)


@permitted(Task.CHECK, of="submission")
@transaction.atomic
def give_back(*, by: Person, submission: Submission, message: str) -> None:
    """Return a submission to its sender with a message. Raises NotNow and QueueFull."""
    locked = _in(submission, State.CHECKED, State.FAULTY)
    locked.decided_by, locked.decided, locked.message = by, timezone.now(), message
    _move(locked, by, "return submission", State.RETURNED, "decided_by", "decided", "message")
    enqueue(tell_sender, locked.number)


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _in(submission: Submission, *states: State) -> Submission:
    """The submission, locked; raises NotNow where it is in none of the states."""
    locked = _locked(submission)
    if locked.state not in states:
        raise NotNow(locked)
    return locked


def _move(submission: Submission, by: Person, action: str, to: State, *fields: str) -> None:
    submission.state = to
    submission.save(update_fields=["state", *fields])
    _note(action, submission, by)


def _note(action: str, submission: Submission, by: Person, **detail: Any) -> None:
    record(action, by=by, partnership=submission.partnership_id, subject=str(submission),
           **detail)  # fmt: skip
