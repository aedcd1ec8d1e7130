"""The page on which a review of a sharing agreement is recorded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from callover.domain.errors import UserError
from callover.domain.indicators import SourceDefinition
from callover.jobs.workspace import Workspace
from callover.web.accounts.access import needs
from callover.web.accounts.visitor import access_of, person_of
from callover.web.design.forms import sent
from callover.web.submissions.agreements import WHO, review_agreement
from callover.web.submissions.forms import ReviewForm


@needs(*WHO)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, partnership: str, source: str) -> HttpResponse:
    """The form: when it was reviewed, until when it holds, and a note."""
    known = _agreed(partnership, source)
    form = ReviewForm(sent(request), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        if said := _refused(request, partnership, source, form.cleaned_data):
            form.add_error(None, said)
        else:
            messages.success(request, f"The review of {known.title} is recorded.")
            return redirect("sharing", partnership)
    told = {"source": known, "form": form}
    return render(request, "submissions/review.html", told)


def _agreed(partnership: str, source: str) -> SourceDefinition:
    """The source, which shares on an agreement; raises Http404 for any other."""
    workspace = Workspace.open(settings.WORKSPACE)
    found = workspace.catalogue_of(workspace.partnership(partnership)).sources.get(source)
    if found is None or not found.sharing_basis:
        raise Http404(source)
    return found


def _refused(request: HttpRequest, partnership: str, source: str, given: dict[str, Any]) -> str:
    """Why the review could not be recorded; nothing once it is."""
    here = access_of(request).partnerships[partnership]
    try:
        review_agreement(by=person_of(request), partnership=here, source=source, **given)
    except UserError as error:
        return f"{error.what} {error.remedy}"
    return ""
