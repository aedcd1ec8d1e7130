"""How signing in differs from the library's way: by invitation only."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from callover.web.accounts.models import Person
from callover.web.accounts.origin import client_address
from callover.web.accounts.sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind our proxies; the library would answer with an error where they are too few."""
        return client_address(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under the site's own address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Under the site's own address, whatever host the request named."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.SITE_URL}{path}"

    def is_safe_url(self, url: str | None) -> bool:
        """Whether to go there after signing in: pages of this site, by path alone."""
        return url is not None and url.startswith("/") and bool(super().is_safe_url(url))


class SecondStepAdapter(DefaultMFAAdapter):
    """Second steps under the site's own name."""

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives nobody a second step."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of ``encrypt``."""
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        """A name until its owner gives it one."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Passkey {number}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Who comes from the organisation's own sign-in must have been invited under that address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an administrator invites."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect a verified address with the person who was invited under it.

        Whoever else comes is told why they are not let in.
        """
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = [a.email.lower() for a in sociallogin.email_addresses if a.verified is True]
        person = Person.objects.filter(email__in=verified, is_active=True).first()
        if person is None:
            told = render(request, "accounts/not_invited.html", status=403)
            raise ImmediateHttpResponse(told)
        sociallogin.connect(request, person)
