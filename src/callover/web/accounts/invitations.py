"""Invitations: a link by e-mail, good once and for some days."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from callover.domain.appointments import check_giving, check_not_oneself
from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.web.accounts.actions import give_role
from callover.web.accounts.catalogue import sources_of
from callover.web.accounts.models import INVITATION_DAYS, Invitation, Partnership, Person
from callover.web.accounts.permission import open_to_all, permitted
from callover.web.accounts.roles import ROLES
from callover.web.accounts.tasks import send_invitation
from callover.web.accounts.turns import take_turns
from callover.web.journal.record import record
from callover.web.queue.enqueue import enqueue

_SALT = "callover.invitation"


class InvitationOver(UserError):
    """An invitation that was answered, withdrawn or left too long."""

    def __init__(self) -> None:
        super().__init__(
            "This link no longer works: it works once, and for "
            f"{INVITATION_DAYS} days after it was sent.",
            "Ask the partnership's administrator to send you another.",
        )


def link(invitation: Invitation) -> str:
    """The address under which an invitation is answered."""
    token = signing.dumps(str(invitation.pk), salt=_SALT)
    return settings.SITE_URL + reverse("join", args=[token])


def opened(token: str) -> Invitation:
    """The invitation of a link; raises InvitationOver for any that cannot be answered."""
    try:
        key = uuid.UUID(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise InvitationOver from error
    found = Invitation.objects.select_related("partnership").filter(pk=key).first()
    if found is None or not found.open:
        raise InvitationOver
    return found


def needs_password(invitation: Invitation) -> bool:
    """Whether who was invited has no account to sign in with yet."""
    return not Person.objects.filter(email__iexact=invitation.email, is_active=True).exists()


@permitted(Task.MANAGE_PEOPLE, console=True)
@transaction.atomic
def invite(
    *, by: Person | None, partnership: Partnership, email: str, post: str, role: str,
    sources: Sequence[str] = (), send: bool = True,
) -> Invitation:  # fmt: skip
    """Invite somebody to a role; an open invitation to the same role is withdrawn.

    Raises AppointmentRefused, QueueFull and PermissionDenied.
    """
    check_giving(ROLES[role], sources, sources_of(partnership))
    if by is not None:
        check_not_oneself(by.email, email)
    take_turns(partnership.pk)
    before = Invitation.objects.filter(
        email__iexact=email, partnership=partnership, role=role, accepted=None, withdrawn=None
    )
    before.update(withdrawn=timezone.now())
    made = Invitation.objects.create(
        email=email.strip().lower(), post=post, partnership=partnership, role=role,
        sources=sorted(sources), invited_by=by,
    )  # fmt: skip
    record("invite", by=by, partnership=partnership.pk, subject=post, role=role,
           sources=made.sources, invitation=str(made.pk))  # fmt: skip
    if send:
        enqueue(send_invitation, str(made.pk))
    return made


@permitted(Task.MANAGE_PEOPLE, of="invitation")
@transaction.atomic
def withdraw(*, by: Person, invitation: Invitation) -> None:
    """Make the link stop working; nothing where it was answered or withdrawn before.

    Raises PermissionDenied.
    """
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted=None, withdrawn=None)
    if waiting.update(withdrawn=timezone.now()):
        record("withdraw invitation", by=by, partnership=invitation.partnership_id,
               subject=invitation.post, invitation=str(invitation.pk))  # fmt: skip


@permitted(Task.MANAGE_PEOPLE, of="invitation")
@transaction.atomic
def send_again(*, by: Person, invitation: Invitation) -> Invitation:
    """Send a new link for what was invited to; the old one stops working.

    Raises AppointmentRefused, InvitationOver, QueueFull and PermissionDenied.
    """
    if Invitation.objects.filter(pk=invitation.pk).exclude(accepted=None).exists():
        raise InvitationOver
    return invite(
        by=by, partnership=invitation.partnership, email=invitation.email, post=invitation.post,
        role=invitation.role, sources=invitation.sources,
    )  # fmt: skip


@open_to_all
@transaction.atomic
def accept(*, invitation: Invitation, password: str = "") -> Person:
    """Answer an invitation: who has an account gains the role, anybody else gets an account.

    Raises InvitationOver where another answer came first.
    """
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.refresh_from_db()
    if not invitation.open:
        raise InvitationOver
    person = Person.objects.filter(email__iexact=invitation.email).first()
    person = _with_account(invitation, person, password)
    give_role(by=None, person=person, partnership=invitation.partnership, role=invitation.role,
              sources=invitation.sources)  # fmt: skip
    invitation.accepted = timezone.now()
    invitation.save(update_fields=["accepted"])
    record("accept invitation", by=person, partnership=invitation.partnership_id,
           subject=invitation.post, invitation=str(invitation.pk))  # fmt: skip
    return person


def _with_account(invitation: Invitation, person: Person | None, password: str) -> Person:
    """The person, made or made able to sign in again."""
    if person is not None and person.is_active:
        return person
    if not password:  # the account was closed since the page was opened
        raise InvitationOver
    if person is None:
        person = Person.objects.create_user(invitation.email, password, post=invitation.post)
    else:
        person.is_active, person.post = True, invitation.post
        person.set_password(password)
        person.save()
    return person
