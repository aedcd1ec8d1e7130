"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Call-over, questions, escalations and signing off."""

    name = "callover.web.meetings"
    label = "meetings"
