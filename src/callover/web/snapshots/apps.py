"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    """Sealed snapshots and the serving copies that pages read."""

    name = "callover.web.snapshots"
    label = "snapshots"
