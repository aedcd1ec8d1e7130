"""Submissions on their way, what each source owes, and whom that was told."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from callover.web.accounts.models import Partnership, Person


class State(models.TextChoices):
    """Where a submission stands."""

    RECEIVED = "received", "waiting to be checked"
    CHECKING = "checking", "being checked"
    FAULTY = "faulty", "has faults"
    CHECKED = "checked", "with the analyst"
    ACCEPTING = "accepting", "accepted, being stored"
    ACCEPTED = "accepted", "stored"
    RETURNED = "returned", "returned"
    WITHDRAWN = "withdrawn", "withdrawn"
    REPLACED = "replaced", "replaced by a corrected file"
    FAILED = "failed", "could not be checked"


OPEN = (State.RECEIVED, State.CHECKING, State.FAULTY, State.CHECKED, State.ACCEPTING)
"""Something is still to come of it; of the same bytes there is one such at most."""

WITHDRAWABLE = (
    State.RECEIVED, State.CHECKING, State.FAULTY, State.CHECKED, State.RETURNED, State.FAILED,
)  # fmt: skip


class Kind(models.TextChoices):
    """How it came."""

    FILE = "file", "a file"
    FORM = "form", "the form"


class Submission(models.Model):
    """A file that somebody sent in for a source; its number is on the receipt."""

    number = models.BigAutoField(primary_key=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="submissions")
    source = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FILE)
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.UUIDField(default=uuid.uuid4, unique=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    checked = models.DateTimeField(null=True, blank=True)
    report: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True, blank=True)
    explanation = models.TextField(blank=True)
    message = models.TextField(blank=True)
    good_rows = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    import_number = models.IntegerField(null=True, blank=True)
    told = models.CharField(max_length=10, blank=True)  # the state that its sender knows of

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["partnership", "state"], name="submissions_by_state"),
            models.Index(fields=["partnership", "source", "-number"], name="submissions_of_one"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "source", "sha256"], name="one_open_submission_a_file",
                condition=Q(state__in=[state.value for state in OPEN]),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="submission_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(decided__isnull=True, decided_by__isnull=True)
                | Q(decided__isnull=False, decided_by__isnull=False),
                name="decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepting", "accepted", "returned"])
                | Q(decided__isnull=False),
                name="accepted_or_returned_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", import_number__isnull=False)
                | ~Q(state="accepted") & Q(import_number__isnull=True),
                name="accepted_once_stored",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(message=""), name="returned_with_a_message"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.source} submission {self.number}"

    @property
    def is_waiting(self) -> bool:
        """Whether the queue is still to work on it."""
        return self.state in (State.RECEIVED, State.CHECKING, State.ACCEPTING)

    @property
    def is_withdrawable(self) -> bool:
        """Whether its sender may take it back."""
        return self.state in WITHDRAWABLE

    @property
    def fault_count(self) -> int:
        """Faults that the check found."""
        return int((self.report or {}).get("fault_count", 0))


class SourceState(models.Model):
    """What a source owes a partnership, as computed from the store at ``refreshed``."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="sources")
    source = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    latest = models.CharField(max_length=7, blank=True)
    received = models.DateTimeField(null=True, blank=True)
    expected = models.CharField(max_length=7, blank=True)
    due = models.DateField(null=True, blank=True)
    next_due = models.DateField(null=True, blank=True)
    first_owed = models.CharField(max_length=7, blank=True)
    since = models.DateField(null=True, blank=True)  # when the first that is owed was due
    missed = models.PositiveSmallIntegerField(default=0)  # periods that were due and have not come
    findings = models.PositiveIntegerField(default=0)
    months: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    sharing_basis = models.TextField(blank=True)
    review_date = models.DateField(null=True, blank=True)
    marking = models.CharField(max_length=80, blank=True)
    refreshed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "source"], name="one_state_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.source}"

    @property
    def is_late(self) -> bool:
        """Whether a period was due and has not come."""
        return self.missed > 0


class Refresh(models.Model):
    """For which state of the store, and on which day, a partnership's due list was asked for."""

    partnership = models.OneToOneField(Partnership, models.CASCADE, primary_key=True)
    version = models.IntegerField(default=-1)
    day = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.version} {self.day}"


class Reminder(models.Model):
    """A due day of which somebody was told, once: the source's providers, or those above them."""

    class Step(models.TextChoices):
        """Whom it goes to."""

        REMIND = "remind", "reminder to the provider"
        ESCALATE = "escalate", "told to the analyst and the chair"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="reminders")
    source = models.CharField(max_length=80)
    due = models.DateField()
    step = models.CharField(max_length=10, choices=Step)
    to = models.PositiveSmallIntegerField(default=0)  # how many people
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-due", "source", "step"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "source", "due", "step"], name="reminded_once_a_due_day"
            ),
            models.CheckConstraint(
                condition=Q(step__in=["remind", "escalate"]), name="reminder_of_a_known_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.source} {self.due} {self.step}"
