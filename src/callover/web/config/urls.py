"""Every address of the site. Each app adds its own."""

from __future__ import annotations

from django.urls import include, path, register_converter

from callover.web.snapshots.months import MonthConverter

handler400 = "callover.web.design.views.bad_request"
handler403 = "callover.web.design.views.forbidden"
handler429 = "callover.web.design.views.rate_limited"
handler404 = "callover.web.design.views.not_found"
handler500 = "callover.web.design.views.server_error"

register_converter(MonthConverter, "month")

urlpatterns = [
    path("", include("callover.web.performance.urls")),
    path("", include("callover.web.accounts.urls")),
    path("", include("callover.web.submissions.urls")),
    path("", include("callover.web.writing.urls")),
    path("", include("callover.web.meetings.urls")),
    path("", include("callover.web.publication.urls")),
    path("", include("callover.web.snapshots.urls")),
    path("", include("callover.web.journal.urls")),
    path("", include("callover.web.operations.urls")),
    path("", include("callover.web.design.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/organisation/", include("allauth.socialaccount.urls")),
]
