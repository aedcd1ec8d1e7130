"""What a visitor reads where the files of a snapshot are gone."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from callover.web.snapshots.seal import FilesMissing

logger = logging.getLogger("callover.snapshots")


class Missing:
    """Answers 503 for a snapshot whose files must first be restored, and says so in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:  # fmt: skip
        """A page for missing files; every other error is not ours."""
        if not isinstance(exception, FilesMissing):
            return None
        logger.error(
            "files of a sealed snapshot are missing", extra={"told": {"file": str(exception)}}
        )
        return render(request, "snapshots/missing.html", status=503)
