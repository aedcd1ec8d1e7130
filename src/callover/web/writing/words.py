"""The words of an indicator: file and record of versions made to agree."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from callover.domain.periods import Month
from callover.jobs.commentary_file import read_words, write_words
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.turns import take_turns
from callover.web.journal.record import record
from callover.web.writing.models import Origin, Revision


def digest_of(text: str) -> str:
    """SHA-256 of a file's text, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


NOTHING = digest_of("")


@dataclass(frozen=True)
class Place:
    """Whose words, of which month, on which indicator."""

    partnership: Partnership
    month: Month
    indicator: str

    @property
    def subject(self) -> str:
        """As the log names it."""
        return f"{self.month} {self.indicator}"

    @property
    def file(self) -> str:
        """The text that lies in the workspace now."""
        return read_words(settings.WORKSPACE, self.partnership.pk, self.month, self.indicator)

    def newest(self) -> Revision | None:
        """The latest version that is on record."""
        return self.versions().first()

    def versions(self) -> models.QuerySet[Revision]:
        """Every version, the newest first."""
        held = Revision.objects.filter(
            partnership=self.partnership, month=str(self.month), indicator=self.indicator
        )
        return held.order_by("-number")


def current(place: Place) -> Revision | None:
    """The words as they stand, once a file changed by hand is taken in, and a version that a crash
    kept from its file is written. None where nothing was ever written."""
    last, found = place.newest(), digest_of(place.file)
    if last is None and found == NOTHING:
        return None
    if last is not None and last.written and last.digest == found:
        return last
    return settle_words(place)


@transaction.atomic
def settle_words(place: Place) -> Revision | None:
    """Make the file say what the newest version says, or take in what the file says."""
    take_turns(place.partnership.pk)  # one writer of its files
    last = place.newest()
    if last is not None and last.written is None:
        return _put(place, last)
    text = place.file
    if digest_of(text) != (last.digest if last else NOTHING):
        return _take_in(place, text)
    return last


def add_revision(
    place: Place, text: str, *, by: Person | None, origin: Origin = Origin.SITE
) -> Revision:
    """Number the next version; the caller has the turn."""
    last = place.newest()
    return Revision.objects.create(
        partnership=place.partnership, month=str(place.month), indicator=place.indicator,
        number=last.number + 1 if last else 1, text=text, digest=digest_of(text), origin=origin,
        by=by, post=by.post if by else "",
    )  # fmt: skip


def _take_in(place: Place, text: str) -> Revision:
    """A file that was changed by hand becomes a version of its own."""
    made = add_revision(place, text, by=None, origin=Origin.OUTSIDE)
    record(
        "take in words", by=None, partnership=place.partnership.pk, subject=place.subject,
        version=made.number, digest=made.digest,
    )  # fmt: skip
    return _written(made)


def _put(place: Place, last: Revision) -> Revision:
    """Write the newest version; a text that nobody has seen is kept as a version beneath it."""
    found = place.file
    if found and not place.versions().filter(digest=digest_of(found)).exists():
        _take_in(place, found)
        last = add_revision(place, last.text, by=last.by)
    write_words(settings.WORKSPACE, place.partnership.pk, place.month, place.indicator, last.text)
    place.versions().filter(written__isnull=True).update(written=timezone.now())
    last.refresh_from_db()
    return last


def _written(revision: Revision) -> Revision:
    revision.written = timezone.now()
    revision.save(update_fields=["written"])
    return revision
