"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The log of who did what: append-only, chained by hashes."""

    name = "callover.web.journal"
    label = "journal"
