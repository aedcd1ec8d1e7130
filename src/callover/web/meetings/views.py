"""Questions, issues for the board, and the chair's signature."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.web.accounts.access import needs
from callover.web.accounts.models import Partnership
from callover.web.accounts.second_step import surely
from callover.web.accounts.visitor import access_of, person_of
from callover.web.design.forms import sent
from callover.web.meetings import actions
from callover.web.meetings.forms import (
    AnswerForm,
    AskForm,
    AssignForm,
    EscalateForm,
    MoveForm,
    SignForm,
)
from callover.web.meetings.models import Escalation, Question, Standing
from callover.web.meetings.statement import statement_of
from callover.web.performance.audience import inside
from callover.web.snapshots.index import Page
from callover.web.snapshots.models import Snapshot, State


def _page_of(request: HttpRequest, partnership: str, month: str, number: int, slug: str) -> Page:
    """The indicator's page, as the person may see it; raises Http404 where there is none."""
    found = inside(request, partnership, month, number).index.by_slug.get(slug)
    if found is None or not found.indicator:
        raise Http404(slug)
    return found


@needs(Task.SEE)
@require_GET
def questions(request: HttpRequest, partnership: str) -> HttpResponse:
    """Open questions first, then answered ones; issues on their way to the board."""
    held = Question.objects.filter(partnership=partnership)
    shown = {
        "waiting": [each for each in held if each.open],
        "answered": held.filter(answered__isnull=False).order_by("-answered")[:50],
        "escalations": Escalation.objects.filter(partnership=partnership)[:50],
    }
    return render(request, "meetings/questions.html", shown)


@needs(Task.ASK)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, partnership: str, month: str, number: int, slug: str) -> HttpResponse:
    """Ask for more on an indicator; what was asked offline arrives here too."""
    page = _page_of(request, partnership, month, number, slug)
    form = AskForm(sent(request))
    from_script = request.headers.get("Accept") == "application/json"
    if request.method == "POST" and form.is_valid():
        here = Partnership.objects.get(pk=partnership)
        made = actions.ask(by=person_of(request), partnership=here, month=month, page=slug,
                           title=page.title, **form.cleaned_data)  # fmt: skip
        if from_script:
            return JsonResponse({"asked": made.pk})
        messages.success(request, "Your question is on record.")
        return redirect("screen", partnership, month, number, slug)
    if from_script and request.method == "POST":
        return JsonResponse({"faults": form.errors}, status=400)
    shown = {"form": form, "page": page, "month": month, "number": number}
    return render(request, "meetings/ask.html", shown)


@needs(Task.ANSWER)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, partnership: str, question: int) -> HttpResponse:
    """Answer a question, or say which post owes the answer."""
    held = get_object_or_404(Question, pk=question, partnership=partnership)
    assigns = "assign" in request.POST
    posted = request.method == "POST"
    form = AnswerForm(request.POST if posted and not assigns else None)
    given = AssignForm(
        request.POST if assigns else None, initial={"owner": held.owner, "due": held.due}
    )
    if given.is_valid():
        actions.assign(by=person_of(request), question=held, **given.cleaned_data)
        messages.success(request, "Kept who owes the answer.")
        return redirect("questions", partnership)
    if form.is_valid():
        return _answered(request, held, form)
    shown = {"question": held, "form": form, "assign": given}
    return render(request, "meetings/answer.html", shown)


def _answered(request: HttpRequest, held: Question, form: AnswerForm) -> HttpResponse:
    try:
        actions.answer(by=person_of(request), question=held, text=form.cleaned_data["answer"])
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The answer is on record.")
    return redirect("questions", held.partnership_id)


@needs(Task.ESCALATE)
@require_http_methods(["GET", "POST"])
def escalate(
    request: HttpRequest, partnership: str, month: str, number: int, slug: str
) -> HttpResponse:
    """Send an issue up to the board."""
    page = _page_of(request, partnership, month, number, slug)
    form = EscalateForm(sent(request))
    if request.method == "POST" and form.is_valid():
        here = Partnership.objects.get(pk=partnership)
        actions.escalate(by=person_of(request), partnership=here, month=month, page=slug,
                         title=page.title, reason=form.cleaned_data["reason"])  # fmt: skip
        messages.success(request, "Sent up to the board.")
        return redirect("questions", partnership)
    shown = {"form": form, "page": page, "month": month, "number": number}
    return render(request, "meetings/escalate.html", shown)


@needs(Task.ESCALATE)
@require_http_methods(["GET", "POST"])
def escalation(request: HttpRequest, partnership: str, escalation: int) -> HttpResponse:
    """Say where an issue stands."""
    held = get_object_or_404(Escalation, pk=escalation, partnership=partnership)
    initial = {"standing": held.standing, "outcome": held.outcome}
    form = MoveForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        standing = Standing(form.cleaned_data["standing"])
        try:
            actions.move_escalation(by=person_of(request), escalation=held, standing=standing,
                                    outcome=form.cleaned_data["outcome"])  # fmt: skip
        except UserError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Kept where it stands.")
        return redirect("questions", partnership)
    return render(request, "meetings/escalation.html", {"escalation": held, "form": form})


@needs(Task.SIGN_OFF)
@surely
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, partnership: str, month: str, number: int) -> HttpResponse:
    """What a snapshot holds, and the chair's signature beneath it."""
    held = get_object_or_404(
        Snapshot.objects.select_related("partnership"), partnership=partnership, month=month,
        number=number, state=State.SEALED,
    )  # fmt: skip
    form = SignForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return _sign(request, held, form)
    return _sign_page(request, held, form)


def _sign(request: HttpRequest, held: Snapshot, form: SignForm) -> HttpResponse:
    try:
        actions.sign_off(
            by=person_of(request), snapshot=held, statement=form.cleaned_data["statement"]
        )
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Signed off.")
    return redirect("sign", held.partnership_id, held.month, held.number)


def _sign_page(request: HttpRequest, held: Snapshot, form: SignForm) -> HttpResponse:
    allowed = access_of(request).may(Task.SEE_RESTRICTED, held.partnership_id)
    shown: dict[str, Any] = {"snapshot": held, "form": form, "holds": statement_of(held, allowed)}
    return render(request, "meetings/sign.html", shown)
