"""Which snapshot and which edition a visitor is shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.http import Http404, HttpRequest

from callover.domain.roles import Task
from callover.web.accounts.visitor import access_of, person_of
from callover.web.journal.record import record
from callover.web.snapshots.index import Index
from callover.web.snapshots.models import Snapshot, State
from callover.web.snapshots.serving import PUBLIC, RESTRICTED, read_index, read_page, serving_of


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

    def page(self, slug: str) -> str:
        """A page's fragment; raises Http404 where this audience has none such."""
        try:
            return read_page(self.folder, slug)
        except KeyError as error:
            raise Http404(slug) from error


def inside(request: HttpRequest, partnership: str, month: str = "", number: int = 0) -> View:
    """The snapshot asked for, or the newest, in the edition that the member may see.

    Raises Http404 where there is none.
    """
    found = Snapshot.objects.filter(partnership=partnership, state=State.SEALED)
    if month:
        found = found.filter(month=month, number=number)
    allowed = access_of(request).may(Task.SEE_RESTRICTED, partnership)
    if not allowed:
        found = found.filter(public_refused="")
    snapshot = found.order_by("-month", "-known_at", "-number").first()  # not a look back
    if snapshot is None:
        raise Http404
    return View(snapshot, RESTRICTED if allowed else PUBLIC)


def snapshots(view: View) -> list[Snapshot]:
    """The sealed snapshots that the same audience may choose among, newest first."""
    found = Snapshot.objects.filter(
        partnership=view.snapshot.partnership_id, state=State.SEALED
    ).order_by("-month", "-number")
    return list(found if view.edition == RESTRICTED else found.filter(public_refused=""))


def note_reading(request: HttpRequest, view: View, page: str) -> None:
    """Log that a restricted page was read (SEC-09)."""
    if view.edition == RESTRICTED:
        record(
            "read restricted", by=person_of(request), partnership=view.snapshot.partnership_id,
            subject=str(view.snapshot), page=page,
        )  # fmt: skip
