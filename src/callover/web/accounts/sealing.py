"""Secrets of second steps, sealed with the installation's key before they reach the database."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

logger = logging.getLogger("callover.accounts")
_PURPOSE = b"callover second steps"


def seal(text: str) -> str:
    """A secret as the database keeps it, useless without the installation's secret key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret again; under another key one that nobody knows, so that no code fits it."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.error("a second step was sealed with another secret key, and no code can fit it")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _box() -> Fernet:
    key = hashlib.blake2b(_PURPOSE, key=settings.SECRET_KEY.encode()[:64], digest_size=32).digest()
    return Fernet(base64.urlsafe_b64encode(key))
