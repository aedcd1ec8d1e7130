"""Snapshots: the list, asking for one, how far it is, releasing words for the public."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from callover.domain.errors import UserError
from callover.domain.periods import Month
from callover.domain.roles import Task
from callover.web.accounts.access import needs
from callover.web.accounts.models import Partnership
from callover.web.accounts.second_step import surely
from callover.web.accounts.visitor import asks_for_part, person_of
from callover.web.design.forms import sent
from callover.web.snapshots.actions import request_snapshot
from callover.web.snapshots.forms import ReleaseForm, RequestForm
from callover.web.snapshots.models import Snapshot, State
from callover.web.snapshots.seal import broken
from callover.web.writing.desk import months_to_choose
from callover.web.writing.settle import settle

_MOST = 60


@needs(Task.WRITE, Task.SIGN_OFF)
@require_http_methods(["GET", "POST"])
def snapshots(request: HttpRequest, partnership: str) -> HttpResponse:
    """Every snapshot, and a form to ask for one."""
    here = Partnership.objects.get(pk=partnership)
    months = months_to_choose(partnership)
    form = RequestForm(sent(request), months=months, initial={"month": str(months[1])})
    if request.method == "POST" and form.is_valid():
        return _ask(request, here, form.cleaned_data)
    held = Snapshot.objects.filter(partnership=here).select_related("signature", "requested_by")
    return render(request, "snapshots/list.html", {"snapshots": held[:_MOST], "form": form})


def _ask(request: HttpRequest, here: Partnership, asked: dict[str, Any]) -> HttpResponse:
    settle(here)
    try:
        made = request_snapshot(
            by=person_of(request), partnership=here, month=Month.parse(asked["month"]),
            known_at=asked["known_on"],
        )  # fmt: skip
    except UserError as error:
        messages.error(request, str(error))
        return redirect("snapshots", here.pk)
    return redirect("building", here.pk, made.month, made.number)


def _held(partnership: str, month: str, number: int) -> Snapshot:
    """One of the partnership's; raises Http404 for any other."""
    found = Snapshot.objects.select_related("partnership", "requested_by")
    return get_object_or_404(found, partnership=partnership, month=month, number=number)


@needs(Task.WRITE, Task.SIGN_OFF)
@require_GET
def building(request: HttpRequest, partnership: str, month: str, number: int) -> HttpResponse:
    """How far a snapshot is; once sealed, whether every file is as it was."""
    held = _held(partnership, month, number)
    going = held.state in (State.QUEUED, State.BUILDING)
    faults = broken(held.folder, held.seal) if held.state == State.SEALED else ()
    shown = {"snapshot": held, "going": going, "faults": faults, "lines": _lines(held.message)}
    part = asks_for_part(request) and going
    answer = render(
        request, "snapshots/progress.html" if part else "snapshots/building.html", shown
    )
    if asks_for_part(request) and not going:
        answer["HX-Refresh"] = "true"
    return answer


def _lines(message: str) -> list[str]:
    """A message's lines, files named from the workspace on."""
    return message.replace(f"{settings.WORKSPACE}/", "").splitlines()


@needs(Task.WRITE, Task.SIGN_OFF)
@surely
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, partnership: str, month: str, number: int) -> HttpResponse:
    """Why there is no public edition; a post that has read the places releases them."""
    held = _held(partnership, month, number)
    if not held.public_refused:
        raise Http404
    form = ReleaseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return _release(request, held)
    shown = {"snapshot": held, "form": form, "concerns": _lines(held.public_refused)}
    return render(request, "snapshots/release.html", shown)


def _release(request: HttpRequest, held: Snapshot) -> HttpResponse:
    """The same month at the same moment, built again under the name of who released it."""
    by = person_of(request)
    try:
        made = request_snapshot(
            by=by, partnership=held.partnership, month=Month.parse(held.month),
            known_at=held.known_at, released_by=by.post,
        )  # fmt: skip
    except UserError as error:
        messages.error(request, str(error))
        return redirect("release", held.partnership_id, held.month, held.number)
    return redirect("building", held.partnership_id, made.month, made.number)
