"""Pages of saved mappings: which column of a provider's workbook feeds what."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from callover.domain.errors import UserError
from callover.domain.roles import Task
from callover.jobs.mappings import mapping_path, saved_mappings
from callover.web.accounts.access import needs
from callover.web.accounts.catalogue import sources_of
from callover.web.accounts.visitor import access_of, person_of
from callover.web.submissions.mappings import forget_mapping, reading_it, where_not_allowed
from callover.web.submissions.visible import source_of


@needs(Task.SUBMIT, Task.CHECK)
@require_safe
def mappings(request: HttpRequest, partnership: str) -> HttpResponse:
    """The mappings of the sources that the visitor sends in or checks."""
    access = access_of(request)
    titles = sources_of(access.partnerships[partnership])
    tasks = (Task.SUBMIT, Task.CHECK)
    mine = [each for each in titles if access.may_any(tasks, partnership, each)]
    found = [(each, titles[each.source]) for each in saved_mappings(settings.WORKSPACE, mine)]
    told = {"mappings": found, "may_remove": access.may(Task.CHECK, partnership)}
    return render(request, "submissions/mappings.html", told)


@needs(Task.CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, partnership: str, source: str) -> HttpResponse:
    """Take a mapping away, once that was confirmed."""
    known, access = source_of(partnership, source), access_of(request)
    if not mapping_path(settings.WORKSPACE, source).is_file():
        raise Http404(source)
    if request.method != "POST":
        told = {
            "source": known, "missing": where_not_allowed(access, source),
            "reading": [p for p in reading_it(access, source) if p.pk != partnership],
        }  # fmt: skip
        return render(request, "submissions/remove_mapping.html", told)
    here = access.partnerships[partnership]
    try:
        forget_mapping(by=person_of(request), partnership=here, source=source)
    except UserError as error:  # somebody was faster
        messages.error(request, f"{error.what} {error.remedy}")
    else:
        messages.success(request, f"The mapping of {known.title} is removed.")
    return redirect("mappings", partnership)
