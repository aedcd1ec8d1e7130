"""Who belongs where: giving roles, ending them, handing a source over."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from callover.domain.appointments import (
    AppointmentRefused,
    check_giving,
    check_not_oneself,
    check_still_managed,
)
from callover.domain.roles import Task
from callover.web.accounts import lockout
from callover.web.accounts.catalogue import sources_of
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.accounts.roles import ROLES
from callover.web.accounts.turns import take_turns
from callover.web.journal.record import record


@permitted(Task.MANAGE_PEOPLE, console=True)
@transaction.atomic
def give_role(
    *, by: Person | None, person: Person, partnership: Partnership, role: str,
    sources: Sequence[str] = (),
) -> Membership:  # fmt: skip
    """Give a person a role from now on; sources are added to those the person has in it.

    Nobody (``by`` is None) gives one from the command line, or by an invitation that somebody
    else had sent. Raises AppointmentRefused and PermissionDenied.
    """
    check_giving(ROLES[role], sources, sources_of(partnership))
    if not person.is_active:
        what = f"The account of {person.post} is closed."
        raise AppointmentRefused(what, "Invite the person: that opens it again.")
    if by is not None:
        check_not_oneself(by.email, person.email)
    take_turns()  # so that two administrators cannot end one another
    held = person.memberships.filter(partnership=partnership, role=role, ended=None).first()
    wanted = sorted({*(held.sources if held else ()), *sources})
    if held is not None and held.sources == wanted:
        return held
    if held is not None:
        _end(held)
    made = Membership.objects.create(
        person=person, partnership=partnership, role=role, sources=wanted
    )
    record("give role", by=by, partnership=partnership.pk, subject=person.post,
           person=person.pk, role=role, sources=wanted)  # fmt: skip
    return made


@permitted(Task.MANAGE_PEOPLE, of="membership", console=True)
@transaction.atomic
def end_role(*, by: Person | None, membership: Membership) -> None:
    """End a role; nothing where it has ended. Raises AppointmentRefused and PermissionDenied."""
    take_turns()
    membership.refresh_from_db()
    if membership.ended is not None:
        return
    _end(membership)
    if Task.MANAGE_PEOPLE in membership.role_held.may:
        check_managed(membership.partnership)
    record("end role", by=by, partnership=membership.partnership_id,
           subject=membership.person.post, person=membership.person_id,
           role=membership.role)  # fmt: skip


@permitted(Task.MANAGE_PEOPLE, console=True)
@transaction.atomic
def end_person(*, by: Person | None, person: Person, partnership: Partnership) -> None:
    """End all roles of a person here; who has none left anywhere cannot sign in any more.

    Raises AppointmentRefused and PermissionDenied.
    """
    take_turns()
    for membership in person.memberships.filter(partnership=partnership, ended=None):
        end_role(by=by, membership=membership)
    if not person.memberships.filter(ended=None).exists():
        _close(person)
        record("close account", by=by, partnership=partnership.pk, subject=person.post,
               person=person.pk)  # fmt: skip


@permitted(Task.MANAGE_PEOPLE)
@transaction.atomic
def hand_over(*, by: Person, partnership: Partnership, source: str, to: Person) -> None:
    """Make one person the one who answers for a source (DAT-17); who did before no longer does.

    Raises AppointmentRefused and PermissionDenied.
    """
    take_turns()
    role = next(each.id for each in ROLES.values() if each.of_sources)
    give_role(by=by, person=to, partnership=partnership, role=role, sources=[source])
    for before in providers(partnership, source):
        if before.person_id != to.pk:
            _without(before, source)
    record("hand over source", by=by, partnership=partnership.pk, subject=source,
           person=to.pk)  # fmt: skip


@permitted(Task.MANAGE_PEOPLE)
@transaction.atomic
def unlock(*, by: Person, person: Person, partnership: Partnership) -> None:
    """Let a person try to sign in again after wrong passwords. Raises PermissionDenied."""
    _check_member(person, partnership)
    lockout.unlock(person.email)
    record("unlock person", by=by, partnership=partnership.pk, subject=person.post,
           person=person.pk)  # fmt: skip


@permitted(Task.MANAGE_PEOPLE)
@transaction.atomic
def take_second_step(*, by: Person, person: Person, partnership: Partnership) -> None:
    """Take away the second steps of somebody who lost them all; they set up new ones.

    Raises AppointmentRefused for oneself, and PermissionDenied.
    """
    _check_member(person, partnership)
    if by.pk == person.pk:
        what = "Nobody takes away their own second step here."
        raise AppointmentRefused(what, "Remove it on the pages of your account.")
    Authenticator.objects.filter(user=person).delete()
    record("take second step", by=by, partnership=partnership.pk, subject=person.post,
           person=person.pk)  # fmt: skip


def providers(partnership: Partnership, source: str) -> list[Membership]:
    """The memberships that answer for a source now."""
    held = Membership.objects.filter(
        partnership=partnership, ended=None, person__is_active=True
    ).select_related("person")
    return [each for each in held if source in each.sources]


def check_managed(partnership: Partnership) -> None:
    """Raise AppointmentRefused where nobody is left who may manage the partnership's people."""
    over = {p.pk: p.over_id for p in Partnership.objects.all() if p.over_id}
    held = Membership.objects.filter(ended=None, person__is_active=True)
    check_still_managed([each.held for each in held], partnership.pk, over)


def _check_member(person: Person, partnership: Partnership) -> None:
    """Raise PermissionDenied for who has no role there now: others answer for their account."""
    if not person.memberships.filter(partnership=partnership, ended=None).exists():
        raise PermissionDenied


def _end(membership: Membership) -> None:
    membership.ended = timezone.now()
    membership.save(update_fields=["ended"])


def _without(membership: Membership, source: str) -> None:
    """End a membership and begin it again without a source, if another is left."""
    _end(membership)
    if left := [each for each in membership.sources if each != source]:
        Membership.objects.create(
            person=membership.person, partnership=membership.partnership, role=membership.role,
            sources=left,
        )  # fmt: skip


def _close(person: Person) -> None:
    """No more signing in; sessions end too, as each request asks whether one is active."""
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
