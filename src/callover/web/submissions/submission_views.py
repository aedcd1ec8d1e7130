"""The page of one submission: receipt, report, and what its sender or the analyst may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.web.accounts.access import needs
from callover.web.accounts.visitor import access_of, asks_for_part, person_of
from callover.web.journal.record import record
from callover.web.queue.enqueue import QueueFull
from callover.web.submissions import actions, uploads
from callover.web.submissions.busy import patient
from callover.web.submissions.forms import Message, Reason
from callover.web.submissions.models import State, Submission
from callover.web.submissions.visible import source_of, submission_of

Action = Callable[..., None]


@needs(Task.SUBMIT, Task.CHECK)
@require_GET
def submission(request: HttpRequest, partnership: str, source: str, number: int) -> HttpResponse:
    """Receipt and report."""
    return _page(request, submission_of(partnership, source, number))


def _page(request: HttpRequest, found: Submission, status: int = 200, **forms: Any) -> HttpResponse:
    access = access_of(request)
    where = (found.partnership_id, found.source)
    may_check = access.may_any((Task.CHECK,), *where)
    is_sender = found.by == access.person  # who checks is not offered the sender's steps as well
    told = {
        "submission": found, "report": found.report, "source": source_of(*where),
        "may_send": access.may_any((Task.SUBMIT,), *where) and (is_sender or not may_check),
        "may_check": may_check,
        "may_explain": found.state in (State.FAULTY, State.CHECKED),
        "may_decide": found.state in (State.CHECKED, State.FAULTY),
        "reason": Reason(), "message": Message(), **forms,
    }  # fmt: skip
    part = asks_for_part(request) and status == 200  # asks where it stands
    name = "submissions/_standing.html" if part else "submissions/submission.html"
    return render(request, name, told, status=status)


@needs(Task.SUBMIT, Task.CHECK)
@require_GET
def download(request: HttpRequest, partnership: str, source: str, number: int) -> FileResponse:
    """The file as it came, to be kept and never opened by the browser; each time is logged."""
    found = submission_of(partnership, source, number)
    path = uploads.place(found.stored)
    if not path.is_file():
        raise Http404(number)
    record("download submission", by=person_of(request), partnership=partnership,
           subject=str(found))  # fmt: skip
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.name,
        content_type="application/octet-stream",
    )  # fmt: skip


@needs(Task.SUBMIT)
@require_POST
@patient
def withdraw(request: HttpRequest, partnership: str, source: str, number: int) -> HttpResponse:
    """Take it back."""
    found = submission_of(partnership, source, number)
    return _do(request, found, actions.withdraw, "It is withdrawn.")


@needs(Task.SUBMIT)
@require_POST
@patient
def check_again(request: HttpRequest, partnership: str, source: str, number: int) -> HttpResponse:
    """Ask for its check once more."""
    found = submission_of(partnership, source, number)
    return _do(request, found, actions.check_again, "It is being checked again.")


@needs(Task.SUBMIT)
@require_POST
@patient
def explain(request: HttpRequest, partnership: str, source: str, number: int) -> HttpResponse:
    """Explain instead of correcting."""
    found, form = submission_of(partnership, source, number), Reason(request.POST)
    if not form.is_valid():
        return _page(request, found, 400, reason=form)
    reason = form.cleaned_data["reason"]
    return _do(request, found, actions.explain, "The analyst has your explanation.", reason=reason)


@needs(Task.CHECK)
@require_POST
@patient
def accept(request: HttpRequest, partnership: str, source: str, number: int) -> HttpResponse:
    """Accept; it is stored in the background."""
    found, good_rows = submission_of(partnership, source, number), "good_rows" in request.POST
    told = "Accepted. It is being stored."
    return _do(request, found, actions.accept, told, good_rows=good_rows)


@needs(Task.CHECK)
@require_POST
@patient
def give_back(request: HttpRequest, partnership: str, source: str, number: int) -> HttpResponse:
    """Return it with a message."""
    found, form = submission_of(partnership, source, number), Message(request.POST)
    if not form.is_valid():
        return _page(request, found, 400, message=form)
    message = form.cleaned_data["message"]
    return _do(request, found, actions.give_back, "Returned to its sender.", message=message)


def _do(
    request: HttpRequest, found: Submission, action: Action, done: str, **given: Any
) -> HttpResponse:
    """Act, and say on the page that it is done or why not."""
    try:
        action(by=person_of(request), submission=found, **given)
    except QueueFull:
        raise
    except UserError as error:
        messages.error(request, f"{error.what} {error.remedy}")
    else:
        messages.success(request, done)
    return redirect("submission", found.partnership_id, found.source, found.number)
