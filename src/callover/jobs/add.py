"""Adding a file: recognise it, read it, check it, store it whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from callover.data.contracts import ReadResult
from callover.data.reader import Progress, no_progress
from callover.data.store import ImportRecord, Store
from callover.domain.errors import FaultsFound, Finding, UserError
from callover.jobs.forecast import keep_forecasts
from callover.jobs.foresee import findings_of
from callover.jobs.recognise import Incoming, incoming
from callover.jobs.workspace import Workspace


class FindingsFound(UserError):
    """``--strict``: the file contradicts itself and was not stored."""

    exit_code: ClassVar[int] = 6

    def __init__(self, what: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(what, "Put the file right, or add it without --strict.")


@dataclass(frozen=True)
class Added:
    """What came of one file. ``record`` is the earlier import where the file was there already."""

    path: Path
    source: str
    record: ImportRecord
    findings: tuple[Finding, ...] = ()
    already: bool = False
    superseded_by: tuple[ImportRecord, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What adding a file would do: what was read, faults included, and what contradicts itself.

    ``before`` is the earlier import of the very same file, ``superseded_by`` what revised it since.
    """

    source: str
    reader: str
    result: ReadResult
    findings: tuple[Finding, ...]
    before: ImportRecord | None
    superseded_by: tuple[ImportRecord, ...]


def check_file(
    workspace: Workspace, path: Path, source: str = "", progress: Progress = no_progress
) -> Checked:
    """Everything that ``add_file`` does with one file but storing it.

    Raises UserError where it cannot be read; faults of its rows are told, not raised.
    """
    given = incoming(workspace, path, source)
    before = workspace.store.holds(given.sha256, given.source.id, given.mapped_by)
    result = given.reader.read(path, given.context(workspace, progress))
    now = datetime.now(UTC)
    findings = findings_of(workspace.store, given.source.id, result, given.series, now)
    later = workspace.store.superseded_by(before) if before is not None else ()
    return Checked(given.source.id, given.reader.id, result, tuple(findings), before, later)


def add_file(
    workspace: Workspace,
    path: Path,
    source: str = "",
    known_from: datetime | None = None,
    accept_good_rows: bool = False,
    strict: bool = False,
    progress: Progress = no_progress,
    again: bool = False,
    forecast: bool = True,
) -> Added:
    """Store one file (or a folder of street-crime files) and ``forecast`` what it changed.

    Raises UserError where it cannot be read, FaultsFound with every fault unless
    ``accept_good_rows``, FindingsFound with ``strict``. Nothing is stored then, nor where the same
    bytes were stored before; with ``again`` they are, if later files have superseded them.
    """
    added = _add(workspace, path, source, known_from, accept_good_rows, strict, progress, again)
    if forecast:
        keep_forecasts(workspace, added.source, progress)
    return added


def _add(
    workspace: Workspace,
    path: Path,
    source: str,
    known_from: datetime | None,
    accept_good_rows: bool,
    strict: bool,
    progress: Progress,
    again: bool,
) -> Added:
    given = incoming(workspace, path, source)
    before = workspace.store.holds(given.sha256, given.source.id, given.mapped_by)
    renewed = again and before is not None and bool(workspace.store.superseded_by(before))
    if before is not None and not before.rejected and not renewed:
        return _already(workspace.store, path, before)
    result = given.reader.read(path, given.context(workspace, progress))
    _stop_on_faults(path, result, accept_good_rows)
    if before is not None and before.rejects == _rejects(result) and not renewed:
        return _already(workspace.store, path, before)
    progress("Checking", 0.9)
    moment = known_from or datetime.now(UTC)
    findings = findings_of(workspace.store, given.source.id, result, given.series, moment)
    if strict and findings:
        places = f"{len(findings):,} place{'' if len(findings) == 1 else 's'}"
        what = f"{path.name} contradicts itself in {places}."
        raise FindingsFound(what, findings)
    record = _record(given, result, known_from, renewed)
    return _store(workspace.store, given, record, result, findings)


def _already(store: Store, path: Path, before: ImportRecord) -> Added:
    """Nothing is stored twice; who revised it since is said, for its values hold no more."""
    later = store.superseded_by(before)
    return Added(path, before.source, before, already=True, superseded_by=later)


def _record(
    given: Incoming, result: ReadResult, known_from: datetime | None, again: bool
) -> ImportRecord:
    """What the store will note of the file; of a folder, of every file in it that was read."""
    now, read = datetime.now(UTC), set(result.members)
    members = {name: each for name, each in given.members.items() if _slashes(name) in read}
    files = [given.path / name for name in members] if given.path.is_dir() else [given.path]
    return ImportRecord(
        source=given.source.id,
        file=given.path.name,
        sha256=given.sha256,
        size=sum(file.stat().st_size for file in files),
        received=now.isoformat(),
        known_from=(known_from or now).isoformat(),
        backdated=known_from is not None,
        rejected=len(result.faults),
        summary=result.summary,
        left_out=dict(result.left_out),
        rejects=_rejects(result),
        mapping=given.mapped_by,
        members=members,
        again=again,
    )


def _slashes(name: str) -> str:
    return name.replace("\\", "/")


def _store(
    store: Store,
    given: Incoming,
    record: ImportRecord,
    result: ReadResult,
    findings: list[Finding],
) -> Added:
    """Keep the bytes as received, then the values and what contradicts itself in them."""
    if given.path.is_file():
        store.keep_original(given.path, given.sha256)
    for name, sha256 in record.members.items():
        store.keep_original(given.path / name, sha256)
    known = set(store.findings())
    new = [finding for finding in findings if finding not in known]
    moment = datetime.fromisoformat(record.known_from)
    stored = store.commit(result.observations, record, moment, result.areas, result.links, new)
    return Added(given.path, record.source, stored, tuple(findings))


def _rejects(result: ReadResult) -> tuple[str, ...]:
    """The rows that were kept aside, as they are listed."""
    return tuple(str(fault) for fault in result.faults)


def _stop_on_faults(path: Path, result: ReadResult, accept_good_rows: bool) -> None:
    found = result.faults
    if not found:
        return
    count = f"{len(found):,} fault{'' if len(found) == 1 else 's'}"
    if not accept_good_rows:
        remedy = "Put it right, or store the rest with --accept-good-rows."
        raise FaultsFound(f"{path.name} has {count}; nothing was stored.", found, remedy)
    if not result.observations.num_rows:
        raise FaultsFound(f"{path.name} has {count} and no good row.", found)
