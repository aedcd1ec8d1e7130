"""Pages of writing: the list of a month, an indicator's words, its versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callover.domain.roles import Task
from callover.jobs.commentary_file import carried_over, with_body
from callover.jobs.overrides import override_of
from callover.web.accounts.access import needs
from callover.web.accounts.models import Partnership
from callover.web.accounts.visitor import person_of
from callover.web.config.day import today
from callover.web.design.safe import ours
from callover.web.journal.record import record
from callover.web.writing.actions import WrittenMeanwhile, save_words
from callover.web.writing.cannot import explained
from callover.web.writing.desk import (
    Writing,
    body_faults,
    compared,
    lines,
    months_to_choose,
    open_writing,
    opened_on,
)
from callover.web.writing.forms import WordsForm
from callover.web.writing.settle import settle
from callover.web.writing.words import digest_of


@needs(Task.WRITE)
@require_GET
@explained
def choose_month(request: HttpRequest, partnership: str) -> HttpResponse:
    """The month that was asked for, or the newest that is in hand."""
    months = months_to_choose(partnership)
    asked = request.GET.get("month", "")
    month = asked if asked in map(str, months) else str(months[1])
    return redirect("writing", partnership, month)


@needs(Task.WRITE)
@require_GET
@explained
def writing(request: HttpRequest, partnership: str, month: str) -> HttpResponse:
    """Every indicator of a month: who wrote when, what is carried, stale or at fault."""
    desk, _, when = open_writing(request, partnership, month)
    here = Partnership.objects.get(pk=partnership)
    settle(here)
    record("open words", by=person_of(request), partnership=partnership, subject=month)
    shown = {"month": when, "months": months_to_choose(partnership), "known_at": desk.known_at,
             "lines": lines(desk, here, when)}  # fmt: skip
    return render(request, "writing/list.html", shown)


@needs(Task.WRITE)
@require_http_methods(["GET", "POST"])
@explained
def words(request: HttpRequest, partnership: str, month: str, indicator: str) -> HttpResponse:
    """The words of an indicator: write, look at them as printed, save."""
    one = opened_on(request, partnership, month, indicator)
    if request.method == "GET":
        record(
            "open words", by=person_of(request), partnership=partnership, subject=one.place.subject
        )
        return _page(request, one, _form_of(one))
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form)
    given = form.cleaned_data
    if "insert" in request.POST:
        return _page(request, one, _with_token(form, request.POST["insert"]))
    if "preview" in request.POST:
        return _page(request, one, form)
    return _save(request, one, form, given)


def _form_of(one: Writing) -> WordsForm:
    text = one.text()
    parts = one.parts(text)
    return WordsForm(initial={"body": parts.body, "ask": parts.ask, "opened": digest_of(text)})


def _with_token(form: WordsForm, token: str) -> WordsForm:
    """Without JavaScript a token picked goes to the end of the text."""
    body = form.cleaned_data["body"].rstrip()
    return WordsForm({**form.cleaned_data, "body": f"{body} {token[:120]}".lstrip()})


def _save(
    request: HttpRequest, one: Writing, form: WordsForm, given: dict[str, Any]
) -> HttpResponse:
    text = _composed(one, given["body"], given["ask"])
    found = one.preview(text)
    if found.faults:
        for place, said in body_faults(text, found.faults):
            form.add_error(
                "ask" if place.startswith("The decision") else "body", f"{place}: {said}"
            )
        return _page(request, one, form)
    try:
        save_words(by=person_of(request), place=one.place, opened=given["opened"], text=text)
    except WrittenMeanwhile as error:
        return _conflict(request, one, form, error)
    messages.success(request, "Saved. The pack prints these words from its next snapshot on.")
    return redirect("words", one.place.partnership.pk, str(one.place.month), one.indicator.id)


def _composed(one: Writing, body: str, ask: str) -> str:
    """The file with what the form says; the rest of it stays."""
    body = body.replace("\r\n", "\n")
    return with_body(one.place.file, body, ask.strip(), timezone.localdate())


def _conflict(
    request: HttpRequest, one: Writing, form: WordsForm, error: WrittenMeanwhile
) -> HttpResponse:
    """Both texts; saving again is saving over the one shown."""
    theirs = error.newest.text if error.newest else ""
    mine = WordsForm({**form.cleaned_data, "opened": digest_of(theirs)})
    parts = one.parts(theirs)
    body = form.cleaned_data["body"].replace("\r\n", "\n")
    shown = {"conflict": error, "theirs": parts, "changed": compared(parts.body, body.strip())}
    return _page(request, one, mine, status=409, **shown)


def _page(
    request: HttpRequest, one: Writing, form: WordsForm, status: int = 200, **more: Any
) -> HttpResponse:
    body = str(form["body"].value() or "")
    text = _composed(one, body, str(form["ask"].value() or ""))
    last = one.last_quarter()
    name = one.place.partnership.pk
    shown = {
        "one": one, "form": form, "month": one.place.month, "indicator": one.indicator,
        "offered": one.desk.offered(one.indicator, one.place.month),
        "parts": one.parts(one.place.file), "revision": one.place.newest(),
        "last": last, "last_html": ours(last[2]) if last else "",
        "override": override_of(settings.WORKSPACE, name, one.indicator.id, one.place.month),
        "today": today(), **_previewed(one, text), **more,
    }  # fmt: skip
    return render(request, "writing/words.html", shown, status=status)


def _previewed(one: Writing, text: str) -> dict[str, Any]:
    found = one.preview(text)
    return {
        "preview": found,
        "preview_html": ours(found.html),
        "preview_faults": body_faults(text, found.faults),
    }


@needs(Task.WRITE)
@require_POST
@explained
def preview_words(
    request: HttpRequest, partnership: str, month: str, indicator: str
) -> HttpResponse:
    """The words as printed, while they are typed."""
    one = opened_on(request, partnership, month, indicator)
    text = _composed(one, request.POST.get("body", "")[:20_000], request.POST.get("ask", "")[:600])
    return render(request, "writing/preview.html", _previewed(one, text))


@needs(Task.WRITE)
@require_POST
@explained
def carry_words(request: HttpRequest, partnership: str, month: str, indicator: str) -> HttpResponse:
    """Begin with the words of last quarter, each marked until it is changed."""
    one = opened_on(request, partnership, month, indicator)
    last = one.last_quarter()
    if last is None:
        raise Http404
    try:
        save_words(by=person_of(request), place=one.place, opened=digest_of(""),
                   text=carried_over(last[1], last[0]))  # fmt: skip
    except WrittenMeanwhile:
        messages.error(request, "Words stand here already, so nothing was carried over.")
    return redirect("words", partnership, month, indicator)


@needs(Task.WRITE)
@require_GET
@explained
def versions(request: HttpRequest, partnership: str, month: str, indicator: str) -> HttpResponse:
    """Every version: who wrote it, when."""
    one = opened_on(request, partnership, month, indicator)
    one.text()
    shown = {"one": one, "versions": one.place.versions().select_related("by"),
             "month": one.place.month, "indicator": one.indicator}  # fmt: skip
    return render(request, "writing/versions.html", shown)


@needs(Task.WRITE)
@require_http_methods(["GET", "POST"])
@explained
def version(
    request: HttpRequest, partnership: str, month: str, indicator: str, number: int
) -> HttpResponse:
    """One version beside the one before it; it can be brought back as a new version."""
    one = opened_on(request, partnership, month, indicator)
    held = one.place.versions()
    this = held.filter(number=number).first()
    if this is None:
        raise Http404
    if request.method == "POST":
        opened = digest_of(one.text())
        save_words(by=person_of(request), place=one.place, opened=opened, text=this.text)
        messages.success(request, f"Version {number} stands again, as a new version.")
        return redirect("words", partnership, month, indicator)
    before = held.filter(number__lt=number).first()
    shown = {"one": one, "this": this, "month": one.place.month, "indicator": one.indicator,
             "changed": compared(before.text if before else "", this.text)}  # fmt: skip
    return render(request, "writing/version.html", shown)
