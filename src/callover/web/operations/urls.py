"""Addresses that tell how the site is."""

from __future__ import annotations

from django.urls import path

from callover.web.operations import health, metrics

urlpatterns = [
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
    path("metrics/", metrics.metrics, name="metrics"),
]
