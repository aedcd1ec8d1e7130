"""The example's people and snapshots, for looking around; the people first."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from callover.data.reader import Progress, no_progress
from callover.jobs.demo import KNOWN, MONTH
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.accounts.roles import ROLES
from callover.web.meetings.actions import sign_off
from callover.web.publication.actions import publish
from callover.web.publication.models import Publication
from callover.web.snapshots.build import build
from callover.web.snapshots.models import Snapshot, State

SOURCES = ("police_local", "asb_team")
"""What the example's data provider answers for."""

PUBLISHED = "exampleford"


@dataclass(frozen=True)
class Example:
    """Somebody to sign in as."""

    email: str
    role: str
    partnership: str


def example_people() -> tuple[str, tuple[Example, ...]]:
    """One person a role in each example partnership, all with one password made for this folder.

    Gives the password and the people; a second call gives the same.
    """
    path: Path = settings.SITE / "example-people.json"
    if not path.is_file():
        path.write_text(json.dumps({"password": _passphrase()}), encoding="utf-8")
        path.chmod(0o600)
    password: str = json.loads(path.read_bytes())["password"]
    people = []
    for partnership in Partnership.objects.filter(active=True):
        for role in ROLES.values():
            one = Example(f"{role.id}@{partnership.pk}.example", role.id, partnership.pk)
            _invited(one, password)
            people.append(one)
    return password, tuple(people)


@transaction.atomic
def _invited(one: Example, password: str) -> None:
    if Person.objects.filter(email=one.email).exists():
        return
    role = ROLES[one.role]
    person = Person.objects.create_user(one.email, password, post=role.name)
    Membership.objects.create(
        person=person, partnership_id=one.partnership, role=role.id,
        sources=list(SOURCES) if role.of_sources else [],
    )  # fmt: skip


def example_snapshots(progress: Progress = no_progress) -> None:
    """A sealed snapshot of each example partnership, as its board saw it."""
    for place, partnership in enumerate(Partnership.objects.filter(active=True)):
        progress(f"Sealing {partnership.short_name}", place / 2)
        snapshot, _ = Snapshot.objects.get_or_create(
            partnership=partnership, month=str(MONTH), number=1,
            defaults={"known_at": KNOWN, "released_by": "Head of community safety"},
        )  # fmt: skip
        if snapshot.state != State.SEALED:
            build(snapshot.pk)
    _publish(PUBLISHED)


def _publish(partnership: str) -> None:
    """Sign off and publish one partnership's month, so that the public finds something; the other
    waits for its chair."""
    snapshot = Snapshot.objects.get(partnership=partnership, month=str(MONTH), number=1)
    chair, clerk = _holder("chair", partnership), _holder("clerk", partnership)
    sign_off(by=chair, snapshot=snapshot, statement="As discussed at the call-over meeting.")
    if not Publication.objects.filter(partnership=partnership, month=str(MONTH)).exists():
        publish(by=clerk, snapshot=snapshot)


def _holder(role: str, partnership: str) -> Person:
    return Person.objects.get(memberships__role=role, memberships__partnership=partnership)


def _passphrase() -> str:
    """Five words' worth of chance that can be typed on a phone."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(5))
