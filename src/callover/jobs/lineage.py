"""A pack's figures with where each comes from: formula with numbers, and the stored rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from callover.analysis.lineage import Tracer
from callover.domain.figures import Figure, Input
from callover.report.packfile import Pack


def with_lineage(pack: Pack, used: Mapping[str, Figure], tracer: Tracer) -> Pack:
    """The pack with ``worked`` and ``inputs`` in every figure's record, and ``rows`` beside them.

    ``inputs`` are places in ``rows``, which holds each stored row once: many figures share them.
    """
    places: dict[Input, int] = {}
    records: list[Mapping[str, Any]] = []
    for record in pack.figures:
        lineage = tracer.trace(used[record["key"]])
        inputs = [places.setdefault(row, len(places)) for row in lineage.inputs]
        records.append({**record, "worked": lineage.worked, "inputs": inputs})
    facts = {**pack.facts, "rows": [_row(row) for row in places]}
    return replace(pack, figures=tuple(records), facts=facts)


def _row(row: Input) -> dict[str, Any]:
    """A stored row as the pack file holds it."""
    return {
        "file": row.file,
        "row": row.row,
        "period_kind": row.period.kind.value,
        "start": row.period.start.isoformat(),
        "end": row.period.end.isoformat(),
        "measure": row.measure,
        "value": row.value,
        "known_from": row.known_from,
        "note": row.note,
    }
