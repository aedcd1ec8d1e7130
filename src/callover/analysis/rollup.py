"""Areas above the stored level: the sum of the areas that lie in them.

A sum is made of one level (of districts, else of wards, else of small areas) and only where every
child is known. Small areas of the street-crime data are the one exception that is none: a month
without a row is zero there if the force's file of that month is held (``street_coverage`` is 1),
and unknown otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from callover.analysis.gather import state_codes
from callover.domain.areas import AreaKind
from callover.domain.states import State

COVERAGE = "street_coverage"
GROUPED = ("source", "series", "kind", "start", "end")
_LEVELS = (AreaKind.CSP, AreaKind.DISTRICT, AreaKind.WARD, AreaKind.LSOA)
"""Of what a sum is made, the largest first."""

_PARTLY_COVERED = (AreaKind.FORCE, AreaKind.FIRE_AUTHORITY, AreaKind.GROUP)
"""Areas that hold more than any one source covers (airports, the City): the rest is summed."""

Supplied = Mapping[str, Collection[str]]
"""By source that says which months it covers, the series of which a covered month without a row
is zero."""


def rolled_up(
    rows: pa.Table,
    around: pa.Table,
    area: str,
    children: Mapping[str, AreaKind],
    parents: Mapping[str, frozenset[str]],
    supplied: Supplied,
) -> pa.Table:
    """Rows of ``area`` summed from the ``rows`` of its ``children`` (with their kinds).

    ``around`` holds the coverage of the forces; ``parents`` says who lies where.
    """
    rows = rows.filter(pc.equal(rows["measure"], "value"))
    made = [rows.slice(0, 0)]
    used: set[str] = set()
    for level in _LEVELS:
        inside = sorted(child for child, kind in children.items() if kind is level)
        found = rows.filter(_among(rows["area"], inside))
        found = found.filter(pc.invert(_among(found["source"], used)))
        if level is AreaKind.LSOA:
            sparse = {name: series for name, series in supplied.items() if name not in used}
            is_sparse = _among(found["source"], sparse)
            sums = _as_rows(_summed(found.filter(is_sparse)), area, rows.schema)
            made += [sums, _zeros(sums, around, area, inside, parents, sparse)]
            found = found.filter(pc.invert(is_sparse))
        if found.num_rows:
            need = 0 if AreaKind.of_code(area) in _PARTLY_COVERED else len(inside)
            made.append(_as_rows(_complete(_summed(found), found, need), area, rows.schema))
            used |= set(pc.unique(found["source"]).to_pylist())
    return pa.concat_tables(made)


def _among(column: pa.ChunkedArray, names: Collection[str]) -> pa.ChunkedArray:
    """Which texts are one of the names (there may be none)."""
    return pc.is_in(column, pa.array(sorted(names), pa.string()))


def _summed(inside: pa.Table) -> pa.Table:
    """One row for each source, series and period."""
    weakest = inside.append_column("weakness", _weakness(inside["state"]))
    return weakest.group_by(list(GROUPED), use_threads=False).aggregate(
        [("value", "sum"), ("value", "count"), ("known_from", "max"), ("weakness", "max")]
    )


def _weakness(states: pa.ChunkedArray) -> pa.Array:
    """State codes as numbers."""
    return pa.array(state_codes(states), pa.int64())


def _complete(sums: pa.Table, inside: pa.Table, need: int) -> pa.Table:
    """Only periods for which each child has a value: ``need`` of them, or each that the source
    covers where ``need`` is 0."""
    if need:
        return sums.filter(pc.equal(sums["value_count"], need))
    pairs = inside.select(["source", "series", "area"]).group_by(["source", "series", "area"])
    holders = pairs.aggregate([]).group_by(["source", "series"]).aggregate([("area", "count")])
    joined = sums.join(holders, ["source", "series"])
    return joined.filter(pc.equal(joined["value_count"], joined["area_count"]))


def _as_rows(sums: pa.Table, area: str, schema: pa.Schema) -> pa.Table:
    """Sums in the columns of a selection."""
    size = sums.num_rows
    states = [State.from_code(code).value for code in sums["weakness_max"].to_pylist()]
    given = {
        **{name: sums[name] for name in GROUPED},
        "value": sums["value_sum"],
        "known_from": sums["known_from_max"],
        "state": pa.array(states, pa.string()),
        "area": pa.array([area] * size, pa.string()),
        "measure": pa.array(["value"] * size, pa.string()),
        "peer_group": pa.array([""] * size, pa.string()),
        "note": pa.array(["sum of the areas in it"] * size, pa.string()),
    }
    columns = [given[f.name].cast(f.type) if f.name in given else pa.nulls(size, f.type)
               for f in schema]  # fmt: skip
    return pa.table(dict(zip(schema.names, columns, strict=True)), schema=schema)


def covered_zeros(
    own: pa.Table,
    around: pa.Table,
    area: str,
    parents: Mapping[str, frozenset[str]],
    supplied: Supplied,
) -> pa.Table:
    """Zeros of a small area for the covered months that its ``own`` rows leave out."""
    return _zeros(own, around, area, [area], parents, supplied)


def _zeros(
    made: pa.Table,
    around: pa.Table,
    area: str,
    inside: Collection[str],
    parents: Mapping[str, frozenset[str]],
    supplied: Supplied,
) -> pa.Table:
    """Covered months in which nothing happened, as zeros."""
    covered = around.filter(
        pc.and_(
            pc.equal(around["series"], COVERAGE),
            pc.and_(
                _among(around["area"], _above(inside, parents)), pc.equal(around["value"], 1.0)
            ),
        )
    )
    have = set(zip(*(made[name].to_pylist() for name in ("source", "series", "end")), strict=True))
    blanks = [
        {**row, "series": series, "value": 0.0, "area": area, "note": "", "row": None}
        for row in covered.to_pylist()
        for series in supplied.get(row["source"], ())
        if (row["source"], series, row["end"]) not in have
    ]
    return pa.Table.from_pylist(blanks, schema=made.schema)


def _above(children: Collection[str], parents: Mapping[str, frozenset[str]]) -> set[str]:
    """Every area above the children: their forces are among them."""
    found: set[str] = set()
    waiting = list(children)
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
