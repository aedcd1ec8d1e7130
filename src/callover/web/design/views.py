"""Pages for what went wrong: what happened, and what to do."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from callover.jobs.trouble import trouble

logger = logging.getLogger("callover.trouble")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where more was sent than is taken."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        return render(request, "errors/413.html", {"limit": limit}, status=413)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, and not allowed."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; says nothing of what went wrong, the log does, unless the machine itself is in trouble:
    then 503 with what it is, on a page that needs neither files nor database."""
    stands = trouble(sys.exc_info()[1])
    if stands is not None:
        logger.error("the machine is in trouble", extra={"told": {"what": stands.what}})
        told = {"site_name": settings.SITE_NAME, "trouble": type(stands)()}  # no path of the server
        return HttpResponse(render_to_string("errors/trouble.html", told), status=503)
    return render(request, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or came from elsewhere."""
    return render(request, "errors/csrf.html", status=403)


def rate_limited(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """429."""
    return render(request, "errors/429.html", status=429)
