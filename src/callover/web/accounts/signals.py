"""What people do with their own accounts, written into the log."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver

from callover.web.accounts.models import Person
from callover.web.journal.record import record

logger = logging.getLogger("callover.accounts")


@receiver(post_save, sender=Person)
def address_known(instance: Person, created: bool, **_: Any) -> None:
    """The library's own record of an address, which whoever invited vouches for.

    Without one it would empty the person's address when they ask for another.
    """
    if created:
        EmailAddress.objects.get_or_create(
            user=instance, email=instance.email, defaults={"verified": True, "primary": True}
        )


@receiver(account.user_logged_in)
def signed_in(user: Person, **_: Any) -> None:
    """Somebody signed in, all steps done."""
    record("sign in", by=user, subject=user.post)


@receiver(account.user_logged_out)
def signed_out(user: Person | None, **_: Any) -> None:
    """Somebody signed out; nobody where the session was over already."""
    if isinstance(user, Person):
        record("sign out", by=user, subject=user.post)


@receiver([account.password_changed, account.password_reset, account.password_set])
def password_changed(user: Person, **_: Any) -> None:
    """A password is another than before."""
    record("change password", by=user, subject=user.post)


@receiver(account.email_changed)
def address_changed(user: Person, **_: Any) -> None:
    """An address was confirmed and counts from now on."""
    record("change address", by=user, subject=user.post)


@receiver(mfa.authenticator_added)
def step_added(user: Person, authenticator: Any, **_: Any) -> None:
    """A second step was set up."""
    record("add second step", by=user, subject=user.post, kind=str(authenticator.type))


@receiver(mfa.authenticator_removed)
def step_removed(user: Person, authenticator: Any, **_: Any) -> None:
    """A second step was taken away."""
    record("remove second step", by=user, subject=user.post, kind=str(authenticator.type))


@receiver(user_locked_out)
def locked_out(username: str, **_: Any) -> None:
    """Wrong passwords closed an address; only those of people here are told of."""
    person = Person.objects.filter(email__iexact=username or "").first()
    if person is not None:
        record("lock out", by=None, subject=person.post, person=person.pk)


@receiver(user_login_failed)
def sign_in_failed(credentials: Mapping[str, Any], **_: Any) -> None:
    """A password was wrong, or the address is locked: told by number, for people here alone."""
    tried = Person.objects.filter(email__iexact=str(credentials.get("email") or "")).first()
    logger.warning("sign-in failed", extra={"told": {"person": tried.pk if tried else None}})


@receiver(mfa.authentication_failed)
def code_failed(user: Person, **_: Any) -> None:
    """A code was wrong, or was used before."""
    logger.warning("second step failed", extra={"told": {"person": user.pk}})
