"""Pages of figures for members. Every page says of which moment its figures are."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from callover.domain.roles import Task
from callover.web.accounts.access import needs, public, signed_in
from callover.web.accounts.models import Partnership
from callover.web.accounts.visitor import access_of, person_of
from callover.web.design.safe import ours
from callover.web.journal.record import record
from callover.web.performance.audience import View, inside, newest, note_reading, snapshots
from callover.web.performance.board import board_rows
from callover.web.performance.mapping import mapped, mapped_wards
from callover.web.performance.ordering import ORDERS, board
from callover.web.performance.searching import search as search_in
from callover.web.performance.waiting import desks
from callover.web.snapshots.seal import FilesMissing
from callover.web.snapshots.serving import DOCUMENTS, PACK_FILES


@public
def home(request: HttpRequest) -> HttpResponse:
    """The partnerships of this installation."""
    found = Partnership.objects.filter(active=True)
    return render(request, "performance/home.html", {"partnerships": found})


@signed_in
def work(request: HttpRequest) -> HttpResponse:
    """Where a person has work to do."""
    found = desks(access_of(request))
    return render(request, "performance/work.html", {"desks": found})


@needs(Task.SEE)
def dashboard(
    request: HttpRequest, partnership: str, month: str = "", number: int = 0
) -> HttpResponse:
    """Every indicator in one row, of one snapshot; by strategic group if asked."""
    view = inside(request, partnership, month, number) if month else newest(request, partnership)
    if view is None:
        return render(request, "performance/nothing_yet.html")
    note_reading(request, view, "dashboard")
    shown = board(view.index, request.GET.get("group", ""), request.GET.get("order", ""))
    rows = ours(board_rows(view, shown))
    others = snapshots(partnership, view.edition)
    return _page(request, view, "dashboard", board=shown, rows=rows, orders=ORDERS, others=others)


@needs(Task.SEE)
def page(
    request: HttpRequest, partnership: str, month: str, number: int, slug: str
) -> HttpResponse:
    """A page of a snapshot: an indicator, or another section of the pack."""
    view = inside(request, partnership, month, number)
    content = view.page(slug)
    note_reading(request, view, slug)
    before, after = view.index.beside(slug)
    return _page(
        request, view, "page",
        page=view.index.by_slug[slug],
        content=ours(content),
        before=before,
        after=after,
        by_ward=view.wards.table(slug),
    )  # fmt: skip


@needs(Task.SEE)
def charts(
    request: HttpRequest, partnership: str, month: str, number: int, slug: str
) -> HttpResponse:
    """What a page's charts are drawn from when somebody points at one: part of the page."""
    view = inside(request, partnership, month, number)
    told = view.charts(slug)
    note_reading(request, view, f"{slug}: charts")
    return HttpResponse(told, content_type="application/json")


@needs(Task.SEE)
def compare(request: HttpRequest, partnership: str, month: str, number: int) -> HttpResponse:
    """Where every area stands, an indicator at a time."""
    view = inside(request, partnership, month, number)
    note_reading(request, view, "compare")
    known = view.index.comparisons
    asked = request.GET.get("indicator", "")
    chosen = next((each for each in known if each.slug == asked), known[0] if known else None)
    drawn = mapped(chosen) if chosen is not None else None
    by_ward = view.wards.table(chosen.slug) if chosen is not None else None
    told = {"comparisons": known, "chosen": chosen, "map": drawn, "by_ward": by_ward}
    return _page(request, view, "compare", **told)


@needs(Task.SEE)
def wards(
    request: HttpRequest, partnership: str, month: str, number: int, slug: str
) -> HttpResponse:
    """Where in the district an indicator is high and low, ward by ward."""
    view = inside(request, partnership, month, number)
    table = view.ward_table(slug)
    note_reading(request, view, f"{slug} by ward")
    return _page(
        request, view, "wards",
        page=view.index.by_slug[slug], table=table, map=mapped_wards(table, table.title),
        compared=any(each.slug == slug for each in view.index.comparisons),
    )  # fmt: skip


@needs(Task.SEE)
def search(request: HttpRequest, partnership: str, month: str, number: int) -> HttpResponse:
    """Pages that say what is asked for."""
    view = inside(request, partnership, month, number)
    asked = request.GET.get("q", "").strip()
    found = search_in(view, asked)
    note_reading(request, view, "search")
    return _page(request, view, "search", asked=asked, found=found)


@needs(Task.EXPORT)
def download(
    request: HttpRequest, partnership: str, month: str, number: int, name: str
) -> FileResponse:
    """A document of the snapshot, in the edition that the member may see; logged."""
    view = inside(request, partnership, month, number)
    if name not in (*DOCUMENTS, "json"):
        raise Http404
    path = view.snapshot.folder / f"{PACK_FILES[view.edition]}.{name}"
    if not path.is_file():
        raise FilesMissing(path)
    record(
        "export snapshot", by=person_of(request), partnership=partnership,
        subject=str(view.snapshot), edition=view.edition, format=name,
    )  # fmt: skip
    file = f"{partnership}-{month}-snapshot-{number}-{view.edition}.{name}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=file)


def _page(request: HttpRequest, view: View, name: str, **more: Any) -> HttpResponse:
    return render(request, f"performance/{name}.html", {"view": view, **more})
