"""Pages of a person's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from callover.web.accounts.access import signed_in


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and where to change it."""
    return render(request, "accounts/account.html")
