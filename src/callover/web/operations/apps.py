"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Running the site: health, metrics, logs, backup and restore."""

    name = "callover.web.operations"
    label = "operations"
