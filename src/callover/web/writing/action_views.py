"""What is being done about an indicator: actions added, changed, closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from callover.domain.roles import Task
from callover.jobs.commentary_file import with_actions
from callover.report.front_matter import Action
from callover.web.accounts.access import needs
from callover.web.accounts.visitor import person_of
from callover.web.design.forms import sent
from callover.web.writing.actions import WrittenMeanwhile, save_words
from callover.web.writing.cannot import explained
from callover.web.writing.desk import Writing, opened_on
from callover.web.writing.forms import ActionForm
from callover.web.writing.words import digest_of


@needs(Task.WRITE)
@require_http_methods(["GET", "POST"])
@explained
def action(
    request: HttpRequest, partnership: str, month: str, indicator: str, number: int = 0
) -> HttpResponse:
    """Add an action, or change the one with that number."""
    one = opened_on(request, partnership, month, indicator)
    text = one.text()
    held = list(one.parts(text).actions)
    if number > len(held):
        raise Http404
    form = ActionForm(sent(request), initial=_initial(held, number, digest_of(text)))
    if request.method == "POST" and form.is_valid() and _kept(request, one, form, held, number):
        messages.success(request, "Saved the action.")
        return redirect("words", partnership, month, indicator)
    shown = {"one": one, "form": form, "number": number, "month": one.place.month,
             "indicator": one.indicator}  # fmt: skip
    return render(request, "writing/action.html", shown)


def _initial(held: list[Action], number: int, opened: str) -> dict[str, object]:
    known = held[number - 1] if number else Action("", "")
    return {"action": known.action, "owner": known.owner, "due": known.due,
            "status": known.status, "opened": opened}  # fmt: skip


def _kept(
    request: HttpRequest, one: Writing, form: ActionForm, held: list[Action], number: int
) -> bool:
    """Whether the action was saved; the form says why not."""
    given = form.cleaned_data
    made = Action(given["action"], given["owner"], given["due"], given["status"])
    actions = [*held[: number - 1], made, *held[number:]] if number else [*held, made]
    try:
        save_words(by=person_of(request), place=one.place, opened=given["opened"],
                   text=with_actions(one.place.file, actions))  # fmt: skip
    except WrittenMeanwhile:
        form.add_error("action", "Somebody changed this page meanwhile. Open it again, then save.")
        return False
    return True
