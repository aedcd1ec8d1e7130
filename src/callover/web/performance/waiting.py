"""What waits for a person: the front of everybody's work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from callover.domain.roles import Task
from callover.web.accounts.access import Access
from callover.web.accounts.models import Partnership
from callover.web.config.day import today
from callover.web.meetings.models import Question
from callover.web.publication.models import Publication
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.models import State as Built
from callover.web.submissions.models import SourceState, State, Submission


@dataclass(frozen=True)
class Waiting:
    """Something to do: how many, what in the singular and the plural, and where."""

    number: int
    one: str
    many: str
    href: str

    @property
    def words(self) -> str:
        """What waits, in the number that it has."""
        return self.one if self.number == 1 else self.many


@dataclass(frozen=True)
class Desk:
    """A partnership as one person works for it."""

    partnership: Partnership
    roles: tuple[str, ...]
    first: str  # the address to begin at
    sent: str  # the address of what the person sent in, of who sends in
    waiting: tuple[Waiting, ...]


def desks(access: Access) -> tuple[Desk, ...]:
    """Every partnership that the person works for, with what waits there."""
    return tuple(_desk(access, each) for each in access.where())


def _desk(access: Access, partnership: Partnership) -> Desk:
    tasks = access.tasks(partnership.pk)
    roles = dict.fromkeys(each.role.name for each in access.held_in(partnership.pk))
    waiting = [made for task, count in COUNTS if task in tasks
               for made in count(access, partnership) if made.number]  # fmt: skip
    first = next((name for task, name in FIRST if task in tasks), "")
    return Desk(
        partnership, tuple(roles), reverse(first, args=[partnership.pk]) if first else "",
        reverse("sent", args=[partnership.pk]) if Task.SUBMIT in tasks else "", tuple(waiting),
    )  # fmt: skip


FIRST: tuple[tuple[Task, str], ...] = (
    (Task.SEE, "dashboard"), (Task.SUBMIT, "due_list"), (Task.MANAGE_PEOPLE, "people"),
)  # fmt: skip


def _own(access: Access, partnership: Partnership) -> Iterator[Waiting]:
    mine = Submission.objects.filter(partnership=partnership, by=access.person)
    href = reverse("sent", args=[partnership.pk])
    faulty, returned = (mine.filter(state=each).count() for each in (State.FAULTY, State.RETURNED))
    yield Waiting(faulty, "file of yours has faults", "files of yours have faults", href)
    yield Waiting(returned, "file of yours came back", "files of yours came back", href)
    owed = SourceState.objects.filter(
        partnership=partnership, source__in=access.sources(partnership.pk), missed__gt=0
    ).count()
    href = reverse("due_list", args=[partnership.pk])
    yield Waiting(owed, "source of yours is late", "sources of yours are late", href)


def _to_check(_: Access, partnership: Partnership) -> Iterator[Waiting]:
    found = Submission.objects.filter(partnership=partnership, state=State.CHECKED)
    href = reverse("check_list", args=[partnership.pk])
    yield Waiting(found.count(), "file to check", "files to check", href)


def _questions(_: Access, partnership: Partnership) -> Iterator[Waiting]:
    open_ = Question.objects.filter(partnership=partnership, answered__isnull=True)
    href = reverse("questions", args=[partnership.pk])
    yield Waiting(open_.count(), "question without an answer", "questions without an answer", href)
    overdue = open_.filter(due__lt=today())
    yield Waiting(overdue.count(), "question past its day", "questions past their day", href)


def _to_sign(_: Access, partnership: Partnership) -> Iterator[Waiting]:
    sealed = Snapshot.objects.filter(partnership=partnership, state=Built.SEALED)
    later = sealed.filter(month=OuterRef("month"), number__gt=OuterRef("number"))
    found = sealed.filter(~Exists(later), signature__isnull=True)  # a later one takes its place
    href = reverse("snapshots", args=[partnership.pk])
    yield Waiting(found.count(), "snapshot to sign off", "snapshots to sign off", href)


def _to_publish(_: Access, partnership: Partnership) -> Iterator[Waiting]:
    out = Publication.objects.filter(partnership=partnership, withdrawn__isnull=True)
    found = Snapshot.objects.filter(partnership=partnership, signature__isnull=False)
    href = reverse("publications", args=[partnership.pk])
    number = found.exclude(pk__in=out.values("snapshot")).count()
    yield Waiting(number, "signed month to publish", "signed months to publish", href)


Count = Callable[[Access, Partnership], Iterator[Waiting]]
COUNTS: tuple[tuple[Task, Count], ...] = (
    (Task.SUBMIT, _own), (Task.CHECK, _to_check), (Task.ANSWER, _questions),
    (Task.SIGN_OFF, _to_sign), (Task.PUBLISH, _to_publish),
)  # fmt: skip
"""What is counted for whoever holds a task."""
