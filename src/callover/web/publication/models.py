"""What is published, who wants to hear of it, and what may be sent in by programs."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from callover.domain.periods import Month
from callover.web.accounts.models import Partnership, Person
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.months import MONTH


class Publications(models.QuerySet["Publication"]):
    """Publications by what can be seen of them."""

    def live(self) -> Publications:
        """Not withdrawn: to be published, or published."""
        return self.filter(withdrawn__isnull=True)

    def visible(self) -> Publications:
        """Those that the public may see now; no work in the background is waited for."""
        return self.live().filter(publish_at__lte=timezone.now())


class Publication(models.Model):
    """A signed snapshot's public edition, shown from a moment on. A correction has a number from
    1 on and the reason why; the edition before it stays readable."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="publications")
    month = models.CharField(max_length=7, validators=[MONTH])
    correction = models.PositiveSmallIntegerField(default=0)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="publications")
    publish_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    changed = models.JSONField(default=dict, blank=True)  # jobs.correction.Correction as a record
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    queued = models.DateTimeField(null=True, blank=True)
    settled = models.DateTimeField(null=True, blank=True)  # files kept, subscribers told

    objects = Publications.as_manager()

    class Meta:
        ordering: ClassVar = ["partnership", "-month", "-correction"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "month", "correction"], condition=Q(withdrawn__isnull=True),
                name="one_publication_an_edition",
            ),
            models.UniqueConstraint(
                fields=["snapshot"], condition=Q(withdrawn__isnull=True),
                name="snapshot_published_once",
            ),
            models.CheckConstraint(
                condition=Q(correction=0) | ~Q(reason=""), name="correction_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn__isnull=True) | Q(withdrawn__lt=F("publish_at")),
                name="withdrawn_before_its_time",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["partnership", "publish_at"], name="visible")]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.edition}"

    @property
    def edition(self) -> str:
        """Its name in addresses: ``2016-09``, of its second correction ``2016-09-c2``."""
        return f"{self.month}-c{self.correction}" if self.correction else self.month

    @property
    def name(self) -> str:
        """``September 2016``, ``September 2016, correction 2``."""
        month = Month.parse(self.month).name
        return f"{month}, correction {self.correction}" if self.correction else month

    @property
    def is_visible(self) -> bool:
        """Whether the public sees it now."""
        return self.withdrawn is None and self.publish_at <= timezone.now()

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Of a correction the figures that differ, old and new."""
        return list(self.changed.get("figures", ()))

    @property
    def pages(self) -> list[str]:
        """Of a correction the names of the pages that differ."""
        return list(self.changed.get("pages", ()))


class Subscriber(models.Model):
    """An address that wants to hear of publications; nothing else is kept of whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="subscribers")
    email = models.EmailField("e-mail address")
    asked = models.DateTimeField(default=timezone.now)
    confirmed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), "partnership", name="one_subscription"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Notice(models.Model):
    """A message that a subscriber was sent about a publication: nobody gets it twice."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="notices")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="notices")
    sent = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "subscriber"], name="told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.publication} to {self.subscriber_id}"


class Token(models.Model):
    """What a program sends figures in with, for named sources; only its hash is kept."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    sources = models.JSONField(default=list)
    hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()
    last_used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("made")), name="token_ends_later"),
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """Whether it is neither revoked nor past its day."""
        return self.revoked is None and timezone.now() < self.ends


class Allowance(models.Model):
    """How often something was done in a stretch of time; ``key`` hides who did it."""

    key = models.CharField(primary_key=True, max_length=64)
    since = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.used} since {self.since:%H:%M}"
