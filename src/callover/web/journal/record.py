"""Writing the log, and checking that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from callover.web.accounts.models import Person
from callover.web.journal.models import Entry, Head

BATCH = 5_000


@transaction.atomic
def record(
    action: str, *, by: Person | None, partnership: str = "", subject: str = "", **detail: Any
) -> Entry:
    """Add an entry, in the transaction of what it tells of: both happen or neither.

    ``action`` is a verb and its object (``accept submission``). ``detail`` holds plain values:
    what changed, never the content of restricted papers.
    """
    head, _ = Head.objects.select_for_update().get_or_create(id=1)
    entry = Entry(
        number=head.number + 1, at=timezone.now(), by=str(by.pk) if by else "",
        post=by.post if by else "", action=action, partnership=partnership, subject=subject,
        detail=detail, before=head.hash,
    )  # fmt: skip
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    Head.objects.filter(id=1).update(number=entry.number, hash=entry.hash)
    return entry


def digest(entry: Entry) -> str:
    """SHA-256 over an entry's fields and the hash before it, as hexadecimal digits."""
    told: Mapping[str, Any] = {
        "number": entry.number, "at": entry.at.astimezone(UTC).isoformat(), "by": entry.by,
        "post": entry.post, "action": entry.action, "partnership": entry.partnership,
        "subject": entry.subject, "detail": entry.detail, "before": entry.before,
    }  # fmt: skip
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verified:
    """What checking the log found: how many entries, its last hash, and each fault in words;
    ``after`` is the entry behind which it began, 0 where it read the whole."""

    entries: int
    last: str
    faults: tuple[str, ...]
    after: int = 0


def verify(most: int | None = None) -> Verified:
    """Read the log, or its latest ``most`` entries, and hold every hash against its entry and the
    one before.

    Others go on writing meanwhile: it ends at or after where it was last written at the beginning,
    and not beyond where it was last written at the end.
    """
    faults: list[str] = []
    first = _head()
    after = max(0, first[0] - most) if most else 0
    number, last = after, _hash_of(after)
    met = first == (number, last)
    for entry in _behind(after):
        faults += _faults_of(entry, number, last)
        number, last = entry.number, entry.hash
        met = met or (number, last) == first
    now = _head()
    if not met or number > now[0] or (number == now[0] and last != now[1]):
        faults.append(f"The log ends at entry {number}, not where it was last written.")
    return Verified(number, last, tuple(faults), after)


def _head() -> tuple[int, str]:
    """Number and hash of the entry that was written last."""
    return Head.objects.values_list("number", "hash").filter(id=1).first() or (0, "")


def _hash_of(number: int) -> str:
    """The hash of an entry; nothing for one that is not there, which its follower then tells."""
    found = Entry.objects.filter(number=number).values_list("hash", flat=True)
    return found.first() or ""


def _behind(after: int) -> Iterator[Entry]:
    """Every later entry in order, some at a time."""
    later = Entry.objects.filter(number__gt=after)
    return later.order_by("number").iterator(chunk_size=BATCH)


def _faults_of(entry: Entry, number: int, last: str) -> Iterator[str]:
    if entry.number != number + 1:
        yield f"Entries {number + 1} to {entry.number - 1} are missing."
    elif entry.before != last:
        yield f"Entry {entry.number} does not follow from the one before it."
    if digest(entry) != entry.hash:
        yield f"Entry {entry.number} was changed after it was written."
