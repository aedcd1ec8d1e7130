"""Addresses that tell how the site is."""

from __future__ import annotations

from django.urls import path

from callover.web.operations import health

urlpatterns = [
    path("health/live/", health.live, name="live"),
]
