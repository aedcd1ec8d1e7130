"""Addresses of pages about the site itself."""

from __future__ import annotations

from django.urls import path

from callover.web.design import about

urlpatterns = [
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("colour/<slug:partnership>.css", about.colour, name="colour"),
]
