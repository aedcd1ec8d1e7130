"""Pages about the site itself, and each partnership's own colour."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from callover.web.accounts.access import public
from callover.web.accounts.models import Partnership

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, and whom to tell where it is not."""
    return render(request, "design/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps of its visitors."""
    return render(request, "design/privacy.html")


@public
def colour(request: HttpRequest, partnership: str) -> HttpResponse:
    """The partnership's colour as a style sheet, so that no page needs an inline style."""
    found = Partnership.objects.filter(pk=partnership).values_list("colour", flat=True).first()
    if found is None:
        raise Http404
    own = found if _COLOUR.fullmatch(found) else "#1d70b8"
    answer = HttpResponse(f":root {{ --own:{own}; }}\n", content_type="text/css")
    answer["Cache-Control"] = "public, max-age=300"
    return answer
