"""The call-over: exceptions first, one indicator a screen."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET

from callover.domain.roles import Task
from callover.web.accounts.access import needs
from callover.web.design.safe import ours
from callover.web.meetings.forms import AskForm
from callover.web.meetings.models import Escalation, Question
from callover.web.meetings.order import Stop, chart_of, stops
from callover.web.performance.audience import View, inside, newest, note_reading

_WORKER = Path(__file__).parent / "worker.js"


@needs(Task.SEE)
@require_GET
def callover(
    request: HttpRequest, partnership: str, month: str = "", number: int = 0
) -> HttpResponse:
    """The list of a call-over; without a snapshot named, of the newest."""
    view = inside(request, partnership, month, number) if month else newest(request, partnership)
    if view is None:
        return render(request, "meetings/nothing_yet.html")
    if not month:
        return redirect("callover_of", partnership, view.snapshot.month, view.snapshot.number)
    note_reading(request, view, "call-over")
    found = stops(view)
    shown = {"view": view, "stops": found, "offline": _offline(request, view, found)}
    return render(request, "meetings/callover.html", shown)


@needs(Task.SEE)
@require_GET
def screen(
    request: HttpRequest, partnership: str, month: str, number: int, slug: str
) -> HttpResponse:
    """One indicator: rating, sentence, chart; the one before and the one after."""
    view = inside(request, partnership, month, number)
    found = stops(view)
    place = next((i for i, each in enumerate(found) if each.page.slug == slug), None)
    if place is None:
        raise Http404(slug)
    note_reading(request, view, slug)
    shown = {
        "view": view, "stop": found[place], "page": found[place].page,
        "chart": ours(chart_of(view.page(slug))),
        "before": found[place - 1] if place else None, "place": place + 1, "of": len(found),
        "after": found[place + 1] if place + 1 < len(found) else None,
        "form": AskForm(initial={"key": uuid.uuid4()}),
        "questions": Question.objects.filter(partnership=partnership, page=slug),
        "escalations": Escalation.objects.filter(partnership=partnership, page=slug),
        "offline": _offline(request, view, found),
    }  # fmt: skip
    return render(request, "meetings/screen.html", shown)


def _offline(request: HttpRequest, view: View, found: tuple[Stop, ...]) -> str:
    """What a browser keeps for when the connection drops, and until when it may, as JSON."""
    snapshot = view.snapshot
    args = (snapshot.partnership_id, snapshot.month, snapshot.number)
    pages = [reverse("screen", args=(*args, each.page.slug)) for each in found]
    told = {
        "worker": reverse("callover_worker", args=[snapshot.partnership_id]),
        "name": f"callover-{'-'.join(map(str, args))}-{_of_session(request)}",
        "urls": [reverse("callover_of", args=args), *pages],
        "ends": int(request.session.get_expiry_date().timestamp() * 1000),
    }
    return json.dumps(told)


def _of_session(request: HttpRequest) -> str:
    """A mark of the session: whoever signs in next at the device finds none of its pages."""
    key = f"{request.session.session_key}"
    return salted_hmac("callover.offline", key, algorithm="sha256").hexdigest()[:16]


@needs(Task.SEE)
@require_GET
def worker(request: HttpRequest, partnership: str) -> HttpResponse:
    """The script that keeps a call-over's pages; it lies here so that it reaches no other page."""
    return HttpResponse(_WORKER.read_text(encoding="utf-8"), content_type="text/javascript")
