"""Which snapshot and which edition a visitor is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from callover.domain.roles import Task
from callover.report.wards import WardFile, WardTable
from callover.web.accounts.visitor import access_of, person_of
from callover.web.journal.record import record
from callover.web.snapshots.index import Index
from callover.web.snapshots.models import Snapshot, State
from callover.web.snapshots.serving import (
    PUBLIC,
    RESTRICTED,
    read_charts,
    read_index,
    read_page,
    read_ward_file,
    serving_of,
)


@dataclass(frozen=True)
class View:
    """A sealed snapshot as one audience sees it."""

    snapshot: Snapshot
    edition: str

    @property
    def folder(self) -> Path:
        """The serving copy."""
        return serving_of(self.snapshot.folder, self.edition)

    @property
    def index(self) -> Index:
        """What there is to see."""
        return read_index(self.folder)

    @property
    def wards(self) -> WardFile:
        """Its tables by ward."""
        return read_ward_file(self.snapshot.folder, self.edition)

    def ward_table(self, slug: str) -> WardTable:
        """An indicator by ward; raises Http404 where this audience has no such table."""
        found = self.wards.table(slug)
        if found is None or slug not in self.index.by_slug:
            raise Http404(slug)
        return found

    def page(self, slug: str) -> str:
        """A page's fragment; raises Http404 where this audience has none such."""
        return self._read(read_page, slug)

    def charts(self, slug: str) -> str:
        """The charts of a page, as JSON; raises Http404 where this audience has none such."""
        return self._read(read_charts, slug)

    def _read(self, read: Callable[[Path, str], str], slug: str) -> str:
        try:
            return read(self.folder, slug)
        except KeyError as error:
            raise Http404(slug) from error


def inside(request: HttpRequest, partnership: str, month: str, number: int) -> View:
    """The snapshot asked for, in the edition that the member may see; raises Http404 for none."""
    edition = edition_for(request, partnership)
    snapshot = snapshots(partnership, edition).filter(month=month, number=number).first()
    if snapshot is None:
        raise Http404
    return View(snapshot, edition)


def newest(request: HttpRequest, partnership: str) -> View | None:
    """The newest month as known last, which no look back replaces; None where there is none."""
    edition = edition_for(request, partnership)
    snapshot = snapshots(partnership, edition).first()
    return View(snapshot, edition) if snapshot is not None else None


def edition_for(request: HttpRequest, partnership: str) -> str:
    """Which edition the member may see."""
    allowed = access_of(request).may(Task.SEE_RESTRICTED, partnership)
    return RESTRICTED if allowed else PUBLIC


def snapshots(partnership: str, edition: str) -> QuerySet[Snapshot]:
    """The sealed snapshots that an audience may choose among, newest first."""
    found = Snapshot.objects.filter(partnership=partnership, state=State.SEALED)
    found = found if edition == RESTRICTED else found.filter(public_refused="")
    return found.order_by("-month", "-known_at", "-number")


def note_reading(request: HttpRequest, view: View, page: str) -> None:
    """Log that a restricted page was read (SEC-09)."""
    if view.edition == RESTRICTED:
        record(
            "read restricted", by=person_of(request), partnership=view.snapshot.partnership_id,
            subject=str(view.snapshot), page=page,
        )  # fmt: skip
