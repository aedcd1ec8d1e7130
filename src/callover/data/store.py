"""The store: every value with the time it became known, never overwritten.

One folder: ``manifest-NNNNNNNN.json`` names the files of a state, ``observations/`` holds a Parquet
file per source and financial year, ``tables/`` the keys, places, imports and findings. Bytes as
received are kept beside it under ``originals/<sha256>``.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow.dataset import dataset

from callover.data.contracts import AREAS, LINKS, MEASURES, OBSERVATIONS
from callover.data.intact import intact, read_json
from callover.data.manifest import Manifest, Part, latest, publish, write_file
from callover.data.rows import KINDS, STATES, STORED, Merged, merge
from callover.domain.areas import Area, AreaKind
from callover.domain.errors import Finding, Severity
from callover.domain.periods import Month

KEY_KINDS = ("series", "area", "source", "peer_group")
_EPOCH = 1970 * 12


@dataclass(frozen=True)
class ImportRecord:
    """One file that was added: what it was, when it became known, what it did."""

    source: str
    file: str
    sha256: str
    size: int
    received: str  # ISO moment of storing
    known_from: str  # ISO moment from which its values hold
    backdated: bool = False
    id: int = -1
    rows: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    rejected: int = 0
    first: str = ""  # earliest month of its values
    last: str = ""  # latest month of its values
    summary: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    rejects: tuple[str, ...] = ()
    mapping: str = ""  # SHA-256 of the saved mapping that it was read by, if one was


class Store:
    """A store at one state; ``commit`` moves it to the next. Opening reads one small file."""

    def __init__(self, root: Path) -> None:
        """Open the store in ``root``; an empty or absent folder is an empty store."""
        self.root = root
        self.manifest: Manifest = latest(root)

    # Writing

    def commit(
        self,
        batch: pa.Table,
        record: ImportRecord,
        known_from: datetime,
        areas: pa.Table | None = None,
        links: pa.Table | None = None,
        findings: Sequence[Finding] = (),
    ) -> ImportRecord:
        """Store a batch (``contracts.OBSERVATIONS``, one row per key) as one new state.

        Gives the record with its number and counts. Raises StoreBusy where others keep writing and
        ValueError where the batch holds a key twice.
        """
        done: list[ImportRecord] = []

        def build(current: Manifest) -> Manifest:
            writer = _Writer(self.root, current)
            done[:] = [writer.write(batch, record, known_from, areas, links, findings)]
            return writer.manifest

        self._move_to(publish(self.root, build))
        return done[0]

    def _move_to(self, manifest: Manifest) -> None:
        """Show another state: everything read from the old one is forgotten."""
        for name in ("keys", "imports", "areas", "links"):
            self.__dict__.pop(name, None)
        self.manifest = manifest

    def keep_original(self, path: Path, sha256: str) -> None:
        """Keep the bytes of a file as received."""
        folder = self.root.parent / "originals" / sha256
        if folder.exists():
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = folder.with_name(f"{sha256}.part")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        shutil.copyfile(path, beside / path.name)
        if not folder.exists():
            beside.replace(folder)

    # Reading

    @cached_property
    def keys(self) -> dict[str, list[str]]:
        """The texts behind the integer keys, by kind; the place in the list is the integer."""
        return _read_keys(self.root, self.manifest)

    @cached_property
    def imports(self) -> tuple[ImportRecord, ...]:
        """Everything that was ever added, in order."""
        return tuple(
            ImportRecord(
                **item | {"summary": tuple(item["summary"]), "rejects": tuple(item["rejects"])}
            )
            for item in self._json("imports")
        )

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Every place by code."""
        table = self._table("areas", AREAS)
        return {
            row["code"]: Area(row["code"], row["name"], AreaKind(row["kind"]))
            for row in table.to_pylist()
        }

    @cached_property
    def links(self) -> pa.Table:
        """Which place lies in which (``contracts.LINKS``)."""
        return self._table("links", LINKS)

    def findings(self, as_known_at: datetime | None = None) -> tuple[Finding, ...]:
        """What contradicted itself in the files added until then."""
        known = {
            record.id
            for record in self.imports
            if as_known_at is None or datetime.fromisoformat(record.known_from) <= as_known_at
        }
        return tuple(
            Finding(**item["finding"] | {"severity": Severity(item["finding"]["severity"])})
            for item in self._json("findings")
            if item["import"] in known
        )

    def sources(self) -> tuple[str, ...]:
        """Sources that hold observations."""
        return tuple(sorted({part.source for part in self.manifest.parts}))

    def scan(
        self,
        as_known_at: datetime | None = None,
        sources: Collection[str] | None = None,
        series: Collection[str] | None = None,
        areas: Collection[str] | None = None,
        first_month: Month | None = None,
        last_month: Month | None = None,
    ) -> pa.Table:
        """Versions known at the moment (now: the current ones), integer keys, schema ``STORED``."""
        known = _known(as_known_at)
        condition = self._selected(series, areas, first_month, last_month, known)
        parts = self._parts(sources, first_month, last_month)
        if not parts:
            return STORED.empty_table()
        files = [str(intact(self.root, part.file)) for part in parts]  # in one go: many are small
        return dataset(files, schema=STORED, format="parquet").to_table(filter=condition)

    def observations(
        self,
        as_known_at: datetime | None = None,
        sources: Collection[str] | None = None,
        series: Collection[str] | None = None,
        areas: Collection[str] | None = None,
        first_month: Month | None = None,
        last_month: Month | None = None,
    ) -> pa.Table:
        """The same with text keys: ``contracts.OBSERVATIONS``, source, import, known_from."""
        found = self.scan(as_known_at, sources, series, areas, first_month, last_month)
        return self.decoded(found)

    def superseded(
        self,
        as_known_at: datetime | None = None,
        series: Collection[str] | None = None,
        areas: Collection[str] | None = None,
        sources: Collection[str] | None = None,
    ) -> pa.Table:
        """Versions that no longer hold at the moment, columns as in ``observations``.

        Only sources whose files revised something, or were backdated, are read.
        """
        revising = {record.source for record in self.imports if record.revised or record.backdated}
        chosen = revising if sources is None else revising & set(sources)
        parts = self._parts(chosen, None, None)
        if not parts:
            return self.decoded(STORED.empty_table())
        condition = self._selected(series, areas, None, None, _superseded(as_known_at))
        files = [str(self.root / part.file) for part in parts]
        found = dataset(files, schema=STORED, format="parquet").to_table(filter=condition)
        return self.decoded(found)

    def decoded(self, found: pa.Table) -> pa.Table:
        """A scan with its integers turned into the texts they stand for."""
        texts = {**self.keys, "kind": list(KINDS), "measure": list(MEASURES), "state": list(STATES)}
        names = [*OBSERVATIONS.names, "source", "import", "known_from"]
        columns = []
        for name in names:
            column = found[name]
            if name in texts:
                column = pc.take(pa.array(texts[name], pa.string()), column)
            columns.append(column)
        return pa.table(dict(zip(names, columns, strict=True)))

    def files(self, sources: Collection[str] | None = None) -> list[Path]:
        """The Parquet files of a selection, for the engine."""
        return [intact(self.root, part.file) for part in self._parts(sources, None, None)]

    def last_known(self) -> datetime | None:
        """The moment at which the newest value became known, None for an empty store."""
        moments = [datetime.fromisoformat(record.known_from) for record in self.imports]
        return max(moments, default=None)

    def holds(self, sha256: str, source: str, mapping: str = "") -> ImportRecord | None:
        """The last import of the very same file for the same source, read by the same mapping."""
        for record in reversed(self.imports):
            if (record.sha256, record.source, record.mapping) == (sha256, source, mapping):
                return record
        return None

    def superseded_by(self, record: ImportRecord) -> tuple[ImportRecord, ...]:
        """The later imports that revised a value of this one, in order."""
        files = [str(path) for path in self.files([record.source])]
        if not files:
            return ()
        closed = (pc.field("import") == record.id) & pc.field("known_to").is_valid()
        stored = dataset(files, schema=STORED, format="parquet")
        ends = set(stored.to_table(["known_to"], filter=closed)["known_to"].to_pylist())
        return tuple(
            later
            for later in self.imports[record.id + 1 :]
            if later.source == record.source and datetime.fromisoformat(later.known_from) in ends
        )

    def _parts(
        self, sources: Collection[str] | None, first: Month | None, last: Month | None
    ) -> list[Part]:
        low = first.financial_year.start if first else -1
        high = last.financial_year.start if last else 9999
        return [
            part
            for part in self.manifest.parts
            if (sources is None or part.source in sources) and low <= part.year <= high
        ]

    def _selected(
        self,
        series: Collection[str] | None,
        areas: Collection[str] | None,
        first: Month | None,
        last: Month | None,
        condition: pc.Expression,
    ) -> pc.Expression:
        """The condition, and of these series, areas and months."""
        for name, wanted in (("series", series), ("area", areas)):
            if wanted is not None:
                chosen = set(wanted)
                codes = [i for i, text in enumerate(self.keys[name]) if text in chosen]
                condition &= pc.field(name).isin(pa.array(codes, STORED.field(name).type))
        if first is not None:
            condition &= pc.field("month") >= first.index
        if last is not None:
            condition &= pc.field("month") <= last.index
        return condition

    def _table(self, name: str, schema: pa.Schema) -> pa.Table:
        file = self.manifest.files.get(name)
        return pq.read_table(intact(self.root, file)) if file else schema.empty_table()

    def _json(self, name: str) -> list[dict[str, Any]]:
        file = self.manifest.files.get(name)
        return list(read_json(self.root, file)) if file else []


def _known(moment: datetime | None) -> pc.Expression:
    """As known at: one filter on the validity interval."""
    if moment is None:
        return pc.field("known_to").is_null()
    stamp = pa.scalar(moment.astimezone(UTC), pa.timestamp("us", tz="UTC"))
    still = pc.field("known_to").is_null() | (pc.field("known_to") > stamp)
    return (pc.field("known_from") <= stamp) & still


def _superseded(moment: datetime | None) -> pc.Expression:
    """No longer holding at the moment."""
    if moment is None:
        return pc.field("known_to").is_valid()
    return pc.field("known_to") <= pa.scalar(moment.astimezone(UTC), pa.timestamp("us", tz="UTC"))


def _read_keys(root: Path, manifest: Manifest) -> dict[str, list[str]]:
    file = manifest.files.get("keys")
    if file is None:
        return {kind: [""] if kind == "peer_group" else [] for kind in KEY_KINDS}
    loaded: dict[str, list[str]] = read_json(root, file)
    return loaded


class _Writer:
    """Writes the files of the next state."""

    def __init__(self, root: Path, current: Manifest) -> None:
        self.root = root
        self.manifest = replace(current, version=current.version + 1, files=dict(current.files))
        self.keys = _read_keys(root, current)

    def write(
        self,
        batch: pa.Table,
        record: ImportRecord,
        known_from: datetime,
        areas: pa.Table | None,
        links: pa.Table | None,
        findings: Sequence[Finding],
    ) -> ImportRecord:
        """Observations first, then what names them."""
        imports = self._load("imports")
        record = replace(record, id=len(imports))
        stored = self._encode(batch, record)
        merged = [
            self._merge_year(stored, year, record.source, known_from) for year in _years(stored)
        ]
        record = replace(
            record,
            rows=batch.num_rows,
            new=sum(m.new for m in merged),
            revised=sum(m.revised for m in merged),
            unchanged=sum(m.unchanged for m in merged),
            first=_month_text(stored, pc.min),
            last=_month_text(stored, pc.max),
        )
        self._save_json("keys", self.keys)
        self._save_json("imports", [*imports, asdict(record)])
        self._add_rows("areas", AREAS, areas, ["code"])
        self._add_rows("links", LINKS, links, ["child", "parent"])
        if findings:
            entries = [{"import": record.id, "finding": asdict(each)} for each in findings]
            self._save_json("findings", [*self._load("findings"), *entries])
        return record

    def _encode(self, batch: pa.Table, record: ImportRecord) -> pa.Table:
        """A batch with text keys as stored rows; new texts get the next integers."""
        batch = batch.append_column("source", pa.repeat(pa.scalar(record.source), batch.num_rows))
        columns: dict[str, Any] = {}
        for name in STORED.names:
            if name in KEY_KINDS:
                columns[name] = self._codes(name, batch[name])
            elif name in _FIXED:
                columns[name] = _lookup(batch[name], _FIXED[name])
            elif name == "month":
                months = batch["end"].to_numpy().astype("datetime64[M]").astype(np.int64) + _EPOCH
                columns[name] = pa.array(months, pa.int32())
            elif name == "import":
                columns[name] = pa.repeat(pa.scalar(record.id, pa.int32()), batch.num_rows)
            elif name in ("known_from", "known_to"):
                columns[name] = pa.nulls(batch.num_rows, STORED.field(name).type)
            else:
                columns[name] = batch[name]
        return pa.table(columns).cast(STORED)

    def _codes(self, kind: str, column: pa.ChunkedArray) -> pa.Array:
        known = self.keys[kind]
        have = set(known)
        known.extend(text for text in pc.unique(column).to_pylist() if text not in have)
        return pc.index_in(column, pa.array(known, pa.string()))

    def _merge_year(self, stored: pa.Table, year: int, source: str, known_from: datetime) -> Merged:
        rows = stored.filter(pa.array(_year_of(stored) == year))
        part = next((p for p in self.manifest.parts if (p.source, p.year) == (source, year)), None)
        existing = pq.read_table(intact(self.root, part.file)) if part else STORED.empty_table()
        merged = merge(existing.cast(STORED), rows, known_from)
        if merged.new or merged.revised:
            file = _write_parquet(self.root, f"observations/{source}/fy={year}", merged.table)
            others = [p for p in self.manifest.parts if p is not part]
            parts = (*others, Part(source, year, file, merged.table.num_rows))
            self.manifest = replace(
                self.manifest, parts=tuple(sorted(parts, key=lambda p: (p.source, p.year)))
            )
        return merged

    def _add_rows(
        self, name: str, schema: pa.Schema, added: pa.Table | None, key: list[str]
    ) -> None:
        """Rows of a small table, a later one replacing an earlier of the same key."""
        if added is None or not added.num_rows:
            return
        file = self.manifest.files.get(name)
        before = pq.read_table(intact(self.root, file)) if file else schema.empty_table()
        rows = {
            tuple(row[column] for column in key): row
            for row in [*before.to_pylist(), *added.cast(schema).to_pylist()]
        }
        table = pa.Table.from_pylist([rows[k] for k in sorted(rows)], schema=schema)
        self.manifest.files[name] = _write_parquet(self.root, "tables", table)

    def _load(self, name: str) -> list[dict[str, Any]]:
        file = self.manifest.files.get(name)
        return list(read_json(self.root, file)) if file else []

    def _save_json(self, name: str, content: object) -> None:
        data = json.dumps(content, ensure_ascii=False).encode()
        self.manifest.files[name] = write_file(self.root, "tables", ".json", data)


_FIXED = {"kind": KINDS, "measure": MEASURES, "state": STATES}


def _lookup(column: pa.ChunkedArray, words: Sequence[str]) -> pa.Array:
    codes = pc.index_in(column, pa.array(words, pa.string()))
    if codes.null_count:
        unknown = [text for text in pc.unique(column).to_pylist() if text not in words]
        raise ValueError(f"unknown words in a batch: {unknown}")
    return codes


def _year_of(stored: pa.Table) -> np.ndarray[Any, Any]:
    """Financial year (its first calendar year) in which each row's period ends."""
    return np.asarray((stored["month"].to_numpy() - 3) // 12)


def _years(stored: pa.Table) -> list[int]:
    return [int(year) for year in np.unique(_year_of(stored))]


def _month_text(stored: pa.Table, pick: Any) -> str:
    return str(Month(pick(stored["month"]).as_py())) if stored.num_rows else ""


def _write_parquet(root: Path, folder: str, table: pa.Table) -> str:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return write_file(root, folder, ".parquet", buffer.getvalue())


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
