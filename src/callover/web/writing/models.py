"""Every version of the words, and changes of ratings, targets and the set on their way to files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from callover.domain.periods import Month
from callover.web.accounts.models import Partnership, Person
from callover.web.snapshots.months import MONTH


class Origin(models.TextChoices):
    """How a version came about."""

    SITE = "site", "written here"
    OUTSIDE = "outside", "changed outside the site"


class Revision(models.Model):
    """A version of an indicator's words: the whole file, who wrote it and when."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    month = models.CharField(max_length=7, validators=[MONTH])
    indicator = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.SITE)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)
    written = models.DateTimeField(null=True, blank=True, help_text="When the file got it.")

    class Meta:
        ordering: ClassVar = ["partnership", "month", "indicator", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "month", "indicator", "number"], name="one_revision_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(origin="outside", by__isnull=True) | models.Q(origin="site"),
                name="outside_has_no_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.month} version {self.number}"


class Kind(models.TextChoices):
    """What a change is about."""

    OVERRIDE = "override", "rating given"
    WITHDRAW = "withdraw", "rating withdrawn"
    TARGET = "target", "target set"
    ADD = "add", "indicator added"
    RETIRE = "retire", "indicator ended"
    LIST = "list", "place among the lists"


OF_THE_SET = (Kind.ADD, Kind.RETIRE)
"""What changes the set itself, for every partnership that uses it."""


class Change(models.Model):
    """A change of a rating, a target or the set, signed; the files follow, or say why not."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    indicator = models.CharField(max_length=80)
    month = models.CharField(max_length=7, validators=[MONTH])
    told = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    done = models.DateTimeField(null=True, blank=True)
    refused = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done__isnull=True) | models.Q(refused=""),
                name="done_or_refused",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.indicator}, {Month.parse(self.month).name}"
