"""Where a request comes from, behind the proxies that are ours."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address; empty where none is known, as on a socket without a proxy.

    Each of ``CALLOVER_PROXIES`` proxies adds one address to the right of X-Forwarded-For; what
    stands further left is the client's own claim and never believed.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    claimed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not settings.PROXIES or len(claimed) < settings.PROXIES:
        return direct
    try:
        return str(ipaddress.ip_address(claimed[-settings.PROXIES]))
    except ValueError:
        return direct
