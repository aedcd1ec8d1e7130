"""The public site: the latest pack in words, every edition, every page of it, search."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from callover.web.accounts.access import public
from callover.web.design.safe import ours
from callover.web.performance.mapping import mapped_wards
from callover.web.publication.caching import cached
from callover.web.publication.downloads import FILES
from callover.web.publication.published import published
from callover.web.publication.searching import search_in

AREAS = (
    ("improvement", "What goes badly, and what is done about it"),
    ("success", "What goes well"),
    ("monitoring", "What to keep an eye on"),
)
"""Pages that the front page leads to, where the pack has them."""


@public
@cached
def public_home(request: HttpRequest, partnership: str) -> HttpResponse:
    """The latest published pack in words."""
    site = published(request, partnership)
    edition = site.latest
    if edition is None:
        return render(request, "publication/nothing_yet.html")
    areas = [(each, words) for each, words in AREAS if each in edition.index.by_slug]
    summary = ours(edition.fragment_above("executive-summary"))
    told = {"edition": edition, "summary": summary, "areas": areas, "files": FILES}
    return render(request, "publication/home.html", told)


@public
@cached
def packs(request: HttpRequest, partnership: str) -> HttpResponse:
    """Every published edition with its files."""
    site = published(request, partnership)
    return render(request, "publication/packs.html", {"editions": site.editions, "files": FILES})


@public
@cached
def pack(request: HttpRequest, partnership: str, edition: str) -> HttpResponse:
    """What an edition holds."""
    found = published(request, partnership).edition(edition)
    told = {
        "edition": found, "files": FILES,
        "sections": [p for p in found.index.pages if p.kind not in ("indicator", "cover")
                     and p.slug != "contents"],
    }  # fmt: skip
    return render(request, "publication/pack.html", told)


@public
@cached
def public_page(request: HttpRequest, partnership: str, edition: str, slug: str) -> HttpResponse:
    """A page of an edition: an indicator, or another section of the pack."""
    found = published(request, partnership).edition(edition)
    entry = found.entry(slug)
    before, after = found.index.beside(slug)
    told = {
        "edition": found, "page": entry, "affected": found.affects(slug),
        "content": ours(found.fragment(slug)),
        "before": before, "after": after, "by_ward": found.view.wards.table(slug),
    }  # fmt: skip
    return render(request, "publication/page.html", told)


@public
@cached
def public_charts(request: HttpRequest, partnership: str, edition: str, slug: str) -> HttpResponse:
    """What a page's charts are drawn from when somebody points at one."""
    told = published(request, partnership).edition(edition).view.charts(slug)
    return HttpResponse(told, content_type="application/json")


@public
@cached
def public_wards(request: HttpRequest, partnership: str, edition: str, slug: str) -> HttpResponse:
    """An indicator of an edition ward by ward, on a map and in a table."""
    found = published(request, partnership).edition(edition)
    table = found.view.ward_table(slug)
    told = {
        "edition": found, "page": found.entry(slug), "table": table,
        "map": mapped_wards(table, table.title),
        "others": [each for each in found.view.wards.tables if each.indicator != slug],
    }  # fmt: skip
    return render(request, "publication/wards.html", told)


@public
@cached
def correction(request: HttpRequest, partnership: str, edition: str) -> HttpResponse:
    """What a correction changed and why: figures old and new, the pages on which they stand."""
    site = published(request, partnership)
    found = site.edition(edition)
    if not found.publication.correction:
        raise Http404
    number = found.publication.correction
    before = next(
        (e for e in site.editions if e.publication.month == found.publication.month
         and e.publication.correction == number - 1), None,
    )  # fmt: skip
    pages = [found.index.by_slug[p] for p in found.publication.pages if p in found.index.by_slug]
    gone = [p for p in found.publication.pages if p not in found.index.by_slug]
    told = {"edition": found, "before": before, "pages": pages, "gone": gone, "files": FILES}
    return render(request, "publication/correction.html", told)


@public
@cached
def search(request: HttpRequest, partnership: str) -> HttpResponse:
    """Indicators, other pages and words used, of the latest edition."""
    edition = published(request, partnership).latest
    if edition is None:
        return render(request, "publication/nothing_yet.html")
    asked = request.GET.get("q", "").strip()[:100]
    found = search_in(edition, asked) if asked else None
    told = {"edition": edition, "asked": asked, "found": found}
    return render(request, "publication/search.html", told)
