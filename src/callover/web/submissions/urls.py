"""Addresses of submissions."""

from __future__ import annotations

from django.urls import path

from callover.web.submissions import (
    agreement_views,
    list_views,
    mapping_views,
    sent_views,
    submission_views,
    views,
)

_HERE = "members/<slug:partnership>/"
_SOURCE = f"{_HERE}sources/<slug:source>/"
_ONE = f"{_SOURCE}submissions/<int:number>/"

urlpatterns = [
    path(f"{_HERE}due/", list_views.due_list, name="due_list"),
    path(f"{_HERE}mappings/", mapping_views.mappings, name="mappings"),
    path(f"{_HERE}sent/", sent_views.sent, name="sent"),
    path(f"{_HERE}completeness/", list_views.completeness, name="completeness"),
    path(f"{_HERE}sharing/", list_views.sharing, name="sharing"),
    path(f"{_HERE}check/", list_views.check_list, name="check_list"),
    path(_SOURCE, views.source, name="source"),
    path(f"{_SOURCE}agreement/", agreement_views.review, name="review_agreement"),
    path(f"{_SOURCE}mapping/remove/", mapping_views.remove, name="remove_mapping"),
    path(f"{_SOURCE}form/", views.small, name="source_form"),
    path(f"{_SOURCE}template.csv", views.template_csv, name="template_csv"),
    path(f"{_SOURCE}template.xlsx", views.template_xlsx, name="template_xlsx"),
    path(_ONE, submission_views.submission, name="submission"),
    path(f"{_ONE}file/", submission_views.download, name="submission_file"),
    path(f"{_ONE}withdraw/", submission_views.withdraw, name="submission_withdraw"),
    path(f"{_ONE}check-again/", submission_views.check_again, name="submission_check_again"),
    path(f"{_ONE}explain/", submission_views.explain, name="submission_explain"),
    path(f"{_ONE}accept/", submission_views.accept, name="submission_accept"),
    path(f"{_ONE}return/", submission_views.give_back, name="submission_return"),
]
