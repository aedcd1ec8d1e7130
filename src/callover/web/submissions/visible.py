"""What a person may see here: rules of the object, beyond those of the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from callover.domain.roles import Task
from callover.jobs.workspace import Workspace
from callover.web.accounts.visitor import access_of
from callover.web.submissions.models import SourceState, Submission


def states(request: HttpRequest, partnership: str) -> QuerySet[SourceState]:
    """Where sources stand: all for who may see the partnership, else the visitor's own."""
    access, found = access_of(request), SourceState.objects.filter(partnership=partnership)
    if access.may(Task.SEE, partnership):
        return found
    return found.filter(source__in=access.sources(partnership))


def submission_of(partnership: str, source: str, number: int) -> Submission:
    """A submission of the source that the address names; raises Http404 for any other."""
    return get_object_or_404(
        Submission.objects.select_related("by", "partnership", "decided_by", "corrects"),
        partnership=partnership, source=source, pk=number,
    )  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A source of the register as its pages name it."""

    id: str
    title: str
    state: SourceState | None


def source_of(partnership: str, source: str) -> Known:
    """A source of the partnership's register; raises Http404 where there is none."""
    state = SourceState.objects.filter(partnership=partnership, source=source).first()
    if state is not None:
        return Known(source, state.title, state)
    workspace = Workspace.open(settings.WORKSPACE)
    catalogue = workspace.catalogue_of(workspace.partnership(partnership))
    if source not in catalogue.sources:
        raise Http404(source)
    return Known(source, catalogue.sources[source].title, None)
