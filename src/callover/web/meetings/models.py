"""Questions that members ask, and issues that go up to the board."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from callover.web.accounts.models import Partnership, Person
from callover.web.config.day import today
from callover.web.snapshots.months import MONTH


class Question(models.Model):
    """More that somebody wants to know on an indicator; answered on record (REP-15)."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="questions")
    month = models.CharField(max_length=7, validators=[MONTH])
    page = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120)
    asked = models.DateTimeField(default=timezone.now)
    owner = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_post = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["answered", "due", "asked"]
        indexes: ClassVar = [models.Index(fields=["partnership", "page"], name="question_page")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered__isnull=True, answered_by__isnull=True)
                | ~models.Q(answer="") & models.Q(answered__isnull=False)
                & models.Q(answered_by__isnull=False),
                name="answered_by_somebody",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="question_has_words"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month} {self.page} question {self.pk}"

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered is None

    @property
    def overdue_days(self) -> int:
        """Days past the due date today; 0 where answered or not yet due."""
        return max(0, (today() - self.due).days) if self.open and self.due else 0


class Standing(models.TextChoices):
    """Where an issue stands on its way to the board."""

    RAISED = "raised", "raised"
    AGENDA = "agenda", "on the board’s agenda"
    DECIDED = "decided", "decided by the board"
    WITHDRAWN = "withdrawn", "taken back"


OPEN = (Standing.RAISED, Standing.AGENDA)
"""The board has yet to decide; of the same page there is one such at most."""


class Escalation(models.Model):
    """An issue that the call-over sends up to the board (GOV-33)."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="escalations")
    month = models.CharField(max_length=7, validators=[MONTH])
    page = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    reason = models.TextField(max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120)
    raised = models.DateTimeField(default=timezone.now)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.RAISED)
    outcome = models.TextField(max_length=1000, blank=True)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-raised"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "month", "page"], name="one_open_escalation",
                condition=models.Q(standing__in=["raised", "agenda"]),
            ),
            models.CheckConstraint(
                condition=~models.Q(standing="decided") | ~models.Q(outcome=""),
                name="decided_with_an_outcome",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month} {self.page} escalation {self.pk}"

    @property
    def open(self) -> bool:
        """Whether the board has yet to decide."""
        return self.standing in OPEN
