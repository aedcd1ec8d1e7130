"""Files of an edition: the public pack in its formats, and the figures as open data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from callover.domain.licences import LICENCES
from callover.jobs.open_data import FILES as DATA_FILES
from callover.jobs.open_data import WARD_FILES, About, data_file
from callover.jobs.open_wards import ward_data
from callover.web.accounts.access import public
from callover.web.publication.caching import cached
from callover.web.publication.checks import public_pack
from callover.web.publication.mail import address_of
from callover.web.publication.published import Edition, published
from callover.web.snapshots.serving import PACK_FILES, PUBLIC, read_ward_file

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
FILES = (
    ("pdf", "PDF, for print"), ("html", "one web page, for reading offline"),
    ("docx", "Word document"), ("xlsx", "data book (Excel)"), ("json", "pack file (JSON)"),
)  # fmt: skip


@public
@cached
def pack_file(
    request: HttpRequest, partnership: str, edition: str, ending: str
) -> HttpResponseBase:
    """The public pack of an edition as a file to keep: a page of its own style would not be shown
    under the site's rules."""
    found = published(request, partnership).edition(edition)
    path = found.folder / f"{PACK_FILES[PUBLIC]}.{ending}"
    if ending not in dict(FILES) or not path.is_file():
        raise Http404
    name = f"{partnership}-{found.name}.{ending}"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[ending]
    )


@public
@cached
def open_data(request: HttpRequest, partnership: str) -> HttpResponse:
    """What can be taken away, and how a program reads it."""
    site = published(request, partnership)
    if site.latest is None:
        return render(request, "publication/nothing_yet.html")
    told = {"edition": site.latest, "editions": site.editions, "files": DATA_FILES,
            "licence": LICENCES.get(site.partnership.licence)}  # fmt: skip
    return render(request, "publication/open_data.html", told)


@public
@cached
def data(request: HttpRequest, partnership: str, edition: str) -> HttpResponse:
    """The open data of one edition."""
    site = published(request, partnership)
    found, licence = site.edition(edition), LICENCES.get(site.partnership.licence)
    files = {**DATA_FILES, **(WARD_FILES if found.view.wards.tables else {})}
    told = {"edition": found, "files": files, "figures": len(found.pack.figures),
            "licence": licence}  # fmt: skip
    return render(request, "publication/data.html", told)


@public
@cached
def edition_data(request: HttpRequest, partnership: str, edition: str, name: str) -> HttpResponse:
    """A file of an edition's open data."""
    return _data(published(request, partnership).edition(edition), partnership, name)


@public
@cached
def indicator_data(
    request: HttpRequest, partnership: str, edition: str, slug: str, ending: str
) -> HttpResponse:
    """The figures of one indicator."""
    found = published(request, partnership).edition(edition)
    if found.entry(slug).kind != "indicator":
        raise Http404
    return _data(found, partnership, f"figures.{ending}", slug)


@lru_cache(maxsize=32)
def _made(snapshot: Path, about: About, name: str, indicator: str) -> bytes:
    """A file of open data, kept for the next who asks: a workbook takes half a second."""
    if name in WARD_FILES:
        return ward_data(read_ward_file(snapshot, PUBLIC), about, name)
    return data_file(public_pack(snapshot), about, name, indicator)


def _data(edition: Edition, partnership: str, name: str, indicator: str = "") -> HttpResponse:
    if name not in DATA_FILES and not (name in WARD_FILES and edition.view.wards.tables):
        raise Http404
    about = About(
        edition.publication.partnership.name, edition.name,
        address_of("data", partnership, edition.name), edition.publication.publish_at,
        LICENCES.get(edition.publication.partnership.licence),
    )  # fmt: skip
    content = _made(edition.folder, about, name, indicator)
    kept_as = "-".join(part for part in (partnership, edition.name, indicator, name) if part)
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{kept_as}"'
    response["Access-Control-Allow-Origin"] = "*"  # open data: any page may read it
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
