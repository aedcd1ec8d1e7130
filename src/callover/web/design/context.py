"""What every page's frame shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from callover import __version__
from callover.domain.roles import Task
from callover.web.accounts.access import Access
from callover.web.accounts.models import Partnership
from callover.web.design.menu import exporting, menu


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, and the partnership that the address names where it names one."""
    match = request.resolver_match
    access: Access | None = getattr(request, "access", None)
    here: Partnership | None = None
    if match is not None and access is not None and "partnership" in match.kwargs:
        here = access.partnerships.get(match.kwargs["partnership"])
    tasks = frozenset[Task]()
    if access is not None and access.person is not None and here is not None:
        tasks = access.tasks(here.id)
    inside = request.path.startswith("/members/")
    links = menu(request, here.id, tasks, inside) if here is not None else []
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "version": __version__,
        "reckoned_on": settings.TODAY,
        "here": here,
        "tasks": tasks,
        "inside": inside,
        "menu": links,
        "start": links[0].href if links and inside else "",
        "exporting": exporting(request),
    }
