"""What is looked at before a snapshot goes to the public (SEC-02, SEC-06, SEC-07)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from callover.jobs.editions import MARKING
from callover.report.packfile import Pack, read_pack
from callover.report.release import concerns
from callover.web.snapshots.models import Signature, Snapshot, State
from callover.web.snapshots.seal import FilesMissing, broken
from callover.web.snapshots.serving import PACK_FILES, PUBLIC

STOPS, LOOK, FINE = "stops", "look", "fine"
ALLOWED_MARKINGS = (MARKING, "OFFICIAL", "Unprotected", "None")
"""What a published pack may be marked with; anything above needs a public edition of its own."""


@dataclass(frozen=True)
class Check:
    """What was looked at, how it stands (``stops``, ``look`` at it, ``fine``), and why."""

    name: str
    state: str
    words: str
    places: tuple[str, ...] = ()


def checks(snapshot: Snapshot) -> tuple[Check, ...]:
    """Everything that is looked at, in order; who publishes reads all of it."""
    first = (_signed(snapshot), _edition(snapshot), _sealed(snapshot))
    if any(each.state == STOPS for each in first[1:]):
        return first
    pack = public_pack(snapshot.folder)
    return (*first, _marked(pack), _worded(pack))


def stopped(found: tuple[Check, ...]) -> tuple[Check, ...]:
    """Those that forbid publishing."""
    return tuple(each for each in found if each.state == STOPS)


@lru_cache(maxsize=8)
def public_pack(folder: Path) -> Pack:
    """The public pack file of a sealed snapshot; kept in memory, for it never changes.

    Raises FilesMissing where it is not there.
    """
    path = folder / f"{PACK_FILES[PUBLIC]}.json"
    if not path.is_file():
        raise FilesMissing(path)
    return read_pack(path)


def _signed(snapshot: Snapshot) -> Check:
    signature = Signature.objects.filter(snapshot=snapshot).first()
    if signature is None:
        remedy = "The chair or vice-chair signs it off first."
        return Check("Signed off", STOPS, f"Nobody has signed this snapshot off. {remedy}")
    return Check("Signed off", FINE, f"Signed off by {signature.post}.")


def _edition(snapshot: Snapshot) -> Check:
    if snapshot.state != State.SEALED:
        return Check("Public edition", STOPS, "The snapshot is not sealed yet. Wait until it is.")
    if snapshot.public_refused:
        lines = tuple(snapshot.public_refused.splitlines())
        words = "There is no public edition. Put right what stops it, and make a new snapshot."
        return Check("Public edition", STOPS, words, lines)
    return Check("Public edition", FINE, "Small counts are withheld, and what would show one.")


def _sealed(snapshot: Snapshot) -> Check:
    faults = broken(snapshot.folder, snapshot.seal) if snapshot.state == State.SEALED else ()
    if faults:
        words = "The files are not as they were sealed. Tell the administrator."
        return Check("Seal", STOPS, words, faults)
    return Check("Seal", FINE, "Every file is as it was sealed.")


def _marked(pack: Pack) -> Check:
    marking = pack.document.marking
    if pack.facts.get("edition") != PUBLIC or marking not in ALLOWED_MARKINGS:
        words = f"It is marked “{marking}”, which is not for publication."
        return Check("Marking", STOPS, words)
    return Check("Marking", FINE, f"Marked “{marking}”.")


def _worded(pack: Pack) -> Check:
    """Words about live cases, persons or exact places that somebody must have read."""
    known = [*pack.facts.get("titles", {}).values(), pack.document.organisation]
    places = tuple(
        f"{pack.facts.get('titles', {}).get(name, name)}: “{each.words}” {each.reason}"
        for name, text in sorted(pack.commentary.items())
        for each in concerns(text, known)
    )
    if not places:
        return Check("Words", FINE, "No word touches a live case, a person or an exact place.")
    post = str(pack.facts.get("release", {}).get("released_by", ""))
    read = f" Read and released by {post}." if post else ""
    return Check("Words", LOOK, f"Read these places before you publish.{read}", places)
