"""Publishing, correcting, withdrawing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.jobs.correction import correction as compare
from callover.web.accounts.access import check_may
from callover.web.accounts.models import Person
from callover.web.accounts.permission import permitted
from callover.web.accounts.turns import take_turns
from callover.web.journal.record import record
from callover.web.publication.checks import Check, checks, public_pack, stopped
from callover.web.publication.models import Publication, Publications
from callover.web.publication.schedule import settle_soon
from callover.web.snapshots.models import Snapshot


class NotPublished(UserError):
    """What stands against publishing, and what to do."""


@permitted(Task.PUBLISH, of="snapshot")
def publish(*, by: Person, snapshot: Snapshot, at: datetime | None = None) -> Publication:
    """Publish a signed snapshot, the first of its month, now or ``at`` a later time.

    Its files are read before anything is locked. Raises NotPublished where a check stops it, or
    the month is published already, and PermissionDenied.
    """
    found = _passed(snapshot)
    with transaction.atomic():
        take_turns(snapshot.partnership_id)
        if _live(snapshot).exists():
            raise NotPublished(
                f"{snapshot.month_name} is published already, or to be.",
                "Publish a correction, or withdraw what is not out yet.",
            )
        return _publish(by, snapshot, at, found)


@permitted(Task.CORRECT, of="snapshot")
def correct(
    *, by: Person, snapshot: Snapshot, reason: str, at: datetime | None = None
) -> Publication:
    """Publish a later snapshot of a published month as its next correction.

    Old and new are compared before anything is locked. Raises NotPublished where a check stops it,
    the reason is missing, nothing is out yet, or another correction came first, and
    PermissionDenied.
    """
    before = _correctable(snapshot)
    if not reason.strip():
        raise NotPublished("A correction needs its reason.", "Say what was wrong, and why.")
    found = _passed(snapshot)
    changed = changes(before.snapshot, snapshot)
    with transaction.atomic():
        take_turns(snapshot.partnership_id)
        if _correctable(snapshot) != before:
            raise NotPublished(
                f"{snapshot.month_name} was corrected meanwhile.", "Look at it, then try again."
            )
        return _publish(
            by, snapshot, at, found, reason=reason.strip(), correction=before.correction + 1,
            changed=changed,
        )  # fmt: skip


def _correctable(snapshot: Snapshot) -> Publication:
    """What the snapshot would correct; raises NotPublished where that is nothing."""
    last = _live(snapshot).select_related("snapshot").order_by("-correction").first()
    if last is None or not last.is_visible:
        raise NotPublished(
            f"Nothing of {snapshot.month_name} is out yet that could be corrected.",
            "Publish it; withdraw first what waits for its time.",
        )
    if snapshot.number <= last.snapshot.number:
        raise NotPublished(
            "This snapshot is not newer than what is published.", "Make a new snapshot."
        )
    return last


@permitted(Task.PUBLISH, Task.CORRECT, of="publication")
@transaction.atomic
def withdraw(*, by: Person, publication: Publication) -> None:
    """Take back what waits for its time. Raises NotPublished once it is out, and
    PermissionDenied."""
    task = Task.CORRECT if publication.correction else Task.PUBLISH
    check_may(by, task, publication.partnership_id)  # the one that is meant
    held = Publication.objects.select_for_update().get(pk=publication.pk)
    if held.withdrawn is not None:
        return
    if held.is_visible:
        raise NotPublished(
            f"{held.name} is out: what the public has seen cannot be taken back.",
            "Publish a correction.",
        )
    held.withdrawn, held.withdrawn_by = timezone.now(), by
    held.save(update_fields=["withdrawn", "withdrawn_by"])
    record("withdraw publication", by=by, partnership=held.partnership_id, subject=str(held))


def _live(snapshot: Snapshot) -> Publications:
    return Publication.objects.live().filter(
        partnership=snapshot.partnership_id, month=snapshot.month
    )


def _passed(snapshot: Snapshot) -> tuple[Check, ...]:
    """What was looked at; raises NotPublished where it stops the snapshot."""
    found = checks(snapshot)
    if faults := stopped(found):
        raise NotPublished(
            f"{snapshot.month_name} cannot be published.",
            " ".join(each.words for each in faults),
        )
    return found


def _publish(
    by: Person, snapshot: Snapshot, at: datetime | None, found: tuple[Check, ...],
    **corrected: Any,
) -> Publication:  # fmt: skip
    """Note the publication; ``corrected`` is what a correction tells besides."""
    now = timezone.now()
    made = Publication.objects.create(
        partnership_id=snapshot.partnership_id, month=snapshot.month, snapshot=snapshot, by=by,
        publish_at=max(at or now, now), **corrected,
    )  # fmt: skip
    record(
        "correct publication" if made.correction else "publish", by=by,
        partnership=made.partnership_id, subject=str(made), snapshot=snapshot.number,
        seal=snapshot.seal, reason=made.reason, publish_at=made.publish_at.isoformat(),
        checks=[asdict(each) for each in found],
    )  # fmt: skip
    if made.is_visible:
        settle_soon(made)
    return made


def changes(before: Snapshot, now: Snapshot) -> dict[str, object]:
    """What differs between the public editions of two snapshots, as plain values."""
    return compare(public_pack(before.folder), public_pack(now.folder)).as_record()
