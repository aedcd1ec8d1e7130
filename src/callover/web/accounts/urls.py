"""Addresses of people and their accounts."""

from __future__ import annotations

from django.urls import path

from callover.web.accounts import people, views

_PEOPLE = "members/<slug:partnership>/people/"
_PERSON = f"{_PEOPLE}<int:person>/"
_INVITATION = f"{_PEOPLE}invitations/<uuid:invitation>/"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/data.json", views.account_data, name="account_data"),
    path("account/second-step/", views.second_step, name="second_step"),
    path("join/<str:token>/", views.join, name="join"),
    path("members/<slug:partnership>/roles/", people.roles, name="roles"),
    path(_PEOPLE, people.people, name="people"),
    path(f"{_PEOPLE}invite/", people.invite, name="invite"),
    path(f"{_PEOPLE}sources/<slug:source>/", people.hand_over, name="hand_over"),
    path(f"{_INVITATION}withdraw/", people.invitation, {"what": "withdraw"},
         name="withdraw_invitation"),
    path(f"{_INVITATION}again/", people.invitation, {"what": "again"}, name="send_again"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}give/", people.give_role, name="give_role"),
    path(f"{_PERSON}roles/<int:membership>/end/", people.end_role, name="end_role"),
    path(f"{_PERSON}end/", people.end_person, name="end_person"),
    path(f"{_PERSON}second-step/", people.take_second_step, name="take_second_step"),
    path(f"{_PERSON}unlock/", people.unlock, name="unlock"),
]  # fmt: skip
