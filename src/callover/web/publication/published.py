"""What of a partnership is public now: its editions, newest first, each read from its snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.http import Http404, HttpRequest

from callover.report.packfile import Pack
from callover.web.accounts.models import Partnership
from callover.web.accounts.visitor import access_of
from callover.web.performance.audience import View
from callover.web.publication.checks import public_pack
from callover.web.publication.models import Publication
from callover.web.snapshots.index import Index, Page
from callover.web.snapshots.serving import PUBLIC

_BESIDE = 'href="../'


class EditionConverter:
    """``2016-09`` and ``2016-09-c1`` in addresses."""

    regex = r"\d{4}-(?:0[1-9]|1[0-2])(?:-c[1-9]\d{0,3})?"

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value


@dataclass(frozen=True)
class Edition:
    """A published edition, and the newest one of its month."""

    publication: Publication
    newest: Publication

    @property
    def name(self) -> str:
        """As in addresses."""
        return self.publication.edition

    @property
    def is_superseded(self) -> bool:
        """Whether a correction followed."""
        return self.publication.pk != self.newest.pk

    @property
    def folder(self) -> Path:
        """Where the snapshot lies."""
        return self.publication.snapshot.folder

    @property
    def view(self) -> View:
        """The snapshot as the public sees it."""
        return View(self.publication.snapshot, PUBLIC)

    @property
    def index(self) -> Index:
        """What there is to read."""
        return self.view.index

    @property
    def pack(self) -> Pack:
        """The public pack file with its figures."""
        return public_pack(self.folder)

    def entry(self, slug: str) -> Page:
        """What the index says of a page; raises Http404 where there is none such."""
        try:
            return self.index.by_slug[slug]
        except KeyError as error:
            raise Http404(slug) from error

    def fragment(self, slug: str) -> str:
        """A page's content, for an address below the edition's."""
        return self.view.page(slug)

    def fragment_above(self, slug: str) -> str:
        """A page's content for the partnership's own page, which lies two folders higher; empty
        where this edition has none such."""
        if slug not in self.index.by_slug:
            return ""
        return self.fragment(slug).replace(_BESIDE, f'href="{self.name}/')

    def affects(self, slug: str) -> bool:
        """Whether this is a correction that changed a page."""
        return bool(self.publication.correction) and slug in self.publication.pages


@dataclass(frozen=True)
class Published:
    """Everything of a partnership that is public now."""

    partnership: Partnership
    publications: tuple[Publication, ...]

    @cached_property
    def newest(self) -> dict[str, Publication]:
        """By month its last correction, the newest month first."""
        found: dict[str, Publication] = {}
        for each in self.publications:
            found.setdefault(each.month, each)
        return found

    @property
    def latest(self) -> Edition | None:
        """The newest edition of the newest month."""
        first = next(iter(self.newest.values()), None)
        return Edition(first, first) if first is not None else None

    @property
    def editions(self) -> list[Edition]:
        """All, the newest first."""
        return [Edition(each, self.newest[each.month]) for each in self.publications]

    def edition(self, name: str) -> Edition:
        """The one of that name; raises Http404 where it is not, or not yet, public."""
        for each in self.publications:
            if each.edition == name:
                return Edition(each, self.newest[each.month])
        raise Http404(name)

    @property
    def mark(self) -> str:
        """Changes whenever something was published."""
        return ",".join(f"{each.pk}:{each.snapshot.seal[:12]}" for each in self.publications)


_KEPT = "callover.published"


def published(request: HttpRequest, partnership: str) -> Published:
    """What is public of a partnership, read once a request. Raises Http404 for none such."""
    held: Published | None = request.META.get(_KEPT)
    if held is not None and held.partnership.pk == partnership:
        return held
    found: dict[str, Partnership] = access_of(request).partnerships
    if partnership not in found:
        raise Http404(partnership)
    made = of_partnership(found[partnership])
    request.META[_KEPT] = made
    return made


def of_partnership(partnership: Partnership) -> Published:
    """What is public of a partnership now, by one query."""
    rows = Publication.objects.visible().filter(partnership=partnership)
    rows = rows.select_related("snapshot", "partnership").order_by("-month", "-correction")
    return Published(partnership, tuple(rows))
