"""Pages on which people subscribe and leave. Reading a link changes nothing: mail programs open
links by themselves; a button does, and the one click of a mail program (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from callover.domain.errors import UserError
from callover.web.accounts.access import public
from callover.web.accounts.origin import client_address
from callover.web.accounts.visitor import access_of
from callover.web.design.forms import sent
from callover.web.publication import subscriptions
from callover.web.publication.forms import SubscribeForm
from callover.web.publication.limits import SUBSCRIBE, seconds_to_wait
from callover.web.publication.published import published
from callover.web.publication.refusals import too_many
from callover.web.publication.subscription_links import CONFIRM, LEAVE, subscriber_of

_both = require_http_methods(["GET", "HEAD", "POST"])


@public
@_both
def subscribe(request: HttpRequest, partnership: str) -> HttpResponse:
    """Ask for an address; the answer is the same for every address."""
    here = published(request, partnership).partnership
    form = SubscribeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if wait := seconds_to_wait(SUBSCRIBE, client_address(request)):
            return too_many(request, wait)
        try:
            subscriptions.ask(partnership=here, email=form.cleaned_data["email"])
        except UserError as error:
            form.add_error(None, f"{error.what} {error.remedy}")
        else:
            return redirect("subscribe_asked", partnership)
    return render(request, "publication/subscribe.html", {"form": form})


@public
def subscribe_asked(request: HttpRequest, partnership: str) -> HttpResponse:
    """What to do next."""
    published(request, partnership)
    return render(request, "publication/subscribe_asked.html")


@public
@_both
def confirm_subscription(request: HttpRequest, partnership: str, signed: str) -> HttpResponse:
    """Begin a subscription by a button."""
    published(request, partnership)
    found = subscriber_of(signed, CONFIRM, partnership)
    if found is None:
        return render(request, "publication/link_gone.html", status=404)
    if request.method == "POST":
        subscriptions.confirm(subscriber=found)
    return render(request, "publication/confirm.html", {"done": request.method == "POST"})


@public
@csrf_exempt  # the signed link is the authority; a mail program sends no cookie
@_both
def leave(request: HttpRequest, partnership: str, signed: str) -> HttpResponse:
    """End a subscription by a button or by a mail program's one click."""
    if partnership not in access_of(request).partnerships:
        raise Http404
    found = subscriber_of(signed, LEAVE, partnership)
    if request.method == "POST" and found is not None:
        subscriptions.leave(subscriber=found)
        found = None
    return render(request, "publication/leave.html", {"found": found})
