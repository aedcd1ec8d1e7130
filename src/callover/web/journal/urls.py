"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from callover.web.journal import views

_LOG = "members/<slug:partnership>/log/"

urlpatterns = [
    path(_LOG, views.log, name="log"),
    path(f"{_LOG}check/", views.check, name="check_log"),
    path(f"{_LOG}log.jsonl", views.download, name="download_log"),
]
