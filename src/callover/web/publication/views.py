"""The public site."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from callover.web.accounts.access import public


@public
def public_home(request: HttpRequest, partnership: str) -> HttpResponse:
    """The latest published pack of a partnership."""
    if partnership not in request.access.partnerships:  # type: ignore[attr-defined]
        raise Http404
    return render(request, "publication/nothing_yet.html")
