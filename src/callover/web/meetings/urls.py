"""Addresses of meetings."""

from __future__ import annotations

from django.urls import path

from callover.web.meetings import callover_views, views

_PARTNERSHIP = "members/<slug:partnership>/"
_CALLOVER = f"{_PARTNERSHIP}callover/"
_OF = f"{_CALLOVER}<month:month>/<int:number>/"
_PAGE = "<month:month>/<int:number>/<slug:slug>/"

urlpatterns = [
    path(_CALLOVER, callover_views.callover, name="callover"),
    path(f"{_CALLOVER}worker.js", callover_views.worker, name="callover_worker"),
    path(_OF, callover_views.callover, name="callover_of"),
    path(f"{_OF}<slug:slug>/", callover_views.screen, name="screen"),
    path(f"{_PARTNERSHIP}questions/", views.questions, name="questions"),
    path(f"{_PARTNERSHIP}questions/<int:question>/", views.answer, name="answer"),
    path(f"{_PARTNERSHIP}ask/{_PAGE}", views.ask, name="ask"),
    path(f"{_PARTNERSHIP}escalate/{_PAGE}", views.escalate, name="escalate"),
    path(f"{_PARTNERSHIP}escalations/<int:escalation>/", views.escalation, name="escalation"),
    path(f"{_PARTNERSHIP}sign/<month:month>/<int:number>/", views.sign, name="sign"),
]
