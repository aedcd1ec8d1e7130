"""Addresses of pages of figures."""

from __future__ import annotations

from django.urls import path

from callover.web.performance import views

_SNAPSHOT = "members/<slug:partnership>/snapshots/<month:month>/<int:number>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("members/", views.work, name="work"),
    path("members/<slug:partnership>/", views.dashboard, name="dashboard"),
    path(_SNAPSHOT, views.dashboard, name="snapshot"),
    path(f"{_SNAPSHOT}compare/", views.compare, name="compare"),
    path(f"{_SNAPSHOT}search/", views.search, name="search"),
    path(f"{_SNAPSHOT}download/<str:name>", views.download, name="download"),
    path(f"{_SNAPSHOT}<slug:slug>/", views.page, name="page"),
    path(f"{_SNAPSHOT}<slug:slug>/charts.json", views.charts, name="charts"),
    path(f"{_SNAPSHOT}<slug:slug>/wards/", views.wards, name="wards"),
]
