"""What a later file revises further than revisions go, or leaves out: half a file reads like a
quiet year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from callover.data.quality.values import Value, of, plain, said
from callover.domain.errors import Finding, Severity
from callover.domain.indicators import Series
from callover.domain.periods import Period, PeriodKind

USUAL = 0.1
"""Months together rarely move by more than this: later recording, transfers, cancelled crimes."""

SMALLEST = 50
"""Counts below which a revision by a tenth is a handful."""

_PLACE = ["series", "area"]
_MONTH = [*_PLACE, "start", "end"]


def revised(
    source: str, before: pa.Table, batch: pa.Table, series: Mapping[str, Series]
) -> Iterator[Finding]:
    """Months known before whose sum the batch moves by more than a tenth, by series and area.

    A part is not named where its total is: one sentence for a file cut short, not thirty.
    """
    months = [_months(table, series) for table in (before, batch)]
    both = months[0].join(months[1], _MONTH, right_suffix="_now", join_type="inner")
    wanted = [("value", "sum"), ("value_now", "sum"), ("start", "min"), ("end", "max")]
    sums = both.group_by(_PLACE).aggregate(wanted)
    was, now = sums["value_sum"], sums["value_now_sum"]
    far = pc.greater(pc.abs(pc.subtract(now, was)), pc.multiply(was, USUAL))
    rows = sums.filter(pc.and_(far, pc.greater_equal(was, SMALLEST))).to_pylist()
    found = {(row["series"], row["area"]): row for row in rows}
    parts = {(p, area) for name, area in found for p in series[name].parts}
    for place, row in found.items():
        if place not in parts:
            yield _finding(source, row, series)


FEWEST = 5
"""Areas of a file from which on it is expected to hold all that the source gave before."""


def areas_gone(source: str, before: pa.Table, batch: pa.Table) -> Iterator[Finding]:
    """The areas of which the months of the batch were known before and which it leaves out.

    A file of few areas may be one partner's own. One finding names them, for every area.
    """
    kept = set(pc.unique(batch["area"]).to_pylist())
    if len(kept) < FEWEST:
        return
    span = [pc.min(batch["start"]).as_py(), pc.max(batch["end"]).as_py()]
    inside = pc.and_(
        pc.greater_equal(before["start"], span[0]), pc.less_equal(before["end"], span[1])
    )
    known = set(pc.unique(before.filter(inside)["area"]).to_pylist())
    gone = sorted(known - kept)
    if not gone or not known & kept:
        return
    named = ", ".join(gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
    message = (
        f"{len(gone)} of the {len(known)} areas that were known for these months are not in the "
        f"file: {named}. Is it whole?"
    )
    yield Finding(
        "areas-gone", Severity.EXPLAINABLE, source, "", "", f"{span[0]} to {span[1]}", message,
        float(len(kept)), float(len(known)),
    )  # fmt: skip


def _months(table: pa.Table, series: Mapping[str, Series]) -> pa.Table:
    adding = [known.id for known in series.values() if known.unit.adds]
    return of(plain(table), kind=[PeriodKind.MONTH.value], series=adding).select([*_MONTH, "value"])


def _finding(source: str, row: Mapping[str, Any], series: Mapping[str, Series]) -> Finding:
    period = Period(PeriodKind.MONTHS, row["start_min"], row["end_max"])
    was, now = row["value_sum"], row["value_now_sum"]
    value = Value(row["series"], row["area"], period, now, "")
    message = (
        f"{series[value.series].title}, {said(period)}: {now:,.10g}, where {was:,.10g} were known "
        f"before ({now / was - 1:+.1%}). Is the file whole?"
    )
    return value.finding(source, "large-revision", Severity.EXPLAINABLE, message, was)
