"""Addresses of what is published."""

from __future__ import annotations

from django.urls import path

from callover.web.publication import views

urlpatterns = [
    path("areas/<slug:partnership>/", views.public_home, name="public_home"),
]
