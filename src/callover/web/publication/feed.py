"""The Atom feed: what was published and corrected (RFC 4287)."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from callover.web.accounts.access import public
from callover.web.publication.caching import cached
from callover.web.publication.mail import address_of
from callover.web.publication.models import Publication
from callover.web.publication.published import published

MOST = 50
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML cannot hold; some come with text that is copied from a document."""


@public
@cached
def feed(request: HttpRequest, partnership: str) -> HttpResponse:
    """The newest publications, the last to come out first."""
    site = published(request, partnership)
    home = address_of("public_home", partnership)
    made = Atom1Feed(
        title=f"{site.partnership.name}: published figures", link=home,
        description="Packs as they are published, and corrections with their reason.",
        language="en-GB", feed_url=address_of("feed", partnership),
        author_name=site.partnership.name, feed_guid=_lasting(home),
    )  # fmt: skip
    for each in sorted(site.publications, key=lambda p: p.publish_at, reverse=True)[:MOST]:
        _add(made, each)
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _add(made: Atom1Feed, each: Publication) -> None:
    args = [each.partnership_id, each.edition]
    path = reverse("correction" if each.correction else "pack", args=args)
    said = f"Corrected: {each.reason}" if each.correction else "The public pack and its figures."
    made.add_item(
        title=f"Figures for {each.name}", link=f"{settings.SITE_URL}{path}",
        description=escape(_ODD.sub(" ", said)),  # read as HTML
        unique_id=_lasting(f"{settings.SITE_URL}{reverse('pack', args=args)}"),
        pubdate=each.publish_at, updateddate=each.publish_at,
    )  # fmt: skip


def _lasting(address: str) -> str:
    """An identifier that stays: the address of what never moves."""
    return address
