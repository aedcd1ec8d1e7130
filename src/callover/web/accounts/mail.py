"""Handing messages to the mail server, so that one address that takes none holds up nobody else."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage

logger = logging.getLogger("callover.mail")


def deliver(message: EmailMessage) -> bool:
    """Send a message; whether its address takes it, which the log tells without naming it.

    Raises OSError, as smtplib does, where the server itself does not do its work.
    """
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        codes = sorted({code for code, _ in error.recipients.values()})
        logger.warning("an address takes no message", extra={"told": {"codes": codes}})
        return False
    return True
