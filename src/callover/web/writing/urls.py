"""Addresses of writing."""

from __future__ import annotations

from django.urls import path

from callover.web.writing import action_views, decisions, views

_PARTNERSHIP = "members/<slug:partnership>/"
_MONTH = f"{_PARTNERSHIP}writing/<month:month>/"
_ONE = f"{_MONTH}<slug:indicator>/"

urlpatterns = [
    path(f"{_PARTNERSHIP}writing/", views.choose_month, name="choose_month"),
    path(_MONTH, views.writing, name="writing"),
    path(_ONE, views.words, name="words"),
    path(f"{_ONE}preview/", views.preview_words, name="preview_words"),
    path(f"{_ONE}carry/", views.carry_words, name="carry_words"),
    path(f"{_ONE}versions/", views.versions, name="versions"),
    path(f"{_ONE}versions/<int:number>/", views.version, name="version"),
    path(f"{_ONE}actions/", action_views.action, name="new_action"),
    path(f"{_ONE}actions/<int:number>/", action_views.action, name="action"),
    path(f"{_ONE}rating/", decisions.rating, name="rating"),
    path(f"{_ONE}list/", decisions.place, name="place"),
    path(f"{_ONE}target/", decisions.target, name="target"),
    path(f"{_PARTNERSHIP}set/", decisions.indicator_set, name="set"),
    path(f"{_PARTNERSHIP}set/add/", decisions.add_indicator, name="add_indicator"),
    path(f"{_PARTNERSHIP}set/<slug:indicator>/end/", decisions.retire_indicator,
         name="retire_indicator"),
]  # fmt: skip
