"""What will contradict itself once a file is stored: found before it is, however many its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from callover.data.contracts import ReadResult
from callover.data.overlay import overlay
from callover.data.quality import contradictions, distinct
from callover.data.quality.revised import areas_gone, revised
from callover.data.revisions import carried_forward
from callover.data.store import Store
from callover.domain.errors import Finding
from callover.domain.indicators import Series


def findings_of(
    store: Store, source: str, result: ReadResult, series: Mapping[str, Series], known: datetime
) -> list[Finding]:
    """The reader's findings and those over the source's values as they will be."""
    batch = result.observations
    found = list(result.findings)
    if batch.num_rows:
        names = _related(batch, series)
        before = store.observations(sources=[source], series=names)
        then = before
        if known < (store.last_known() or known):  # backdated: held against what was known then
            then = store.observations(known, sources=[source], series=names)
        found += [*areas_gone(source, then, batch), *revised(source, then, batch, series)]
        found += contradictions(source, _as_known(store, before, batch, known, series), series)
    return distinct(found)


def _related(batch: pa.Table, series: Mapping[str, Series]) -> set[str]:
    """The batch's series, what they are parts or numerators of, and their parts."""
    names = set(pc.unique(batch["series"]).to_pylist())
    related = names | {s.id for s in series.values() if names & {*s.parts, s.numerator}}
    return related | {part for name in names if name in series for part in series[name].parts}


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
    laid = overlay(before, batch)
    earlier = pa.concat_tables([store.superseded(series=names, sources=[source]), laid.replaced])
    percentages = {name for name in names if name in series and not series[name].unit.adds}
    return carried_forward(laid.after, earlier, percentages)[0]
