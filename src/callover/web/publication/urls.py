"""Addresses of what is published."""

from __future__ import annotations

from django.urls import path, register_converter

from callover.web.publication import (
    clerk,
    downloads,
    feed,
    subscription_views,
    token_views,
    views,
)
from callover.web.publication.api import api_urls
from callover.web.publication.published import EditionConverter

register_converter(EditionConverter, "edition")

_AREA = "areas/<slug:partnership>/"
_EDITION = f"{_AREA}<edition:edition>/"
_WORK = "members/<slug:partnership>/"
_SNAPSHOT = f"{_WORK}publications/<month:month>/<int:number>/"

urlpatterns = [
    path(_AREA, views.public_home, name="public_home"),
    path(f"{_AREA}packs/", views.packs, name="packs"),
    path(f"{_AREA}search/", views.search, name="public_search"),
    path(f"{_AREA}data/", downloads.open_data, name="open_data"),
    path(f"{_AREA}feed.atom", feed.feed, name="feed"),
    path(f"{_AREA}subscribe/", subscription_views.subscribe, name="subscribe"),
    path(f"{_AREA}subscribe/asked/", subscription_views.subscribe_asked, name="subscribe_asked"),
    path(f"{_AREA}subscribe/<str:signed>/", subscription_views.confirm_subscription,
         name="confirm_subscription"),
    path(f"{_AREA}leave/<str:signed>/", subscription_views.leave, name="leave"),
    path(_EDITION, views.pack, name="pack"),
    path(f"{_EDITION}pack.<str:ending>", downloads.pack_file, name="pack_file"),
    path(f"{_EDITION}correction/", views.correction, name="correction"),
    path(f"{_EDITION}data/", downloads.data, name="data"),
    path(f"{_EDITION}data/<str:name>", downloads.edition_data, name="edition_data"),
    path(f"{_EDITION}<slug:slug>/", views.public_page, name="public_page"),
    path(f"{_EDITION}<slug:slug>/charts.json", views.public_charts, name="public_charts"),
    path(f"{_EDITION}<slug:slug>/wards/", views.public_wards, name="public_wards"),
    path(f"{_EDITION}<slug:slug>/figures.<str:ending>", downloads.indicator_data,
         name="indicator_data"),
    path(f"{_WORK}publications/", clerk.publications, name="publications"),
    path(_SNAPSHOT, clerk.publish_snapshot, name="publish"),
    path(f"{_SNAPSHOT}withdraw/", clerk.withdraw_publication, name="withdraw_publication"),
    path(f"{_WORK}tokens/", token_views.tokens, name="tokens"),
    path(f"{_WORK}tokens/make/", token_views.make, name="make_token"),
    path(f"{_WORK}tokens/<int:token>/revoke/", token_views.revoke, name="revoke_token"),
    *api_urls(),
]  # fmt: skip
