"""Addresses of people and their accounts."""

from __future__ import annotations

from django.urls import path

from callover.web.accounts import views

urlpatterns = [
    path("account/", views.account, name="account"),
]
