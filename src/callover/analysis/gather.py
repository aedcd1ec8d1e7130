"""From observations to a cube: the one place that knows how stored rows become arrays.

Rows come as an Arrow table with the columns of ``contracts.OBSERVATIONS``, ``source`` and
``known_from`` (a timestamp). Single months fill ``value``; every printed sum over months becomes an
edge between two month boundaries. Percentages never become edges: they never add.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callover.analysis.arrays import Index
from callover.analysis.cube import Cube, Key, empty_cube, running
from callover.data.potentials import Edge, solve
from callover.domain.periods import Month, PeriodKind
from callover.domain.states import State

SUM_KINDS = tuple(kind.value for kind in PeriodKind if kind.is_sum)
_STATE_CODES = {state.value: state.code for state in State}
_EPOCH = 1970 * 12


@dataclass(frozen=True)
class Rows:
    """Month sums of a selection as parallel arrays; ``first`` and ``after`` are boundaries."""

    key: Index
    area: Index
    kind: np.ndarray[tuple[int, ...], np.dtype[np.object_]]
    first: Index
    after: Index
    value: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    state: Index
    known: Index

    def __len__(self) -> int:
        return len(self.key)


def sums_only(table: pa.Table) -> pa.Table:
    """The rows that are counts over months (no published rates, ranks or snapshots)."""
    is_sum = pc.is_in(table["kind"], pa.array(SUM_KINDS))
    return table.filter(pc.and_(is_sum, pc.equal(table["measure"], "value")))


def cube_of(table: pa.Table, never_added: Collection[str] = ()) -> Cube | None:
    """The cube of a selection; None where it holds no count over months.

    ``never_added`` are the series that count percentages: only their single months are taken.
    """
    table = sums_only(table)
    if not table.num_rows:
        return None
    keys, key = _keys(table)
    areas = table["area"].combine_chunks().dictionary_encode()
    first, after = _boundaries(table["start"], 0), _boundaries(table["end"], 1)
    start = int(first.min())
    rows = Rows(
        key=key,
        area=areas.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        kind=np.asarray(table["kind"].to_pylist(), dtype=object),
        first=first - start,
        after=after - start,
        value=_floats(table["value"]),
        state=state_codes(table["state"]),
        known=_seconds(table["known_from"]),
    )
    months = int(after.max()) - start
    blank = empty_cube(keys, Month(start), months, tuple(areas.dictionary.to_pylist()))
    adding = np.array([series not in never_added for _, series in keys])
    return _filled(blank, rows, adding)


def _keys(table: pa.Table) -> tuple[tuple[Key, ...], Index]:
    """The distinct (source, series) of a table, and which of them each row belongs to."""
    source = table["source"].combine_chunks().dictionary_encode()
    series = table["series"].combine_chunks().dictionary_encode()
    width = len(series.dictionary)
    packed = source.indices.to_numpy(zero_copy_only=False).astype(np.int64) * width
    packed += series.indices.to_numpy(zero_copy_only=False)
    found, place = np.unique(packed, return_inverse=True)
    sources, names = source.dictionary.to_pylist(), series.dictionary.to_pylist()
    return tuple((sources[c // width], names[c % width]) for c in found), place.astype(np.int64)


def _boundaries(days: pa.ChunkedArray, add: int) -> Index:
    """Month index of each day, plus ``add``."""
    months = days.to_numpy().astype("datetime64[M]").astype(np.int64)
    return np.asarray(months + _EPOCH + add, dtype=np.int64)


def _floats(column: pa.ChunkedArray) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """A nullable column with NaN for null."""
    return np.asarray(column.to_numpy(), dtype=np.float64)


def state_codes(column: pa.ChunkedArray) -> Index:
    """State codes of a column of state names."""
    encoded = column.combine_chunks().dictionary_encode()
    codes = np.array([_STATE_CODES[name] for name in encoded.dictionary.to_pylist()])
    return np.asarray(codes[encoded.indices.to_numpy(zero_copy_only=False)], dtype=np.int64)


def _seconds(column: pa.ChunkedArray) -> Index:
    """Timestamps as seconds since 1970."""
    stamps = column.cast(pa.timestamp("us")).to_numpy().astype("datetime64[s]")
    return np.asarray(stamps.astype(np.int64))


def _filled(
    blank: Cube, rows: Rows, adding: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> Cube:
    """The cube with everything that the rows say."""
    single = rows.after - rows.first == 1
    at = (rows.key[single], rows.first[single], rows.area[single])
    blank.value[at] = rows.value[single]
    blank.state[at] = rows.state[single]
    np.maximum.at(blank.known, (rows.key, rows.after - 1, rows.area), rows.known)
    np.maximum.accumulate(blank.known, axis=1, out=blank.known)
    potential, component = running(blank.value)
    blank.potential[:], blank.component[:] = potential, component
    blank.component[~adding] = np.arange(blank.months + 1, dtype=np.int32)[:, None]
    blank.weakest[:] = np.where(blank.state <= State.ESTIMATED.code, blank.state, 0).max(axis=1)
    for i in np.flatnonzero(~single & np.isnan(rows.value)):
        _note_printed(blank, rows, int(i))  # withheld, late …: why there is no sum
    _solve_all(blank, rows, np.flatnonzero(~single & adding[rows.key] & ~np.isnan(rows.value)))
    return blank


def _solve_all(cube: Cube, rows: Rows, sums: Index) -> None:
    """Potentials of every series and area for which a sum over several months was printed."""
    by_place: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i in sums:
        by_place[int(rows.key[i]), int(rows.area[i])].append(int(i))
    for (key, area), places in by_place.items():
        _solve_one(cube, rows, key, area, places)


def _solve_one(cube: Cube, rows: Rows, key: int, area: int, sums: list[int]) -> None:
    """Potentials of one series in one area; fills months that follow from printed sums."""
    months = cube.value[key, :, area]
    edges = [
        Edge(int(m), int(m) + 1, float(months[m]), PeriodKind.MONTH)
        for m in np.flatnonzero(~np.isnan(months))
    ]
    edges += [
        Edge(int(rows.first[i]), int(rows.after[i]), float(rows.value[i]), PeriodKind(rows.kind[i]))
        for i in sums
    ]
    solved = solve(edges, cube.months + 1)
    potential = np.asarray(solved.potential, dtype=np.float64)
    component = np.asarray(solved.component, dtype=np.int32)
    cube.potential[key, :, area], cube.component[key, :, area] = potential, component
    cube.weakest[key, area] = max(int(cube.weakest[key, area]), *(int(rows.state[i]) for i in sums))
    joined = (component[1:] == component[:-1]) & np.isnan(months)
    cube.value[key, joined, area] = np.diff(potential)[joined]
    cube.state[key, joined, area] = max(State.DERIVED.code, int(cube.weakest[key, area]))
    for i in sums:
        _mark_printed(cube, rows, i)


def _mark_printed(cube: Cube, rows: Rows, i: int) -> None:
    """Remember that a year to date or twelve months was printed as such, if it agrees."""
    key, area, first, after = rows.key[i], rows.area[i], rows.first[i], rows.after[i]
    implied = cube.potential[key, after, area] - cube.potential[key, first, area]
    if cube.component[key, after, area] != cube.component[key, first, area]:
        return
    if abs(implied - rows.value[i]) > 1e-6:
        return
    _note_printed(cube, rows, i)


def _note_printed(cube: Cube, rows: Rows, i: int) -> None:
    """The state of a printed year to date or twelve months, with a value or without."""
    key, area, first, after = rows.key[i], rows.area[i], rows.first[i], rows.after[i]
    begins_april = (cube.first.index + first) % 12 == 3
    if begins_april and after - first <= 12:
        cube.printed_ytd[key, after - 1, area] = rows.state[i]
    if after - first == 12:
        cube.printed_year[key, after - 1, area] = rows.state[i]
