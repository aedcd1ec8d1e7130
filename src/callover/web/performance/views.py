"""Pages of figures for members. Every page says of which moment its figures are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from callover.domain.roles import Task
from callover.web.accounts.access import needs, public, signed_in
from callover.web.accounts.models import Partnership
from callover.web.performance.audience import inside, note_reading


@public
def home(request: HttpRequest) -> HttpResponse:
    """The partnerships of this installation."""
    found = Partnership.objects.filter(active=True)
    return render(request, "performance/home.html", {"partnerships": found})


@signed_in
def work(request: HttpRequest) -> HttpResponse:
    """Where a person has work to do."""
    found = request.access.where()  # type: ignore[attr-defined]
    return render(request, "performance/work.html", {"partnerships": found})


@needs(Task.SEE)
def dashboard(
    request: HttpRequest, partnership: str, month: str = "", number: int = 0
) -> HttpResponse:
    """Every indicator in one row, of one snapshot; by strategic group if asked."""
    try:
        view = inside(request, partnership, month, number)
    except Http404:
        if month:
            raise
        return render(request, "performance/nothing_yet.html")
    note_reading(request, view, "dashboard")
    group = request.GET.get("group", "")
    pages = [p for p in view.index.indicators if not group or group in p.strategic]
    groups = dict.fromkeys(g for p in view.index.indicators for g in p.strategic)
    return render(
        request,
        "performance/dashboard.html",
        {"view": view, "pages": pages, "groups": groups, "group": group},
    )


@needs(Task.SEE)
def page(
    request: HttpRequest, partnership: str, month: str, number: int, slug: str
) -> HttpResponse:
    """A page of a snapshot: an indicator, or another section of the pack."""
    view = inside(request, partnership, month, number)
    content = view.page(slug)
    note_reading(request, view, slug)
    pages = view.index.pages
    place = next(i for i, each in enumerate(pages) if each.slug == slug)
    return render(
        request,
        "performance/page.html",
        {
            "view": view,
            "page": pages[place],
            "content": mark_safe(content),  # noqa: S308 - our own sealed rendering
            "before": pages[place - 1] if place else None,
            "after": pages[place + 1] if place + 1 < len(pages) else None,
        },
    )
