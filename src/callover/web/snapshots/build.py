"""Building a snapshot: both editions, the serving copies, the seal; then into its place at once."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from callover.domain.errors import FaultsFound, UserError
from callover.domain.periods import Month
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.trouble import trouble
from callover.jobs.workspace import Workspace
from callover.web.journal.record import record
from callover.web.snapshots.models import Snapshot, State
from callover.web.snapshots.seal import SEAL, read_seal, write_seal
from callover.web.snapshots.serving import PUBLIC, RESTRICTED, serving_of

_TELL_EVERY = 0.5  # seconds between two notes of progress
_DAY = 24 * 60 * 60


def build(number: int) -> None:
    """Build the snapshot with that key unless it is sealed; what stops it is kept as its message.

    Whoever is stopped midway leaves a folder beside, which a build removes a day later.
    """
    snapshot = Snapshot.objects.select_related("partnership").get(pk=number)
    building = Snapshot.objects.filter(pk=number).exclude(state=State.SEALED)
    if not building.update(state=State.BUILDING, message="", progress=1):
        return
    try:
        _build(snapshot)
    except UserError as error:
        fail(snapshot.pk, told(error))
    except OSError as error:
        if (stands := trouble(error)) is None:
            raise
        fail(snapshot.pk, told(stands))


def told(error: UserError) -> str:
    """An error with its faults and its remedy, a line each."""
    faults = [str(fault) for fault in error.faults] if isinstance(error, FaultsFound) else []
    return "\n".join(line for line in (error.what, *faults, error.remedy) if line)


def _build(snapshot: Snapshot) -> None:
    Workspace.open(settings.WORKSPACE)  # else folders were made where it stood
    place = snapshot.folder
    place.parent.mkdir(parents=True, exist_ok=True)
    _clear_away(place.parent)
    if not (place / SEAL).is_file():
        with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as beside:
            made = Path(beside) / "snapshot"
            made.mkdir()
            refused = _editions(snapshot, made)
            _tell(snapshot, "Sealing", 95)
            write_seal(
                made, partnership=snapshot.partnership_id, month=snapshot.month,
                known_at=snapshot.known_at.isoformat(), public_refused=refused,
            )  # fmt: skip
            _move(made, place)
    _, told_in = read_seal(place)
    for edition in (RESTRICTED,) if told_in["public_refused"] else (RESTRICTED, PUBLIC):
        _tell(snapshot, "Laying out pages", 97)
        serving_of(place, edition)
    finish(snapshot)


def _move(made: Path, place: Path) -> None:
    """Into its place at once; what another run sealed there meanwhile stays."""
    try:
        made.rename(place)
    except OSError:
        if not (place / SEAL).is_file():
            raise


def _clear_away(folder: Path) -> None:
    """Remove what builds that were stopped long ago left beside."""
    for left in folder.glob(".*"):
        if left.stat().st_mtime < time.time() - _DAY:
            shutil.rmtree(left)


def _editions(snapshot: Snapshot, folder: Path) -> str:
    """Pack files and documents; gives why there is no public edition, or nothing.

    Raises UserError where the restricted edition cannot be built.
    """
    _pack(snapshot, folder, RESTRICTED, 0)
    refused = ""
    try:
        _pack(snapshot, folder, PUBLIC, 45)
    except UserError as error:
        refused = told(error)
    return refused


def _pack(snapshot: Snapshot, folder: Path, edition: str, begun: int) -> None:
    """One edition; both are made from the same moment of knowledge."""
    last = 0.0

    def progress(doing: str, share: float) -> None:
        nonlocal last
        if time.monotonic() - last > _TELL_EVERY:
            last = time.monotonic()
            _tell(snapshot, f"{doing}, {edition} edition", begun + int(45 * share))

    request = PackRequest(
        Month.parse(snapshot.month), folder, area=snapshot.partnership_id, editions=(edition,),
        as_known_at=snapshot.known_at, released_by=snapshot.released_by, wards=True,
    )  # fmt: skip
    build_pack(Workspace.open(settings.WORKSPACE), request, progress)


def _tell(snapshot: Snapshot, doing: str, progress: int) -> None:
    Snapshot.objects.filter(pk=snapshot.pk).update(doing=doing, progress=min(99, progress))


@transaction.atomic
def finish(snapshot: Snapshot) -> None:
    """Note, once, a folder that lies sealed in its place; the seal is that of the folder."""
    seal, told = read_seal(snapshot.folder)
    waiting = Snapshot.objects.filter(pk=snapshot.pk).exclude(state=State.SEALED)
    if not waiting.update(
        seal=seal, public_refused=told["public_refused"], state=State.SEALED,
        sealed=timezone.now(), progress=100, doing="", message="",
    ):  # fmt: skip
        return
    record(
        "seal snapshot", by=None, partnership=snapshot.partnership_id, subject=str(snapshot),
        seal=seal,
    )  # fmt: skip


@transaction.atomic
def fail(number: int, message: str) -> None:
    """Note why a snapshot cannot be built, for who asked for it; a sealed one stays sealed."""
    snapshot = Snapshot.objects.select_for_update().get(pk=number)
    if snapshot.state == State.SEALED:
        return
    snapshot.state, snapshot.message, snapshot.doing = State.FAILED, message, ""
    snapshot.save()
    record("fail snapshot", by=None, partnership=snapshot.partnership_id, subject=str(snapshot))
