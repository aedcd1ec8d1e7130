"""The API: what is public to read, figures to send in; described in OpenAPI 3.1."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from ninja import File, NinjaAPI, Query, Status
from ninja.errors import HttpError, Throttled
from ninja.files import UploadedFile
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from callover.domain.errors import UserError
from callover.jobs.open_data import figure_rows
from callover.web.accounts.access import Access, public
from callover.web.accounts.models import Partnership
from callover.web.accounts.origin import client_address
from callover.web.accounts.visitor import access_of
from callover.web.publication.api_records import (
    FigureOut,
    FigurePage,
    Filters,
    IndicatorOut,
    Message,
    PackOut,
    PartnershipOut,
    Provenance,
    Receipt,
    indicator_out,
    pack_out,
    provenance_of,
)
from callover.web.publication.limits import (
    READ,
    REFUSED,
    SUBMIT,
    seconds_to_wait,
    seconds_to_wait_here,
)
from callover.web.publication.models import Token
from callover.web.publication.published import Edition, published
from callover.web.publication.sending import send_in
from callover.web.publication.tokens import may_send, token_of
from callover.web.queue.enqueue import QueueFull

BASE = "api/v1/"
LATEST = "latest"
FORM = "multipart/form-data"
_ROOM = 2**20  # for what a request holds beside its file


class Readers(BaseThrottle):
    """So many requests a minute of one address."""

    def __init__(self) -> None:
        self._wait = 0

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether there is room for one more."""
        self._wait = seconds_to_wait_here(READ, client_address(request))
        return not self._wait

    def wait(self) -> float | None:
        """Seconds until there is."""
        return float(self._wait)


class ByToken(HttpBearer):
    """``Authorization: Bearer callover_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token that works; wrong ones are counted for each address.

        This is asked before the file is read: one that is too large is refused by its length.
        """
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_LIMIT + _ROOM:
            raise HttpError(413, f"Send at most {settings.UPLOAD_LIMIT // 2**20} MB.")
        found = token_of(token)
        if found is None and (wait := seconds_to_wait(REFUSED, client_address(request))):
            raise Throttled(wait=wait)
        if found is not None and request.content_type != FORM:
            raise HttpError(415, f"Send the file as {FORM}.")
        return found


api = NinjaAPI(
    title="Callover", version="1", openapi_url=None, docs_url=None, throttle=[Readers()],
    description="Published figures of community safety partnerships, and a way to send figures in.",
    servers=[{"url": settings.SITE_URL}],
)  # fmt: skip


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    """429 with the seconds to wait."""
    told = {"detail": "Too many requests. Wait as long as Retry-After says."}
    response = api.create_response(request, told, status=429)
    response["Retry-After"] = str(max(1, round(error.wait or 1)))
    return response


@api.get("/partnerships", response=list[PartnershipOut], summary="Partnerships", tags=["Read"])
def api_partnerships(request: HttpRequest) -> list[PartnershipOut]:
    """Every partnership of this installation."""
    access: Access = access_of(request)
    return [
        PartnershipOut(id=p.pk, name=p.name, short_name=p.short_name, area=p.area, over=p.over_id)
        for p in access.partnerships.values()
    ]


@api.get("/partnerships/{partnership}/packs", response={200: list[PackOut], 404: Message},
         summary="Published packs", tags=["Read"])  # fmt: skip
def api_packs(request: HttpRequest, partnership: str) -> list[PackOut]:
    """Every published edition, the newest first, with the addresses of its files."""
    return [pack_out(each) for each in published(request, partnership).editions]


@api.get("/partnerships/{partnership}/packs/{edition}", response={200: PackOut, 404: Message},
         summary="One pack", tags=["Read"])  # fmt: skip
def api_pack(request: HttpRequest, partnership: str, edition: str) -> PackOut:
    """An edition such as 2016-09 or 2016-09-c1, or latest."""
    return pack_out(_edition(request, partnership, edition))


@api.get("/partnerships/{partnership}/packs/{edition}/indicators",
         response={200: list[IndicatorOut], 404: Message}, summary="Indicators",
         tags=["Read"])  # fmt: skip
def api_indicators(request: HttpRequest, partnership: str, edition: str) -> list[IndicatorOut]:
    """Each indicator with its rating and the sentence that can be read out."""
    found = _edition(request, partnership, edition)
    return [indicator_out(found, page) for page in found.index.indicators]


@api.get("/partnerships/{partnership}/packs/{edition}/figures",
         response={200: FigurePage, 404: Message}, summary="Figures", tags=["Read"])  # fmt: skip
def api_figures(
    request: HttpRequest, partnership: str, edition: str, filters: Annotated[Filters, Query()]
) -> FigurePage:
    """Figures page by page. A suppressed count stands there with its state and no value."""
    found = _edition(request, partnership, edition)
    rows = [row for row in figure_rows(found.pack) if filters.lets(row)]
    first = (filters.page - 1) * filters.size
    return FigurePage(
        count=len(rows), page=filters.page, size=filters.size,
        figures=[FigureOut.model_validate(row) for row in rows[first : first + filters.size]],
    )  # fmt: skip


@api.get("/partnerships/{partnership}/packs/{edition}/provenance",
         response={200: Provenance, 404: Message}, summary="Where a figure comes from",
         tags=["Read"])  # fmt: skip
def api_provenance(request: HttpRequest, partnership: str, edition: str, figure: str) -> Provenance:
    """The calculation, files, rows and dates behind a figure, which is asked for by its name."""
    try:
        return provenance_of(_edition(request, partnership, edition), figure)
    except KeyError as error:
        raise Http404 from error


@api.post("/partnerships/{partnership}/sources/{source}/submissions", auth=ByToken(),
          response={202: Receipt, 401: Message, 403: Message, 413: Message, 415: Message,
                    422: Message, 429: Message, 503: Message},
          summary="Send in figures", tags=["Send in"])  # fmt: skip
def api_submit(
    request: HttpRequest, partnership: str, source: str, file: Annotated[UploadedFile, File()]
) -> Any:
    """Send in a file of a source. The answer is a receipt; the check runs in the background."""
    token: Token = vars(request)["auth"]  # what ByToken gave
    if not may_send(token, partnership, source):
        raise HttpError(403, "The token is not for this partnership and source.")
    if wait := seconds_to_wait(SUBMIT, str(token.pk)):
        raise Throttled(wait=wait)
    try:
        receipt = send_in(token, Partnership.objects.get(pk=partnership), source, file)
    except QueueFull as error:
        raise HttpError(503, f"{error.what} {error.remedy}") from error
    except UserError as error:
        raise HttpError(422, f"{error.what} {error.remedy}") from error
    return Status(202, receipt)


def _edition(request: HttpRequest, partnership: str, name: str) -> Edition:
    """The edition named, or the latest; raises Http404."""
    site = published(request, partnership)
    if name != LATEST:
        return site.edition(name)
    if site.latest is None:
        raise Http404
    return site.latest


@public
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API (OpenAPI 3.1)."""
    return JsonResponse(_schema())


@public
def api_guide(request: HttpRequest) -> HttpResponse:
    """The same for people: every operation with what it takes."""
    operations = [
        {"method": method.upper(), "path": address, **told}
        for address, methods in _schema()["paths"].items()
        for method, told in methods.items()
    ]
    return render(request, "publication/api.html", {"operations": operations})


def _schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix=f"/{BASE}"))


def api_urls() -> list[URLPattern]:
    """Addresses of the API. Everybody may call it: an operation that writes asks for its token."""
    patterns = [each for each in api.urls[0] if isinstance(each, URLPattern)]
    own = [each for each in patterns if each.name != "api-root"]
    for each in own:
        public(each.callback)
    return [
        path(BASE, api_guide, name="api"),
        path(f"{BASE}openapi.json", openapi, name="openapi"),
        *(path(f"{BASE}{each.pattern}", each.callback, name=each.name) for each in own),
    ]
