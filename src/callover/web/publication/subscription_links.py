"""Signed links by which a subscription begins and ends; they name no address."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from callover.web.publication.models import Subscriber

CONFIRM, LEAVE = "callover.subscription.confirm", "callover.subscription.leave"
CONFIRM_WITHIN = timedelta(days=3)


def confirm_link(subscriber: Subscriber) -> str:
    """Good for three days."""
    return _link("confirm_subscription", CONFIRM, subscriber)


def leave_link(subscriber: Subscriber) -> str:
    """Good for ever: it stands in every message."""
    return _link("leave", LEAVE, subscriber)


def _link(name: str, purpose: str, subscriber: Subscriber) -> str:
    signed = signing.dumps(subscriber.pk.hex, salt=purpose)
    return f"{settings.SITE_URL}{reverse(name, args=[subscriber.partnership_id, signed])}"


def subscriber_of(signed: str, purpose: str, partnership: str) -> Subscriber | None:
    """Whom a link is about; None for a link that is not ours, too old, or of one who left."""
    within = CONFIRM_WITHIN if purpose == CONFIRM else None
    try:
        held: str = signing.loads(signed, salt=purpose, max_age=within)
        key = UUID(held)
    except (signing.BadSignature, ValueError):
        return None
    found = Subscriber.objects.filter(pk=key, partnership=partnership)
    return found.select_related("partnership").first()
