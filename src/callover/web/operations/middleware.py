"""What every request meets first: a line in the log without personal data, and headers."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from callover.web.operations.metrics import REQUESTS, SECONDS

logger = logging.getLogger("callover.requests")
Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


REFUSED = (403, 404, 405)


class RequestLog:
    """A line a request: address without its query, view, status, milliseconds; nobody's name.

    Who signed in and is refused stands there by number, so that it shows who tries many doors.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, timed, under a number by which an error can be found again."""
        number = uuid.uuid4().hex[:12]
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        seconds = time.perf_counter() - begun
        view = match.view_name if match else ""
        REQUESTS.labels(view, response.status_code).inc()
        SECONDS.labels(view).observe(seconds)
        told = {
            "request": number,
            "method": request.method,
            "view": view,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
            **(_who(request) if response.status_code in REFUSED else {}),
        }
        logger.info("request", extra={"told": told})
        response["X-Request-Number"] = number
        return response


def _who(request: HttpRequest) -> dict[str, int]:
    person = getattr(getattr(request, "access", None), "person", None)
    return {"person": person.pk} if person is not None else {}


class SafeHeaders:
    """What Django does not send by itself; and nothing behind the door is kept by a browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        kind = response.get("Content-Type", "")
        if kind.startswith("text/") and "charset" not in kind:
            response["Content-Type"] = f"{kind}; charset=utf-8"
        return response
