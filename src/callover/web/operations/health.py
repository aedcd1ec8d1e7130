"""Whether the site works."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from callover.web.accounts.access import public


@public
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")
