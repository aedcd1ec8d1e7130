"""Pages about the people of a partnership, for its administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from callover.domain.appointments import AppointmentRefused
from callover.domain.errors import UserError
from callover.domain.roles import TOLD, Task
from callover.web.accounts import actions, invitations, lockout
from callover.web.accounts.access import needs
from callover.web.accounts.catalogue import sources_of
from callover.web.accounts.forms import GiveRole, HandOver, Invite
from callover.web.accounts.models import Invitation, Membership, Partnership, Person
from callover.web.accounts.responsibility import responsible
from callover.web.accounts.roles import ROLES
from callover.web.accounts.second_step import has_second_step, surely
from callover.web.accounts.visitor import access_of, person_of
from callover.web.design.forms import sent


def _here(request: HttpRequest, partnership: str) -> Partnership:
    found: Partnership = access_of(request).partnerships[partnership]
    return found


def _known(partnership: str, person: int) -> Person:
    """Somebody who has or had a role there; raises Http404 for all others."""
    return _first(Person.objects.filter(pk=person, memberships__partnership=partnership))


def _member(partnership: str, person: int) -> Person:
    """Somebody who has a role there now; raises Http404 for all others.

    Who had one once may work elsewhere now, where another administrator answers for their account.
    """
    held = Membership.objects.filter(partnership=partnership, ended=None)
    return _first(Person.objects.filter(pk=person, memberships__in=held))


def _first(found: QuerySet[Person]) -> Person:
    person = found.first()
    if person is None:
        raise Http404
    return person


@needs(*Task)
def roles(request: HttpRequest, partnership: str) -> HttpResponse:
    """What each role may do here."""
    told = {"roles": ROLES.values(), "tasks": [(task, TOLD[task]) for task in Task]}
    return render(request, "accounts/roles.html", told)


@needs(Task.MANAGE_PEOPLE)
def people(request: HttpRequest, partnership: str) -> HttpResponse:
    """Who has a role, who is invited, who answers for which source."""
    here = _here(request, partnership)
    held = here.memberships.select_related("person").order_by("person__post", "role", "since")
    waiting = here.invitations.filter(accepted=None, withdrawn=None)
    told = {
        "now": held.filter(ended=None), "ended": held.exclude(ended=None),
        "invitations": waiting, "sources": responsible(here),
    }  # fmt: skip
    return render(request, "accounts/people.html", told)


@needs(Task.MANAGE_PEOPLE)
@surely
def invite(request: HttpRequest, partnership: str) -> HttpResponse:
    """Invite somebody."""
    here = _here(request, partnership)
    form = Invite(sent(request), sources=sources_of(here), initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(by=person_of(request), partnership=here, **form.cleaned_data)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The link is on its way to {made.email}.")
            return redirect("people", partnership)
    return render(request, "accounts/invite.html", {"form": form})


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The role and source that a link to the form names."""
    source = request.GET.get("source", "")
    role = next((r.id for r in ROLES.values() if r.of_sources), "") if source else ""
    return {"role": role, "sources": [source]} if source else {}


@needs(Task.MANAGE_PEOPLE)
@surely
def invitation(request: HttpRequest, partnership: str, invitation: UUID, what: str) -> HttpResponse:
    """Withdraw an invitation, or send it again, once that was confirmed."""
    found = get_object_or_404(Invitation, pk=invitation, partnership=partnership)
    if request.method != "POST":
        told = {"invitation": found, "what": what}
        return render(request, "accounts/invitation_confirm.html", told)
    if what == "withdraw":
        invitations.withdraw(by=person_of(request), invitation=found)
        return _done(request, partnership, "The invitation is withdrawn; its link no longer works.")
    return _tried(
        request, partnership, "A new link is on its way; the old one no longer works.",
        lambda: invitations.send_again(by=person_of(request), invitation=found),
    )  # fmt: skip


@needs(Task.MANAGE_PEOPLE)
def person(request: HttpRequest, partnership: str, person: int) -> HttpResponse:
    """One person's roles here, now and before."""
    found = _known(partnership, person)
    held = found.memberships.filter(partnership=partnership).order_by("-since")
    told = {
        "person": found, "now": held.filter(ended=None), "ended": held.exclude(ended=None),
        "locked": lockout.is_locked(found.email), "self": found == request.user,
        "second_step": has_second_step(found),
        "titles": sources_of(_here(request, partnership)),
    }  # fmt: skip
    return render(request, "accounts/person.html", told)


@needs(Task.MANAGE_PEOPLE)
@surely
def give_role(request: HttpRequest, partnership: str, person: int) -> HttpResponse:
    """Give a person another role here."""
    found, here = _known(partnership, person), _here(request, partnership)
    form = GiveRole(sent(request), sources=sources_of(here))
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(
                by=person_of(request), person=found, partnership=here, **form.cleaned_data
            )
        except AppointmentRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{found.post} has the role from now on.")
            return redirect("person", partnership, person)
    return render(request, "accounts/give_role.html", {"form": form, "person": found})


@needs(Task.MANAGE_PEOPLE)
@surely
def end_role(request: HttpRequest, partnership: str, person: int, membership: int) -> HttpResponse:
    """End a role, once that was confirmed."""
    held = get_object_or_404(
        Membership.objects.select_related("person", "partnership"),
        pk=membership, person=person, partnership=partnership,
    )  # fmt: skip
    if request.method != "POST":
        told = {"person": held.person, "membership": held}
        return render(request, "accounts/end_role.html", told)
    return _tried(
        request, partnership, f"{held.person.post}: the role {held.role_held.name} has ended.",
        lambda: actions.end_role(by=person_of(request), membership=held),
    )  # fmt: skip


@needs(Task.MANAGE_PEOPLE)
@surely
def end_person(request: HttpRequest, partnership: str, person: int) -> HttpResponse:
    """End all roles of a person here, once that was confirmed."""
    found, here = _member(partnership, person), _here(request, partnership)
    if request.method != "POST":
        return render(request, "accounts/end_person.html", {"person": found})
    return _tried(
        request, partnership, f"{found.post} has no role here any more.",
        lambda: actions.end_person(by=person_of(request), person=found, partnership=here),
    )  # fmt: skip


@needs(Task.MANAGE_PEOPLE)
@surely
def unlock(request: HttpRequest, partnership: str, person: int) -> HttpResponse:
    """Let a person try to sign in again, once that was confirmed."""
    found, here = _member(partnership, person), _here(request, partnership)
    if request.method != "POST":
        return render(request, "accounts/unlock.html", {"person": found})
    actions.unlock(by=person_of(request), person=found, partnership=here)
    return _done(request, partnership, f"{found.post} can try again.")


@needs(Task.MANAGE_PEOPLE)
@surely
def take_second_step(request: HttpRequest, partnership: str, person: int) -> HttpResponse:
    """Take away the second steps of who lost them, once that was confirmed."""
    found, here = _member(partnership, person), _here(request, partnership)
    if request.method != "POST":
        return render(request, "accounts/take_second_step.html", {"person": found})
    return _tried(
        request, partnership, f"{found.post} signs in with the password, then sets up another.",
        lambda: actions.take_second_step(by=person_of(request), person=found, partnership=here),
    )  # fmt: skip


@needs(Task.MANAGE_PEOPLE)
@surely
def hand_over(request: HttpRequest, partnership: str, source: str) -> HttpResponse:
    """Name the one person who sends in a source (DAT-17)."""
    here = _here(request, partnership)
    if source not in sources_of(here):
        raise Http404
    members = Person.objects.filter(
        memberships__partnership=here, memberships__ended=None, is_active=True
    )
    form = HandOver(sent(request), people=members.exclude(pk=person_of(request).pk).distinct())
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        return _tried(
            request, partnership, f"{to.post} sends in {sources_of(here)[source]} from now on.",
            lambda: actions.hand_over(
                by=person_of(request), partnership=here, source=source, to=to
            ),
        )  # fmt: skip
    told = {
        "form": form, "source": source, "title": sources_of(here)[source],
        "now": actions.providers(here, source),
    }  # fmt: skip
    return render(request, "accounts/hand_over.html", told)


def _tried(request: HttpRequest, partnership: str, said: str, act: Any) -> HttpResponse:
    """Act, and say on the people's page what came of it."""
    try:
        act()
    except UserError as error:
        messages.error(request, str(error))
        return redirect("people", partnership)
    return _done(request, partnership, said)


def _done(request: HttpRequest, partnership: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("people", partnership)
