"""A set of indicators that several partnerships use: who changes it answers for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from callover.domain.roles import Task
from callover.jobs.workspace import Workspace
from callover.web.accounts.access import Access
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.accounts.visitor import access_of


def sharing(access: Access, partnership: str) -> list[Partnership]:
    """Other partnerships of the workspace that use the same set."""
    workspace = Workspace.open(settings.WORKSPACE)
    own, known = workspace.partnership(partnership), access.partnerships
    return [
        known[each.id]
        for each in workspace.partnerships.values()
        if each.set_id == own.set_id and each.id != own.id and each.id in known
    ]


def where_not_allowed(access: Access, partnership: str) -> list[Partnership]:
    """Those of them in which the person may not change indicators, so may not change the set."""
    return [
        each for each in sharing(access, partnership) if not access.may(Task.SET_TARGETS, each.pk)
    ]


def who_may(partnerships: list[Partnership]) -> dict[str, list[Person]]:
    """Of each partnership, by its id, who may change indicators there."""
    held = Membership.objects.filter(ended=None, person__is_active=True).select_related("person")
    people = {each.person for each in held if Task.SET_TARGETS in each.role_held.may}
    known = {each: Access(each) for each in sorted(people, key=lambda one: one.post)}
    return {
        place.pk: [one for one, access in known.items() if access.may(Task.SET_TARGETS, place.pk)]
        for place in partnerships
    }


def _posts(people: Iterable[Person]) -> list[str]:
    return sorted({each.post for each in people})


def not_for_all(request: HttpRequest, partnership: str) -> HttpResponse | None:
    """The page that says where the right is missing and who has it; None where it is there.

    Who may in all of them is named first: they can make the change as it stands.
    """
    access = access_of(request)
    missing = where_not_allowed(access, partnership)
    if not missing:
        return None
    everywhere = [access.partnerships[partnership], *sharing(access, partnership)]
    people = who_may(everywhere)
    in_all = set.intersection(*(set(each) for each in people.values()))
    told = {
        "missing": [(each.short_name, _posts(people[each.pk])) for each in missing],
        "in_all": _posts(in_all),
    }
    return render(request, "writing/not_for_all.html", told, status=403)
