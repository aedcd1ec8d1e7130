"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Look of the site: base templates, styles and scripts."""

    name = "callover.web.design"
    label = "design"
