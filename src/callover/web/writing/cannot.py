"""What a person reads when figures or definitions do not let them go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from callover.domain.errors import UserError
from callover.web.snapshots.build import told


def explained(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose errors of figures, files and definitions are told to the person who asked."""

    @wraps(view)
    def told_of(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UserError as error:
            return cannot(request, error)

    return told_of


def cannot(request: HttpRequest, error: UserError) -> HttpResponse:
    """Why nothing can be written now, and what to do."""
    said = told(error).replace(f"{settings.WORKSPACE}/", "")
    said = said.replace(str(settings.WORKSPACE), "the workspace")
    return render(request, "writing/cannot.html", {"said": said.splitlines()})
