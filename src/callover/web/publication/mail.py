"""Messages to subscribers: plain words, one link, one click to leave."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from callover.web.accounts.mail import deliver
from callover.web.publication.models import Notice, Publication, Subscriber
from callover.web.publication.subscription_links import confirm_link, leave_link


def address_of(name: str, *args: object) -> str:
    """A page's whole address."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def ask_to_confirm(subscriber: str) -> None:
    """Send the link with which a subscription begins; nothing once it has begun or is gone."""
    found = Subscriber.objects.select_related("partnership").filter(pk=UUID(subscriber)).first()
    if found is None or found.confirmed is not None:
        return
    subject = f"Confirm that you want news of {found.partnership.short_name}"
    deliver(_message(found, subject, "confirm", link=confirm_link(found)))


def tell_subscribers(publication: Publication) -> int:
    """Tell each subscriber who was not told yet; gives how many. Each is noted once the mail server
    has the message, and nothing is locked meanwhile: who stops it between the two has one sent
    twice, never none."""
    told = 0
    waiting = Subscriber.objects.filter(
        partnership=publication.partnership_id, confirmed__lte=publication.publish_at
    ).exclude(notices__publication=publication)
    for subscriber in waiting.select_related("partnership").iterator(chunk_size=200):
        told += deliver(_notice(publication, subscriber))
        Notice.objects.get_or_create(publication=publication, subscriber=subscriber)
    return told


def _notice(publication: Publication, subscriber: Subscriber) -> EmailMessage:
    what = "corrected" if publication.correction else "published"
    subject = f"{subscriber.partnership.short_name}: figures for {publication.name} {what}"
    args = (publication.partnership_id, publication.edition)
    return _message(
        subscriber, subject, "notice", publication=publication,
        link=address_of("correction" if publication.correction else "pack", *args),
    )  # fmt: skip


def _message(subscriber: Subscriber, subject: str, template: str, **told: object) -> EmailMessage:
    leave = leave_link(subscriber)
    context = {**told, "subscriber": subscriber, "leave": leave, "site_name": settings.SITE_NAME}
    return EmailMessage(
        subject, render_to_string(f"publication/mail/{template}.txt", context),
        to=[subscriber.email],
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",
        },
    )  # fmt: skip
