"""Areas above the stored level: the sum of the areas that lie in them.

A sum is made only where every child is known. Small areas of the street-crime data are the one
exception that is none: a month without a row is zero there if the force's file of that month is
held (``street_coverage`` is 1), and unknown otherwise.
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


def rolled_up(
    rows: pa.Table,
    around: pa.Table,
    area: str,
    children: Collection[str],
    parents: Mapping[str, frozenset[str]],
) -> pa.Table:
    """Rows of ``area`` summed from the ``rows`` of its ``children``.

    ``around`` holds the coverage of the forces; ``parents`` says who lies where.
    """
    inside = rows.filter(pc.is_in(rows["area"], pa.array(sorted(children), pa.string())))
    inside = inside.filter(pc.equal(inside["measure"], "value"))
    if not inside.num_rows:
        return inside
    sparse = all(AreaKind.of_code(child) is AreaKind.LSOA for child in children)
    sums = _summed(inside)
    if not sparse:
        sums = _complete(sums, inside)
    made = _as_rows(sums, area, inside.schema)
    return _with_zeros(made, around, children, parents) if sparse else made


def _summed(inside: pa.Table) -> pa.Table:
    """One row for each source, series and period."""
    weakest = inside.append_column("weakness", _weakness(inside["state"]))
    return weakest.group_by(list(GROUPED), use_threads=False).aggregate(
        [("value", "sum"), ("value", "count"), ("known_from", "max"), ("weakness", "max")]
    )


def _weakness(states: pa.ChunkedArray) -> pa.Array:
    """State codes as numbers."""
    return pa.array(state_codes(states), pa.int64())


def _complete(sums: pa.Table, inside: pa.Table) -> pa.Table:
    """Only periods for which each child that the source covers has a value."""
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


def _with_zeros(
    made: pa.Table,
    around: pa.Table,
    children: Collection[str],
    parents: Mapping[str, frozenset[str]],
) -> pa.Table:
    """Covered months in which nothing happened, as zeros."""
    forces = _forces(children, parents)
    covered = around.filter(
        pc.and_(
            pc.equal(around["series"], COVERAGE),
            pc.and_(pc.is_in(around["area"], pa.array(sorted(forces), pa.string())),
                    pc.equal(around["value"], 1.0)),
        )
    )  # fmt: skip
    have = set(zip(*(made[name].to_pylist() for name in ("source", "series", "end")), strict=True))
    blanks = [
        {**row, "series": series, "value": 0.0, "area": made["area"][0].as_py(), "note": ""}
        for row in covered.to_pylist()
        for series in pc.unique(made["series"]).to_pylist()
        if (row["source"], series, row["end"]) not in have and series != COVERAGE
    ]
    return pa.concat_tables([made, pa.Table.from_pylist(blanks, schema=made.schema)])


def _forces(children: Collection[str], parents: Mapping[str, frozenset[str]]) -> set[str]:
    """Every area above the children: the forces are among them."""
    found: set[str] = set()
    waiting = list(children)
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
