"""What a browser kept of a call-over goes when its reader signs out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_LOGOUT = "account_logout"


class Forget:
    """Tells the browser at sign-out to drop pages and questions that it kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; of signing out with the header that empties this site's storage."""
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name == _LOGOUT and request.method == "POST":
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
