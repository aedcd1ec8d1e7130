"""Snapshots: figures, text, definitions and documents of a month, sealed together."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from callover.domain.periods import Month
from callover.web.accounts.models import Partnership, Person
from callover.web.snapshots.months import MONTH


class State(models.TextChoices):
    """Where a snapshot stands."""

    QUEUED = "queued", "waiting to be built"
    BUILDING = "building", "being built"
    SEALED = "sealed", "sealed"
    FAILED = "failed", "could not be built"


class Snapshot(models.Model):
    """A month of a partnership as it was known at a moment; once sealed it never changes."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="snapshots")
    month = models.CharField(max_length=7, validators=[MONTH])
    number = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    released_by = models.CharField(
        max_length=120, blank=True, help_text="The post that released words on withheld figures."
    )
    public_refused = models.TextField(blank=True)
    seal = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    requested = models.DateTimeField(default=timezone.now)
    sealed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["partnership", "-month", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "month", "number"], name="one_snapshot_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(state="sealed", sealed__isnull=False) & ~models.Q(seal="")
                | ~models.Q(state="sealed") & models.Q(sealed__isnull=True, seal=""),
                name="sealed_with_a_seal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.month} snapshot {self.number}"

    @property
    def month_name(self) -> str:
        """``September 2016``."""
        return Month.parse(self.month).name

    @property
    def folder(self) -> Path:
        """Where its files lie once it is sealed."""
        root: Path = settings.SNAPSHOTS
        return root / self.partnership_id / self.month / str(self.number)

    @property
    def has_public(self) -> bool:
        """Whether it holds a public edition."""
        return self.state == State.SEALED and not self.public_refused


class Signature(models.Model):
    """The chair's word that a snapshot is what the partnership stands by."""

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="signature")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120)
    signed = models.DateTimeField(default=timezone.now)
    statement = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-signed"]

    def __str__(self) -> str:
        return f"{self.snapshot} signed off by {self.post}"
