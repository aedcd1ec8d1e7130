"""The gate: no view without a rule, no request past it; and when a session was last used."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import resolve_url

from callover.web.accounts.access import Access, Rule
from callover.web.accounts.models import Person
from callover.web.accounts.second_step import must_set_up
from callover.web.accounts.visitor import access_of, let_in

SEEN, NOTE_EVERY = "seen", 300  # seconds
OTHERS = ("allauth.", "django.views.static", "django.contrib.staticfiles.")
"""Libraries whose views decide for themselves: they are about the visitor's own account."""

METHODS = ("GET", "HEAD", "POST")
"""What pages and programs of ours send; a view takes every other for a GET."""


class Gate:
    """Gives every request what its sender may do, and holds the view's rule against it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with ``request.access`` set."""
        person = request.user if isinstance(request.user, Person) else None
        let_in(request, Access(person))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse, send to sign in, or let through; raises PermissionDenied and Http404."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        rule = getattr(view, "access", None)
        if rule is None:
            if view.__module__.startswith(OTHERS):
                return None
            raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} says not for whom")
        if not rule.signed_in:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if rule.second_step and must_set_up(request):
            return HttpResponseRedirect(resolve_url("second_step"))
        _check(access_of(request), rule, kwargs)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = quote(request.get_full_path(), safe="/")
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?next={back}")


def _check(access: Access, rule: Rule, kwargs: dict[str, Any]) -> None:
    """Hold a rule of tasks against the partnership, and the source, that the address names."""
    if not rule.tasks:
        return
    partnership = str(kwargs.get("partnership", ""))
    if not partnership:
        if not access.where(*rule.tasks):
            raise PermissionDenied
        return
    if partnership not in access.partnerships:
        raise Http404
    if not access.may_any(rule.tasks, partnership, str(kwargs.get("source", ""))):
        raise PermissionDenied


def _begun(request: HttpRequest, now: int) -> int:
    """When the person signed in, or gave the password again."""
    ways = get_authentication_records(request, request.user)
    return int(max((each["at"] for each in ways), default=now))


class Activity:
    """Notes when a session was last used, for the person's own list of sessions; ends an old one.

    Once in five minutes: the library's own middleware writes at every request. Each note puts off
    the end of a session that is not used, so the age of one that is used is held here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the session noted where it is time to."""
        now = int(time.time())
        if now - _begun(request, now) > settings.SESSION_COOKIE_AGE:
            logout(request)
        if request.user.is_authenticated and now - request.session.get(SEEN, 0) >= NOTE_EVERY:
            request.session[SEEN] = now
            UserSession.objects.create_from_request(request)
        return self.get_response(request)
