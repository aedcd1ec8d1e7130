"""Pages of the log, for who may read it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from callover.domain.roles import Task
from callover.web.accounts.access import needs
from callover.web.accounts.visitor import person_of
from callover.web.journal.models import Head
from callover.web.journal.record import record, verify
from callover.web.journal.search import Search, as_lines

PAGE = 50
MOST = 5_000
"""Entries that the page reads, a fraction of a second's; ``callover verify-log`` reads all."""


@needs(Task.READ_LOG)
def log(request: HttpRequest, partnership: str) -> HttpResponse:
    """What was done in a partnership, the newest first."""
    search = Search(request.GET, partnership)
    page = Paginator(search.found(), PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    told = {"form": search, "page": page, "asked": asked.urlencode(), "head": Head.objects.first()}
    return render(request, "journal/log.html", told)


@needs(Task.READ_LOG)
def check(request: HttpRequest, partnership: str) -> HttpResponse:
    """Whether the installation's log is as it was written: as much of it as one page may read."""
    return render(request, "journal/check.html", {"found": verify(MOST)})


@needs(Task.READ_LOG)
def download(request: HttpRequest, partnership: str) -> StreamingHttpResponse:
    """The entries that were looked for, as lines of JSON."""
    found = Search(request.GET, partnership).found()
    asked: dict[str, Any] = {k: v for k, v in request.GET.items() if v and k != "page"}
    record("export log", by=person_of(request), partnership=partnership, asked=asked)
    answer = StreamingHttpResponse(as_lines(found), content_type="application/x-ndjson")
    answer["Content-Disposition"] = f'attachment; filename="log-{partnership}.jsonl"'
    return answer
