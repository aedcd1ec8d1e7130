"""Pages of a source for who sends in its figures: what is owed, the template, files, the form."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from callover.domain.roles import Task
from callover.jobs.mappings import mapping_path
from callover.jobs.small_form import SmallForm, filled, small_form
from callover.jobs.template import make_template, template_text, write_template
from callover.jobs.workspace import Workspace
from callover.web.accounts.access import needs
from callover.web.accounts.models import Partnership
from callover.web.accounts.visitor import access_of, person_of
from callover.web.config.day import today
from callover.web.design.forms import sent
from callover.web.submissions.busy import patient
from callover.web.submissions.forms import MonthOfSource, SendFiles
from callover.web.submissions.intake import take_in
from callover.web.submissions.models import Kind, Submission
from callover.web.submissions.visible import source_of

_SHOWN = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Task.SUBMIT)
@patient
def source(request: HttpRequest, partnership: str, source: str) -> HttpResponse:
    """What a source owes, its template, and its submissions; files are sent in here."""
    known, corrects = source_of(partnership, source), _corrects(request, partnership, source)
    form = SendFiles(sent(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        return _send(request, partnership, source, form, corrects)
    before = Submission.objects.filter(partnership=partnership, source=source).defer("report")
    told = {
        "source": known, "form": form, "corrects": corrects, "sent": before[:_SHOWN],
        "mapped": mapping_path(settings.WORKSPACE, source).is_file(),
        "limit": settings.UPLOAD_LIMIT // (1024 * 1024),
    }  # fmt: skip
    return render(request, "submissions/source.html", told, status=400 if form.errors else 200)


def _send(
    request: HttpRequest, partnership: str, source: str, form: SendFiles,
    corrects: Submission | None,
) -> HttpResponse:  # fmt: skip
    """Take in each file; one leads to its receipt, several to the list of them."""
    taken = [
        take_in(
            by=person_of(request), partnership=_here(request, partnership), source=source,
            name=file.name or "", chunks=file.chunks(), corrects=corrects,
        )
        for file in form.cleaned_data["chosen"]
    ]  # fmt: skip
    if len(taken) == 1:
        return redirect("submission", partnership, source, taken[0].number)
    return redirect("source", partnership, source)


def _corrects(request: HttpRequest, partnership: str, source: str) -> Submission | None:
    """The submission that a new file is to correct, where the address names one of this source."""
    asked = request.GET.get("corrects", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return None
    found = Submission.objects.filter(partnership=partnership, source=source, pk=int(asked))
    return found.first()


@needs(Task.SUBMIT)
@patient
def small(request: HttpRequest, partnership: str, source: str) -> HttpResponse:
    """A month of a small source, filled in on the page."""
    known = source_of(partnership, source)
    workspace = Workspace.open(settings.WORKSPACE)
    asked = small_form(workspace, source, partnership, request.GET.get("month", ""), today())
    form = MonthOfSource(asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked.is_small and form.is_valid():
        return _send_form(request, partnership, asked, form.cleaned_data)
    told = {"source": known, "asked": asked, "form": form}
    return render(request, "submissions/small.html", told, status=400 if form.errors else 200)


def _send_form(
    request: HttpRequest, partnership: str, asked: SmallForm, answers: dict[str, Any]
) -> HttpResponse:
    content = filled(asked, answers, answers["note"])
    taken = take_in(
        by=person_of(request), partnership=_here(request, partnership), source=asked.source,
        name=f"{asked.source}-{asked.month}.csv", chunks=[content], kind=Kind.FORM,
    )  # fmt: skip
    return redirect("submission", partnership, asked.source, taken.number)


@needs(Task.SUBMIT)
@require_GET
def template_csv(request: HttpRequest, partnership: str, source: str) -> HttpResponse:
    """The template of a source as CSV: its series and the months due."""
    source_of(partnership, source)
    made = make_template(Workspace.open(settings.WORKSPACE), source, partnership, today=today())
    return _download(template_text(made).encode(), f"{source}.csv", "text/csv; charset=utf-8")


@needs(Task.SUBMIT)
@require_GET
def template_xlsx(request: HttpRequest, partnership: str, source: str) -> HttpResponse:
    """The template of a source as a workbook, with what each column means."""
    source_of(partnership, source)
    made = make_template(Workspace.open(settings.WORKSPACE), source, partnership, today=today())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(made, path)
        return _download(path.read_bytes(), f"{source}.xlsx", _XLSX)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _here(request: HttpRequest, partnership: str) -> Partnership:
    return access_of(request).partnerships[partnership]
