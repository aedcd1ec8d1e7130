"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """Pages of figures: dashboard, indicators, comparisons, maps, search."""

    name = "callover.web.performance"
    label = "performance"
