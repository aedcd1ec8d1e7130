"""Reviews of sharing agreements, kept in the partnership's settings."""

from __future__ import annotations

from pathlib import Path

from callover.catalogue.edit import replace_entry, restore_on_fault
from callover.catalogue.partnership import load_partnership
from callover.domain.agreements import Review
from callover.domain.errors import UnknownName
from callover.jobs.turns import changing_definitions
from callover.jobs.workspace import Workspace


def record_review(workspace: Path, partnership: str, review: Review) -> None:
    """Write a review of a source's agreement; a second one of the same day takes its place.

    From then on the agreement is due for review on the day that it names. Raises UnknownName for a
    source that shares on no agreement; faults leave the file as it was.
    """
    opened = Workspace.open(workspace)
    sources = opened.catalogue_of(opened.partnership(partnership)).sources
    agreed = sorted(name for name, source in sources.items() if source.sharing_basis)
    if review.source not in agreed:
        raise UnknownName("source with a sharing agreement", review.source, agreed)
    path = next(at for at, each in opened.partnership_files.items() if each.id == partnership)
    entry = {
        "source": review.source, "on": review.on, "next_review": review.next_review,
        "signed_by": review.signed_by, "note": review.note.strip(),
    }  # fmt: skip
    with changing_definitions(workspace), restore_on_fault([path]):
        replace_entry(path, "reviews", entry, "source", "on")
        load_partnership(path)
