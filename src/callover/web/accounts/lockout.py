"""Whom wrong passwords lock out: one address, from one place, for a while."""

from __future__ import annotations

import unicodedata
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest


def address_typed(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address that somebody tried, in one spelling."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return _one_spelling(str(given))


def _one_spelling(email: str) -> str:
    """Under which wrong passwords are counted: databases and the library take letters such as the
    long s for the plain ones, so that they would open an address anew."""
    return unicodedata.normalize("NFKC", email).strip().casefold()[:255]


def is_locked(email: str) -> bool:
    """Whether an address is locked from anywhere."""
    tried = _attempts(email).filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT)
    return bool(tried.exists())


def unlock(email: str) -> int:
    """Forget the wrong passwords of an address; gives from how many places there were some."""
    return int(_attempts(email).delete()[0])


def _attempts(email: str) -> Any:
    return AccessAttempt.objects.filter(username=_one_spelling(email))
