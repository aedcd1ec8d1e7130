"""Adding a file: recognise it, read it, check it, store it whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from callover.catalogue.plain import plain_values
from callover.data.contracts import KEY, ReadResult
from callover.data.delimited import header_of
from callover.data.incoming import check_incoming
from callover.data.quality import contradictions, distinct
from callover.data.reader import Progress, ReadContext, Reader, no_progress
from callover.data.revisions import carried_forward
from callover.data.sources.registry import TEMPLATE, head_of, reader_for, reader_named
from callover.data.sources.template import REQUIRED
from callover.data.store import ImportRecord, Store, file_hash
from callover.domain.errors import FaultsFound, Finding, UnknownName, UserError
from callover.domain.indicators import Series, SourceDefinition
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


def add_file(
    workspace: Workspace,
    path: Path,
    source: str = "",
    known_from: datetime | None = None,
    accept_good_rows: bool = False,
    strict: bool = False,
    progress: Progress = no_progress,
) -> Added:
    """Store one file (or a folder of street-crime files).

    Raises UserError where it cannot be read, FaultsFound with every fault unless
    ``accept_good_rows``, FindingsFound with ``strict``. Nothing is stored then.
    """
    check_incoming(path)
    sources, series, peers = _register(workspace)
    definition, reader = _recognise(workspace, path, source, sources)
    if path.is_dir() and not reader.recognises(path, b""):
        raise UserError(
            f"{path.name} is a folder, which {reader.id} does not read.",
            "Name the files in it: only street-crime files are read by the folder.",
        )
    sha256 = _hash(path)
    mapping = _mapping(workspace, definition.id)
    mapped_by = hashlib.sha256(repr(mapping).encode()).hexdigest() if mapping else ""
    before = workspace.store.holds(sha256, definition.id, mapped_by)
    if before is not None and not before.rejected:
        return _already(workspace.store, path, before)
    context = ReadContext(
        definition,
        series,
        workspace.area_codes,
        peers,
        mapping,
        progress,
        workspace.districts,
    )
    result = reader.read(path, context)
    _stop_on_faults(path, result, accept_good_rows)
    if before is not None and before.rejects == _rejects(result):
        return _already(workspace.store, path, before)
    progress("Checking", 0.9)
    findings = _findings(
        workspace.store, definition.id, result, series, known_from or datetime.now(UTC)
    )
    if strict and findings:
        what = f"{path.name} contradicts itself in {len(findings)} places."
        raise FindingsFound(what, findings)
    return _store(workspace, path, definition.id, sha256, mapped_by, result, findings, known_from)


def _already(store: Store, path: Path, before: ImportRecord) -> Added:
    """Nothing is stored twice; who revised it since is said, for its values hold no more."""
    later = store.superseded_by(before)
    return Added(path, before.source, before, already=True, superseded_by=later)


def _store(
    workspace: Workspace,
    path: Path,
    source: str,
    sha256: str,
    mapping: str,
    result: ReadResult,
    findings: list[Finding],
    known_from: datetime | None,
) -> Added:
    now = datetime.now(UTC)
    moment = known_from or now
    record = ImportRecord(
        source=source,
        file=path.name,
        sha256=sha256,
        size=path.stat().st_size,
        received=now.isoformat(),
        known_from=moment.isoformat(),
        backdated=known_from is not None,
        rejected=len(result.faults),
        summary=result.summary,
        left_out=dict(result.left_out),
        rejects=_rejects(result),
        mapping=mapping,
    )
    if path.is_file():
        workspace.store.keep_original(path, sha256)
    known = set(workspace.store.findings())
    new = [finding for finding in findings if finding not in known]
    stored = workspace.store.commit(
        result.observations, record, moment, result.areas, result.links, new
    )
    return Added(path, source, stored, tuple(findings))


def _rejects(result: ReadResult) -> tuple[str, ...]:
    """The rows that were kept aside, as they are listed."""
    return tuple(str(fault) for fault in result.faults)


def _register(
    workspace: Workspace,
) -> tuple[dict[str, SourceDefinition], dict[str, Series], frozenset[str]]:
    """Sources, series and peer groups of every set in use."""
    sources: dict[str, SourceDefinition] = {}
    series: dict[str, Series] = {}
    peers: set[str] = set()
    for set_id in workspace.sets():
        catalogue = workspace.catalogue(set_id)
        sources = catalogue.sources | sources
        series = catalogue.series | series
        peers |= set(catalogue.peer_groups)
    return sources, series, frozenset(peers)


def _recognise(
    workspace: Workspace, path: Path, source: str, sources: dict[str, SourceDefinition]
) -> tuple[SourceDefinition, Reader]:
    """The source of a file and who reads it. Our own template is told by its header."""
    if source and source not in sources:
        raise UnknownName("source", source, sorted(sources))
    template = reader_named(TEMPLATE)
    if template is not None and _is_template(path):
        return sources[source or _source_by_name(path, sources)], template
    mapped = source and sources[source].reader == TEMPLATE and _mapping(workspace, source)
    if template is not None and mapped:
        return sources[source], template
    reader = reader_for(path, sources[source].reader if source else None)
    if source:
        return sources[source], reader
    if reader.id == TEMPLATE:
        return sources[_source_by_name(path, sources)], reader
    owners = [name for name, known in sources.items() if known.reader == reader.id]
    if reader.id in sources:
        owners = [reader.id]
    if len(owners) != 1:
        raise UserError(
            f"{path.name} is read by {reader.id!r}, which serves {len(owners)} sources here.",
            f"Say which with --source: {', '.join(owners) or ', '.join(sorted(sources))}.",
        )
    return sources[owners[0]], reader


def _is_template(path: Path) -> bool:
    names = {name.strip().lower() for name in header_of(head_of(path))} if path.is_file() else set()
    return set(REQUIRED) <= names


def _source_by_name(path: Path, sources: dict[str, SourceDefinition]) -> str:
    """A template named after its source (``victim_support-2016-09.csv``) needs no --source."""
    stem = path.stem.lower()
    fitting = [
        name for name in sources if stem == name or stem.startswith((f"{name}-", f"{name}."))
    ]
    if not fitting:
        raise UserError(
            f"{path.name} is in our template, but does not say whose figures it holds.",
            f"Say so with --source: {', '.join(sorted(sources))}.",
        )
    return max(fitting, key=len)


def _mapping(workspace: Workspace, source: str) -> dict[str, Any]:
    """The saved mapping of a provider's own workbook, empty where there is none."""
    path = workspace.path / "definitions" / "mappings" / f"{source}.yaml"
    if not path.is_file():
        return {}
    return plain_values(path.read_bytes(), str(path))


def _hash(path: Path) -> str:
    """SHA-256 of a file; of a folder, over the names and hashes of its files."""
    if path.is_file():
        return file_hash(path)
    digest = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        digest.update(f"{file.relative_to(path)} {file_hash(file)}\n".encode())
    return digest.hexdigest()


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


def _findings(
    store: Store, source: str, result: ReadResult, series: dict[str, Series], known: datetime
) -> list[Finding]:
    """The reader's findings and those over the source's values as they will be."""
    batch = result.observations
    found = list(result.findings)
    if batch.num_rows and batch.num_rows <= 200_000:
        names = set(pc.unique(batch["series"]).to_pylist())
        related = names | {s.id for s in series.values() if names & {*s.parts, s.numerator}}
        related |= {part for name in names if name in series for part in series[name].parts}
        before = store.observations(sources=[source], series=related)
        found += contradictions(source, _as_known(store, before, batch, known, series), series)
    return distinct(found)


def _as_known(
    store: Store, before: pa.Table, batch: pa.Table, known: datetime, series: Mapping[str, Series]
) -> pa.Table:
    """What the source will say once the batch is stored: sums carried forward by corrections."""
    if not before.num_rows:
        return batch
    source, names = before["source"][0].as_py(), set(pc.unique(before["series"]).to_pylist())
    stamps = {"source": source, "import": len(store.imports), "known_from": known}
    for name, value in stamps.items():
        column = pa.repeat(pa.scalar(value, before.schema.field(name).type), batch.num_rows)
        batch = batch.append_column(name, column)
    after = _overlaid(before, batch)
    earlier = pa.concat_tables([store.superseded(series=names, sources=[source]), before])
    percentages = {name for name in names if name in series and not series[name].unit.adds}
    return carried_forward(after, earlier, percentages)[0]


def _overlaid(before: pa.Table, batch: pa.Table) -> pa.Table:
    """The current values with the batch's in place of those it gives anew."""
    keys = {tuple(row.values()) for row in batch.select(list(KEY)).to_pylist()}
    kept = [tuple(row.values()) not in keys for row in before.select(list(KEY)).to_pylist()]
    return pa.concat_tables([before.filter(pa.array(kept)), batch])
