"""A session of somebody, made where the sessions lie."""

from __future__ import annotations

import time

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from callover.web.accounts.models import Person


def session_of(who: Person) -> str:
    """Signed in, and just asked for the password."""
    made = SessionStore()
    made[SESSION_KEY] = str(who.pk)
    made[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    made[HASH_SESSION_KEY] = who.get_session_auth_hash()
    shown = {"method": "password", "at": time.time(), "reauthenticated": True}
    made["account_authentication_methods"] = [shown]
    made["account_authentication_methods_user"] = str(who.pk)
    made.save()
    return str(made.session_key)
