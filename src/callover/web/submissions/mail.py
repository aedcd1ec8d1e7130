"""Messages by e-mail: to each person alone, in plain text, with an address to go to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from callover.web.accounts.mail import deliver
from callover.web.accounts.models import Person


def send(people: Iterable[Person], subject: str, template: str, **told: Any) -> int:
    """Send a message to each; gives how many addresses took it."""
    body = render_to_string(f"submissions/mail/{template}.txt", {**told, "url": settings.SITE_URL})
    line = " ".join(f"{settings.SITE_NAME}: {subject}".split())
    return sum(deliver(EmailMessage(line, body, to=[each.email])) for each in people)
