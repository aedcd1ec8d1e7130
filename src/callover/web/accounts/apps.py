"""The app as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, partnerships, memberships and what they allow."""

    name = "callover.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to what people do with their accounts."""
        import_module("callover.web.accounts.signals")
