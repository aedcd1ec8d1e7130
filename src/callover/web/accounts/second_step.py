"""The second step at sign-in: who needs one, who has one, and asking again before what is grave."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from callover.web.accounts.models import Person
from callover.web.accounts.visitor import access_of

View = TypeVar("View", bound=Callable[..., Any])

_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def must_set_up(request: HttpRequest) -> bool:
    """Whether who signed in has to set up a second step before working on."""
    access = access_of(request)
    if access.person is None or not settings.REQUIRE_MFA or not access.needs_second_step:
        return False
    return not (_came_from_organisation(request) or has_second_step(access.person))


def has_second_step(person: Person) -> bool:
    """Whether a person set up an app or a passkey; the library then asks for it at each sign-in."""
    return bool(Authenticator.objects.filter(user=person, type__in=_STEPS).exists())


def _came_from_organisation(request: HttpRequest) -> bool:
    """Whether an organisation trusted to ask for a second step signed the visitor in."""
    ways = get_authentication_records(request, request.user)
    return settings.OIDC_MFA and any(each.get("method") == "socialaccount" for each in ways)


def surely(view: View) -> View:
    """Ask for the password or second step again where that was more than some minutes ago.

    Stands below ``needs`` (``@needs(Task.PUBLISH)`` then ``@surely``). What was sent is not kept
    meanwhile: the page is opened anew, so the gate judges every request that does something.
    """
    guarded = reauthentication_required(view)

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return cast("HttpResponse", guarded(request, *args, **kwargs))
        except ReauthenticationRequired:
            ways = get_adapter().get_reauthentication_methods(request.user)
            way = ways[0]["url"] if ways else resolve_url(settings.LOGIN_URL)
            return HttpResponseRedirect(f"{way}?{urlencode({'next': request.get_full_path()})}")

    return cast("View", asked)
