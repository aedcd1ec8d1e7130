"""Asking, answering, sending up to the board, signing off."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.accounts.turns import take_turns
from callover.web.journal.record import record
from callover.web.meetings.models import OPEN, Escalation, Question, Standing
from callover.web.snapshots.models import Signature, Snapshot, State
from callover.web.snapshots.seal import broken


@permitted(Task.ASK)
@transaction.atomic
def ask(
    *, by: Person, partnership: Partnership, month: str, page: str, title: str, text: str,
    owner: str = "", due: date | None = None, key: uuid.UUID | None = None,
) -> Question:  # fmt: skip
    """Put a question on record. The same ``key`` again is the same question, sent twice."""
    take_turns(partnership.pk)
    if key is not None:
        before = Question.objects.filter(key=key, by=by, partnership=partnership).first()
        if before is not None:
            return before
    made = Question.objects.create(
        key=_fresh(key), partnership=partnership, month=month, page=page, title=title, text=text,
        by=by, post=by.post, owner=owner, due=due,
    )  # fmt: skip
    record("ask question", by=by, partnership=partnership.pk, subject=str(made))
    return made


def _fresh(key: uuid.UUID | None) -> uuid.UUID:
    """The key given, unless somebody else's question has it."""
    taken = key is None or Question.objects.filter(key=key).exists()
    return uuid.uuid4() if taken or key is None else key


@permitted(Task.ANSWER, of="question")
@transaction.atomic
def assign(*, by: Person, question: Question, owner: str, due: date | None) -> Question:
    """Say which post owes the answer, and by when."""
    held = Question.objects.select_for_update().get(pk=question.pk)
    held.owner, held.due = owner, due
    held.save(update_fields=["owner", "due"])
    record(
        "assign question", by=by, partnership=held.partnership_id, subject=str(held), owner=owner,
        due=due.isoformat() if due else "",
    )  # fmt: skip
    return held


class AnsweredMeanwhile(UserError):
    """Somebody answered since the page was opened."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(
            f"{question.answered_post} answered this meanwhile.", "Read that answer first."
        )


@permitted(Task.ANSWER, of="question")
@transaction.atomic
def answer(*, by: Person, question: Question, text: str) -> Question:
    """Answer a question, once. Raises AnsweredMeanwhile for a second answer."""
    held = Question.objects.select_for_update().get(pk=question.pk)
    if not held.open:
        raise AnsweredMeanwhile(held)
    held.answer, held.answered, held.answered_by = text, timezone.now(), by
    held.answered_post = by.post
    held.save(update_fields=["answer", "answered", "answered_by", "answered_post"])
    record("answer question", by=by, partnership=held.partnership_id, subject=str(held))
    return held


@permitted(Task.ESCALATE)
@transaction.atomic
def escalate(
    *, by: Person, partnership: Partnership, month: str, page: str, title: str, reason: str
) -> Escalation:
    """Send an issue up to the board; one that is on its way already stays the one."""
    take_turns(partnership.pk)
    open_ = _open(partnership.pk, month, page).first()
    if open_ is not None:
        return open_
    made = Escalation.objects.create(
        partnership=partnership, month=month, page=page, title=title, reason=reason, by=by,
        post=by.post,
    )  # fmt: skip
    record("escalate issue", by=by, partnership=partnership.pk, subject=str(made))
    return made


@permitted(Task.ESCALATE, of="escalation")
@transaction.atomic
def move_escalation(
    *, by: Person, escalation: Escalation, standing: Standing, outcome: str
) -> Escalation:
    """Say where an issue stands now, and what the board decided.

    Raises RaisedAnew where it would be open beside a later one on the same.
    """
    take_turns(escalation.partnership_id)
    held = Escalation.objects.select_for_update().get(pk=escalation.pk)
    others = _open(held.partnership_id, held.month, held.page).exclude(pk=held.pk)
    if standing in OPEN and others.exists():
        raise RaisedAnew(held)
    held.standing, held.outcome, held.changed = standing, outcome, timezone.now()
    held.save(update_fields=["standing", "outcome", "changed"])
    record(
        "move escalation", by=by, partnership=held.partnership_id, subject=str(held),
        standing=standing.value,
    )  # fmt: skip
    return held


def _open(partnership: str, month: str, page: str) -> QuerySet[Escalation]:
    return Escalation.objects.filter(
        partnership=partnership, month=month, page=page, standing__in=OPEN
    )


class RaisedAnew(UserError):
    """An issue that was closed, and is on its way to the board again as another one."""

    def __init__(self, escalation: Escalation) -> None:
        what = f"{escalation.title} is on its way to the board again already."
        super().__init__(what, "Say at the later issue where it stands.")


class NotSigned(UserError):
    """A snapshot that nobody may put their name to."""


@permitted(Task.SIGN_OFF, of="snapshot")
def sign_off(*, by: Person, snapshot: Snapshot, statement: str = "") -> Signature:
    """Sign a sealed snapshot; twice is once. Its files are read before anything is locked.

    Raises NotSigned where it is not sealed, or a file is not as it was sealed, and
    PermissionDenied.
    """
    held = Snapshot.objects.get(pk=snapshot.pk)
    if held.state != State.SEALED:
        raise NotSigned("This snapshot is not sealed.", "Wait until it is built.")
    if faults := broken(held.folder, held.seal):
        raise NotSigned(" ".join(faults), "Ask for a new snapshot and sign that one.")
    return _signed(by, held, statement)


@transaction.atomic
def _signed(by: Person, held: Snapshot, statement: str) -> Signature:
    Snapshot.objects.select_for_update(no_key=True).get(pk=held.pk)
    signed = Signature.objects.filter(snapshot=held).first()
    if signed is not None:
        return signed
    made = Signature.objects.create(snapshot=held, by=by, post=by.post, statement=statement)
    record(
        "sign off snapshot", by=by, partnership=held.partnership_id, subject=str(held),
        seal=held.seal,
    )  # fmt: skip
    return made
