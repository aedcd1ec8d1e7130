"""Published pages are cached by what they are made of: a browser that has one is answered 304."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from callover import __version__
from callover.web.publication.published import Published, published

SECONDS = 60
"""So long a page may be shown without asking: a correction is seen a minute later at most."""

View = Callable[..., HttpResponseBase]


def cached(view: View) -> View:
    """Answer strangers with an ETag of the editions, the address and the program's version.

    Who signed in sees a frame of their own, which nobody keeps.
    """

    @wraps(view)
    def answer(request: HttpRequest, partnership: str, **kwargs: Any) -> HttpResponseBase:
        found = published(request, partnership)
        if request.user.is_authenticated or request.method not in ("GET", "HEAD"):
            return view(request, partnership, **kwargs)
        etag = _etag(request, found)
        unchanged = get_conditional_response(request, etag=etag)
        response = view(request, partnership, **kwargs) if unchanged is None else unchanged
        if response.status_code in (200, 304):
            response["ETag"] = etag
            response["Cache-Control"] = f"public, max-age={SECONDS}"
        return response

    return answer


def _etag(request: HttpRequest, found: Published) -> str:
    one = found.partnership
    parts = (
        __version__,
        request.get_full_path(),
        one.name,
        one.short_name,
        one.licence,
        found.mark,
    )
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'
