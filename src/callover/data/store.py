"""The store: every value with the time it became known, never overwritten.

One folder: ``manifest-NNNNNNNN.json`` names the files of a state, ``observations/`` holds a Parquet
file per source and financial year, ``tables/`` the keys, places, imports and findings. Bytes as
received are kept beside it under ``originals/<sha256>``.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.dataset import dataset

from callover.data.manifest import Manifest, publish
from callover.data.records import ImportRecord, file_hash
from callover.data.rows import STORED
from callover.data.scans import StoredRows
from callover.data.writing import Writer
from callover.domain.errors import Finding

__all__ = ["ImportRecord", "Store", "file_hash"]


class Store(StoredRows):
    """A store at one state; ``commit`` moves it to the next. Opening reads one small file."""

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
            writer = Writer(self.root, current)
            done[:] = [writer.write(batch, record, known_from, areas, links, findings)]
            return writer.manifest

        self._move_to(publish(self.root, build))
        return done[0]

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
