"""A set of indicators that several partnerships use: who changes it answers for all of them."""

from __future__ import annotations

from django.conf import settings

from callover.domain.roles import Task
from callover.jobs.workspace import Workspace
from callover.web.accounts.access import Access
from callover.web.accounts.models import Partnership


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
