"""One state of the store: its keys, places, imports and findings."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from callover.data.contracts import AREAS, LINKS
from callover.data.intact import intact
from callover.data.manifest import Manifest, latest
from callover.data.records import ImportRecord, read_imports, read_keys, read_list
from callover.domain.areas import Area, AreaKind
from callover.domain.errors import Finding, Severity


class StoredState:
    """What a state of the store says beside its observations; opening reads one small file."""

    def __init__(self, root: Path) -> None:
        """Open the store in ``root``; an empty or absent folder is an empty store."""
        self.root = root
        self.manifest: Manifest = latest(root)

    def _move_to(self, manifest: Manifest) -> None:
        """Show another state: everything read from the old one is forgotten."""
        for name in ("keys", "imports", "areas", "links"):
            self.__dict__.pop(name, None)
        self.manifest = manifest

    @cached_property
    def keys(self) -> dict[str, list[str]]:
        """The texts behind the integer keys, by kind; the place in the list is the integer."""
        return read_keys(self.root, self.manifest)

    @cached_property
    def imports(self) -> tuple[ImportRecord, ...]:
        """Everything that was ever added, in order."""
        return read_imports(self.root, self.manifest)

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
            for item in read_list(self.root, self.manifest, "findings")
            if item["import"] in known
        )

    def last_known(self) -> datetime | None:
        """The moment at which the newest value became known, None for an empty store."""
        moments = [datetime.fromisoformat(record.known_from) for record in self.imports]
        return max(moments, default=None)

    def _table(self, name: str, schema: pa.Schema) -> pa.Table:
        file = self.manifest.files.get(name)
        return pq.read_table(intact(self.root, file)) if file else schema.empty_table()
