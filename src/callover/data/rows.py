"""Stored rows: integer keys, and what a new batch does to the rows that are there.

A value's key is source, series, area, kind, start, end, measure and peer group. A version of it
holds from ``known_from`` until (and without) ``known_to``, null while it is the current one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callover.domain.periods import PeriodKind
from callover.domain.states import State

STORED = pa.schema(
    [
        ("series", pa.int32()),
        ("area", pa.int32()),
        ("source", pa.int16()),
        ("kind", pa.int8()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("month", pa.int32()),
        ("measure", pa.int8()),
        ("peer_group", pa.int16()),
        ("value", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("state", pa.int8()),
        ("as_at", pa.date32()),
        ("released", pa.date32()),
        ("note", pa.string()),
        ("row", pa.int32()),
        ("member", pa.int32()),
        ("import", pa.int32()),
        ("known_from", pa.timestamp("us", tz="UTC")),
        ("known_to", pa.timestamp("us", tz="UTC")),
    ]
)
"""One row per version of a value; ``month`` is the index of the month in which the period ends,
``member`` the file of a folder or archive (null in older stores)."""

KEY = ("series", "area", "kind", "start", "end", "measure", "peer_group")
SAME = ("value", "numerator", "denominator", "state", "note")
"""What must be equal for a value published again to be the same value."""

ORDER = [(name, "ascending") for name in ("series", "month", "area", "known_from")]
KINDS = tuple(kind.value for kind in PeriodKind)
STATES = tuple(State.from_code(code).value for code in range(len(State)))
OPEN = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Merged:
    """A partition after a batch, and what the batch did to it."""

    table: pa.Table
    new: int
    revised: int
    unchanged: int


def merge(existing: pa.Table, batch: pa.Table, known_from: datetime) -> Merged:
    """Lay ``batch`` (STORED, one row per key) over the versions of one partition.

    A value not there before is new; a different one closes the version that held at
    ``known_from`` and takes over what was left of its time; an equal one changes nothing.
    """
    moment = int(known_from.timestamp() * 1_000_000)
    groups = _group(existing, batch)
    old, fresh = groups[: existing.num_rows], groups[existing.num_rows :]
    if len(np.unique(fresh)) != len(fresh):
        raise ValueError("a batch holds the same key twice: readers must refuse that")
    from_, to = _stamps(existing["known_from"]), _stamps(existing["known_to"])
    place = np.full(int(groups.max(initial=-1)) + 1, -1, dtype=np.int64)
    place[fresh] = np.arange(len(fresh))
    held_by = np.full(len(fresh), -1, dtype=np.int64)
    holding = np.flatnonzero((place[old] >= 0) & (from_ <= moment) & (moment < to))
    held_by[place[old[holding]]] = holding
    same = said_again(existing, batch, held_by)
    revised = np.flatnonzero((held_by >= 0) & ~same)
    begin = np.full(len(fresh), moment, dtype=np.int64)
    begin[revised] = np.maximum(moment, from_[held_by[revised]] + 1)
    end = _ends(old, place, from_, len(fresh), moment)
    end[revised] = to[held_by[revised]]
    to[held_by[revised]] = begin[revised]
    added = np.flatnonzero(~same)
    table = pa.concat_tables(
        [
            _with_stamps(existing, from_, to),
            _with_stamps(batch.take(added), begin[added], end[added]),
        ]
    ).sort_by(ORDER)
    new = len(added) - len(revised)
    return Merged(table, new, len(revised), int(same.sum()))


def said_again(
    before: pa.Table, batch: pa.Table, held_by: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """Which rows of ``batch`` say what the row ``held_by`` (-1: none) of ``before`` says."""
    same = np.zeros(batch.num_rows, dtype=bool)
    pairs = np.flatnonzero(held_by >= 0)
    same[pairs] = _equal(before.take(held_by[pairs]), batch.take(pairs))
    return same


def _ends(
    old: np.ndarray[Any, Any],
    place: np.ndarray[Any, Any],
    from_: np.ndarray[Any, Any],
    fresh: int,
    moment: int,
) -> np.ndarray[Any, Any]:
    """When a value that becomes known before the versions there are (backdated) stops holding."""
    end = np.full(fresh, OPEN, dtype=np.int64)
    later = np.flatnonzero((place[old] >= 0) & (from_ > moment))
    np.minimum.at(end, place[old[later]], from_[later])
    return end


def _group(existing: pa.Table, batch: pa.Table) -> np.ndarray[Any, Any]:
    """A number per distinct key over both tables, existing rows first."""
    columns = []
    for name in KEY:
        both = pa.chunked_array(
            [*existing[name].chunks, *batch[name].chunks], STORED.field(name).type
        )
        if pa.types.is_date32(both.type):
            both = both.cast(pa.int32())
        columns.append(both.to_numpy().astype(np.int64))
    code = np.zeros(existing.num_rows + batch.num_rows, dtype=np.int64)
    for column in columns:
        if not len(column):
            return code
        _, small = np.unique(column, return_inverse=True)
        code = code * (int(small.max()) + 1) + small
        _, code = np.unique(code, return_inverse=True)
    return code


def _equal(left: pa.Table, right: pa.Table) -> np.ndarray[Any, Any]:
    """Row by row, whether two tables say the same; nulls are equal to nulls."""
    equal = np.ones(left.num_rows, dtype=bool)
    for name in SAME:
        a, b = left[name].combine_chunks(), right[name].combine_chunks()
        same = pc.fill_null(pc.equal(a, b), False)
        both_null = pc.and_(pc.is_null(a), pc.is_null(b))
        equal &= pc.or_(same, both_null).to_numpy(zero_copy_only=False).astype(bool)
    return equal


def _stamps(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    """Microseconds since 1970; an open end is the largest number."""
    numbers = pc.fill_null(column.cast(pa.int64()), OPEN)
    return np.array(numbers.to_numpy(), dtype=np.int64)


def _with_stamps(
    table: pa.Table, from_: np.ndarray[Any, Any], to: np.ndarray[Any, Any]
) -> pa.Table:
    """The table with these validity intervals."""
    stamp = STORED.field("known_from").type
    begins = pa.array(from_, pa.int64()).cast(stamp)
    ends = pa.array(to, pa.int64(), mask=to == OPEN).cast(stamp)
    table = table.set_column(STORED.get_field_index("known_from"), "known_from", begins)
    return table.set_column(STORED.get_field_index("known_to"), "known_to", ends).cast(STORED)
