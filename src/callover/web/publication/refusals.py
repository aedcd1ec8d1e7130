"""Refusing who asks too often."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from callover.web.design.views import rate_limited


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """429 with the seconds to wait."""
    response = rate_limited(request)
    response["Retry-After"] = str(wait)
    return response
