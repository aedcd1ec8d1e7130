"""Pages on which tokens are made and ended."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from callover.domain.roles import Task
from callover.jobs.workspace import Workspace
from callover.web.accounts.access import needs
from callover.web.accounts.models import Partnership
from callover.web.accounts.second_step import surely
from callover.web.accounts.visitor import access_of, person_of
from callover.web.design.forms import sent
from callover.web.publication.forms import TokenForm
from callover.web.publication.models import Token
from callover.web.publication.tokens import allowed_sources, make_token, revoke_token


@needs(Task.MANAGE_PARTNERSHIP, Task.SUBMIT)
@require_safe
def tokens(request: HttpRequest, partnership: str) -> HttpResponse:
    """One's own tokens, of who manages the partnership all; who sends in nothing makes none."""
    told = {
        "tokens": _seen(request, partnership), "may_make": bool(_sources(request, partnership))
    }  # fmt: skip
    return render(request, "publication/tokens.html", told)


@needs(Task.SUBMIT)
@surely
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, partnership: str) -> HttpResponse:
    """Make a token; it is shown on this answer and never again."""
    form = TokenForm(sent(request), sources=_sources(request, partnership))
    told: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        last = timezone.make_aware(datetime.combine(form.cleaned_data["ends"], time.max))
        told["raw"] = make_token(
            by=person_of(request), partnership=Partnership.objects.get(pk=partnership),
            name=form.cleaned_data["name"], sources=form.cleaned_data["sources"], ends=last,
        )  # fmt: skip
    return render(request, "publication/make_token.html", told)


@needs(Task.MANAGE_PARTNERSHIP, Task.SUBMIT)
@require_POST
def revoke(request: HttpRequest, partnership: str, token: int) -> HttpResponse:
    """End a token of one's own, or any where one manages the partnership."""
    held = get_object_or_404(Token, partnership=partnership, pk=token)
    revoke_token(by=person_of(request), token=held)
    return redirect("tokens", partnership)


def _manages(request: HttpRequest, partnership: str) -> bool:
    manages: bool = access_of(request).may(Task.MANAGE_PARTNERSHIP, partnership)
    return manages


def _seen(request: HttpRequest, partnership: str) -> list[Token]:
    found = Token.objects.filter(partnership=partnership).select_related("by")
    return list(found if _manages(request, partnership) else found.filter(by=person_of(request).pk))


def _sources(request: HttpRequest, partnership: str) -> list[tuple[str, str]]:
    """The sources of the workspace for which the person may make a token, with their titles."""
    workspace = Workspace.open(settings.WORKSPACE)
    known = workspace.catalogue_of(workspace.partnership(partnership)).sources
    access = access_of(request)
    own = [each for each in access.sources(partnership) if each not in known]
    return [
        (each, known[each].title if each in known else each)
        for each in allowed_sources(access, partnership, [*known, *own])
    ]
