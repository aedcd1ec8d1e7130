"""Reading: the observations of a state of the store, as known at a moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.dataset import dataset

from callover.data.contracts import MEASURES, OBSERVATIONS
from callover.data.intact import intact
from callover.data.manifest import Part
from callover.data.rows import KINDS, STATES, STORED
from callover.data.state import StoredState
from callover.domain.periods import Month


class Selection(TypedDict, total=False):
    """Which observations; a key that is absent or None chooses all."""

    sources: Collection[str] | None
    series: Collection[str] | None
    areas: Collection[str] | None
    first_month: Month | None
    last_month: Month | None


class StoredRows(StoredState):
    """A state with its observations."""

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
        condition = self._selected(series, areas, first_month, last_month, known_at(as_known_at))
        return self._read(self._parts(sources, first_month, last_month), condition)

    def observations(
        self, as_known_at: datetime | None = None, **chosen: Unpack[Selection]
    ) -> pa.Table:
        """The same with text keys: ``contracts.OBSERVATIONS``, source, import, known_from."""
        return self.decoded(self.scan(as_known_at, **chosen))

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
        condition = self._selected(series, areas, None, None, superseded_at(as_known_at))
        return self.decoded(self._read(self._parts(chosen, None, None), condition))

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

    def _read(self, parts: Sequence[Part], condition: pc.Expression) -> pa.Table:
        """The rows of some files that meet a condition, in one go: many are small."""
        if not parts:
            return STORED.empty_table()
        files = [str(intact(self.root, part.file)) for part in parts]
        return dataset(files, schema=STORED, format="parquet").to_table(filter=condition)

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


def known_at(moment: datetime | None) -> pc.Expression:
    """As known at: one filter on the validity interval."""
    if moment is None:
        return pc.field("known_to").is_null()
    stamp = pa.scalar(moment.astimezone(UTC), pa.timestamp("us", tz="UTC"))
    still = pc.field("known_to").is_null() | (pc.field("known_to") > stamp)
    return (pc.field("known_from") <= stamp) & still


def superseded_at(moment: datetime | None) -> pc.Expression:
    """No longer holding at the moment."""
    if moment is None:
        return pc.field("known_to").is_valid()
    return pc.field("known_to") <= pa.scalar(moment.astimezone(UTC), pa.timestamp("us", tz="UTC"))
