"""The clerk's pages: what is signed off, what waits for its time, what is out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.jobs.correction import ChangedFigure, still_uncorrected
from callover.web.accounts.access import needs
from callover.web.accounts.second_step import surely
from callover.web.accounts.visitor import access_of, person_of
from callover.web.design.forms import sent
from callover.web.design.templatetags.design import moment
from callover.web.publication.actions import NotPublished, changes, correct, publish, withdraw
from callover.web.publication.checks import STOPS, Check, checks, public_pack
from callover.web.publication.forms import PublishForm
from callover.web.publication.models import Publication
from callover.web.publication.published import published
from callover.web.snapshots.models import Snapshot

_both = require_http_methods(["GET", "HEAD", "POST"])


@needs(Task.PUBLISH, Task.CORRECT)
def publications(request: HttpRequest, partnership: str) -> HttpResponse:
    """Signed snapshots that can be published, and everything that was."""
    rows = Publication.objects.filter(partnership=partnership).select_related("snapshot", "by")
    taken = [each.snapshot_id for each in rows if each.withdrawn is None]
    ready = Snapshot.objects.filter(partnership=partnership, signature__isnull=False)
    told = {
        "ready": ready.exclude(pk__in=taken).select_related("signature"),
        "waiting": [p for p in rows if p.withdrawn is None and not p.is_visible],
        "out": [p for p in rows if p.is_visible],
        "withdrawn": [p for p in rows if p.withdrawn is not None],
    }
    return render(request, "publication/publications.html", told)


@needs(Task.PUBLISH, Task.CORRECT)
@surely
@_both
def publish_snapshot(
    request: HttpRequest, partnership: str, month: str, number: int
) -> HttpResponse:
    """Look at the checks, then publish; of a month that is out this is a correction."""
    snapshot = get_object_or_404(Snapshot, partnership=partnership, month=month, number=number)
    before = _out_before(snapshot)
    _allowed(request, partnership, Task.CORRECT if before else Task.PUBLISH)
    found = checks(snapshot)
    form = PublishForm(
        sent(request),
        found=found,
        correcting=before is not None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _publish(request, snapshot, before, form)
        except UserError as error:
            form.add_error(None, f"{error.what} {error.remedy}")
        else:
            when = "is out" if made.is_visible else f"will be out on {moment(made.publish_at)}"
            messages.success(request, f"{made.name} {when}.")
            return redirect("publications", partnership)
    told = {"snapshot": snapshot, "checks": found, "form": form, "before": before,
            "can": not any(each.state == STOPS for each in found),
            **_difference(request, snapshot, before, found)}  # fmt: skip
    return render(request, "publication/publish.html", told)


@needs(Task.PUBLISH, Task.CORRECT)
@surely
@_both
def withdraw_publication(
    request: HttpRequest, partnership: str, month: str, number: int
) -> HttpResponse:
    """Take back what waits for its time, by a button."""
    held = get_object_or_404(
        Publication.objects.live(), partnership=partnership, snapshot__month=month,
        snapshot__number=number,
    )  # fmt: skip
    _allowed(request, partnership, Task.CORRECT if held.correction else Task.PUBLISH)
    if request.method != "POST" and not held.is_visible:
        return render(request, "publication/withdraw.html", {"publication": held})
    try:
        withdraw(by=person_of(request), publication=held)
    except NotPublished as error:
        messages.error(request, f"{error.what} {error.remedy}")
    else:
        messages.success(request, f"{held.name} will not be published.")
    return redirect("publications", partnership)


def _allowed(request: HttpRequest, partnership: str, task: Task) -> None:
    """The one task that is meant, of the two that open the page."""
    if not access_of(request).may(task, partnership):
        raise PermissionDenied


def _out_before(snapshot: Snapshot) -> Publication | None:
    """The newest edition of the snapshot's month that is out."""
    out = Publication.objects.visible().filter(
        partnership=snapshot.partnership_id, month=snapshot.month
    )
    return out.select_related("snapshot").order_by("-correction").first()


def _publish(
    request: HttpRequest, snapshot: Snapshot, before: Publication | None, form: PublishForm
) -> Publication:
    by: Any = request.user
    if before is None:
        return publish(by=by, snapshot=snapshot, at=form.at)
    return correct(by=by, snapshot=snapshot, reason=form.cleaned_data["reason"], at=form.at)


def _difference(
    request: HttpRequest, snapshot: Snapshot, before: Publication | None, found: tuple[Check, ...]
) -> dict[str, Any]:
    """Of a correction: figures old and new, and every pack and page that it touches."""
    if before is None or any(each.state == STOPS for each in found):
        return {}
    differing: dict[str, Any] = changes(before.snapshot, snapshot)
    figures = [ChangedFigure(**each) for each in differing["figures"]]
    old = public_pack(before.snapshot.folder)
    others = [
        (each, count)
        for each in published(request, snapshot.partnership_id).newest.values()
        if each.month != snapshot.month
        and (count := still_uncorrected(figures, old, public_pack(each.snapshot.folder)))
    ]
    return {"figures": figures, "pages": differing["pages"], "others": others}
