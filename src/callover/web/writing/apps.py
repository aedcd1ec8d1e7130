"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """What the analyst writes, overrides and changes on a date."""

    name = "callover.web.writing"
    label = "writing"
