"""Whose request it is: the person behind it, and what they may do."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from callover.web.accounts.access import Access
from callover.web.accounts.models import Person


class Visit(HttpRequest):
    """A request that came through the gate."""

    access: Access
    user: Person
    htmx: HtmxDetails


def access_of(request: HttpRequest) -> Access:
    """What the sender may do, as the gate found it."""
    return cast(Visit, request).access


def person_of(request: HttpRequest) -> Person:
    """Who signed in; only for views that the gate opens to nobody else."""
    return cast(Visit, request).user


def asks_for_part(request: HttpRequest) -> bool:
    """Whether a script of ours asks for a part of a page that it already shows."""
    return bool(cast(Visit, request).htmx)


def let_in(request: HttpRequest, access: Access) -> None:
    """Give a request what its sender may do: the gate alone."""
    cast(Visit, request).access = access
