"""Writing: the files of the next state of the store."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from callover.data.contracts import AREAS, LINKS, MEASURES
from callover.data.intact import intact
from callover.data.manifest import Manifest, Part, write_file
from callover.data.records import KEY_KINDS, ImportRecord, read_keys, read_list
from callover.data.rows import KINDS, STATES, STORED, Merged, merge
from callover.domain.errors import Finding
from callover.domain.periods import Month

_EPOCH = 1970 * 12
_FIXED = {"kind": KINDS, "measure": MEASURES, "state": STATES}


class Writer:
    """Writes the files of the next state."""

    def __init__(self, root: Path, current: Manifest) -> None:
        self.root = root
        self.manifest = replace(current, version=current.version + 1, files=dict(current.files))
        self.keys = read_keys(root, current)

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
        imports = self._list("imports")
        record = self._observe(batch, replace(record, id=len(imports)), known_from)
        self._save_json("keys", self.keys)
        self._save_json("imports", [*imports, asdict(record)])
        self._add_rows("areas", AREAS, areas, ["code"])
        self._add_rows("links", LINKS, links, ["child", "parent"])
        if findings:
            entries = [{"import": record.id, "finding": asdict(each)} for each in findings]
            self._save_json("findings", [*self._list("findings"), *entries])
        return record

    def _observe(self, batch: pa.Table, record: ImportRecord, known_from: datetime) -> ImportRecord:
        """Lay the batch over what is stored; the record with what that did."""
        stored = self._encode(batch, record)
        merged = [
            self._merge_year(stored, year, record.source, known_from) for year in _years(stored)
        ]
        return replace(
            record,
            rows=batch.num_rows,
            new=sum(m.new for m in merged),
            revised=sum(m.revised for m in merged),
            unchanged=sum(m.unchanged for m in merged),
            first=_month_text(stored, pc.min),
            last=_month_text(stored, pc.max),
        )

    def _list(self, name: str) -> list[dict[str, Any]]:
        return read_list(self.root, self.manifest, name)

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
        found = pc.unique(column).drop_null().to_pylist()
        known.extend(text for text in found if text not in have)
        return pc.index_in(column, pa.array(known, pa.string()))

    def _merge_year(self, stored: pa.Table, year: int, source: str, known_from: datetime) -> Merged:
        rows = stored.filter(pa.array(_year_of(stored) == year))
        part = next((p for p in self.manifest.parts if (p.source, p.year) == (source, year)), None)
        existing = _read_part(intact(self.root, part.file)) if part else STORED.empty_table()
        merged = merge(existing, rows, known_from)
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

    def _save_json(self, name: str, content: object) -> None:
        data = json.dumps(content, ensure_ascii=False).encode()
        self.manifest.files[name] = write_file(self.root, "tables", ".json", data)


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


def _read_part(path: Path) -> pa.Table:
    """The rows of a file; a column that it was written without is null."""
    return pq.read_table(path, schema=STORED)


def _write_parquet(root: Path, folder: str, table: pa.Table) -> str:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return write_file(root, folder, ".parquet", buffer.getvalue())
