"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """What sources owe, what providers send in, what the analyst checks."""

    name = "callover.web.submissions"
    label = "submissions"
