"""What a person sent in, over all sources."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from callover.domain.roles import Task
from callover.web.accounts.access import needs
from callover.web.accounts.catalogue import sources_of
from callover.web.accounts.visitor import access_of, person_of
from callover.web.submissions.models import Submission

PAGE = 50


@needs(Task.SUBMIT)
@require_safe
def sent(request: HttpRequest, partnership: str) -> HttpResponse:
    """What the visitor sent in, and what others did for the sources that the visitor answers for,
    the newest first."""
    access = access_of(request)
    mine = Q(by=person_of(request)) | Q(source__in=access.sources(partnership))
    found = Submission.objects.filter(mine, partnership=partnership)
    page = Paginator(found.select_related("by").defer("report"), PAGE).get_page(
        request.GET.get("page")
    )
    sources = {each.source for each in page.object_list}
    told = {
        "page": page, "titles": sources_of(access.partnerships[partnership]),
        "shut": {each for each in sources if not _opens(request, partnership, each)},
    }  # fmt: skip
    return render(request, "submissions/sent.html", told)


def _opens(request: HttpRequest, partnership: str, source: str) -> bool:
    """Whether a submission's page opens: its source may have gone to somebody else since."""
    allowed: bool = access_of(request).may_any((Task.SUBMIT, Task.CHECK), partnership, source)
    return allowed
