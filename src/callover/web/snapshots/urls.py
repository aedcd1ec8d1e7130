"""Addresses of snapshots."""

from __future__ import annotations

from django.urls import path

from callover.web.snapshots import views

_PARTNERSHIP = "members/<slug:partnership>/"
_ONE = "<month:month>/<int:number>/"

urlpatterns = [
    path(f"{_PARTNERSHIP}snapshots/", views.snapshots, name="snapshots"),
    path(f"{_PARTNERSHIP}building/{_ONE}", views.building, name="building"),
    path(f"{_PARTNERSHIP}release/{_ONE}", views.release, name="release"),
]
