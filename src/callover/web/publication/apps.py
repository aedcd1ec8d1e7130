"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Publishing, correcting, the public site, feeds, open data and the API."""

    name = "callover.web.publication"
    label = "publication"
