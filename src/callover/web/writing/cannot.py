"""What a person reads when figures or definitions do not let them go on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from callover.domain.errors import UserError
from callover.web.snapshots.build import told


def cannot(request: HttpRequest, error: UserError) -> HttpResponse:
    """Why nothing can be written now, and what to do."""
    said = told(error).replace(f"{settings.WORKSPACE}/", "")
    said = said.replace(str(settings.WORKSPACE), "the workspace")
    return render(request, "writing/cannot.html", {"said": said.splitlines()})
