"""An invented table of small-area crime counts in the store's own layout.

14 series × 72 months × 4,835 small areas in 33 districts. A district misses a month now and then
and single cells are missing, which leaves 4.66 million cells; every cell was revised nought to five
times, which makes 13.5 million rows. ``MOMENT`` lies between revisions: as known then, about
a third of the rows hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from callover.data.rows import STORED
from callover.domain.periods import Month

SERIES, MONTHS, AREAS, DISTRICTS = 14, 72, 4835, 33
FIRST = Month.of(2012, 4)
MOMENT = datetime(2019, 1, 1, tzinfo=UTC)
ROWS, CELLS = 13_500_000, 4_660_000
SEED = 20160930
_DAY = 86_400_000_000
_OPEN = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Scene:
    """Where the table lies and who lives where. ``district`` and ``residents`` are per area."""

    files: tuple[Path, ...]
    district: np.ndarray
    residents: np.ndarray
    cells: int
    rows: int


def districts() -> np.ndarray:
    """District of each area; areas of a district stand together."""
    return np.sort(np.arange(AREAS) * DISTRICTS // AREAS)


def residents(rng: np.random.Generator) -> np.ndarray:
    """Residents of each area, about 1,700."""
    return rng.integers(1000, 2600, AREAS).astype(np.float64)


def held_cells(rng: np.random.Generator) -> np.ndarray:
    """Which cells are held, series × month × area."""
    supplied = rng.random((MONTHS, DISTRICTS)) > 0.04
    held = np.broadcast_to(supplied[:, districts()], (SERIES, MONTHS, AREAS)).copy()
    held &= rng.random(held.shape) > 0.0005
    surplus = int(held.sum()) - CELLS
    if surplus > 0:
        flat = np.flatnonzero(held)
        held.reshape(-1)[rng.choice(flat, surplus, replace=False)] = False
    return held


def write(folder: Path) -> Scene:
    """Write the table to ``folder``, a file per financial year, sorted as the store sorts."""
    rng = np.random.default_rng(SEED)
    people = residents(rng)
    held = held_cells(rng)
    cells = int(held.sum())
    versions = 1 + rng.binomial(5, (ROWS / cells - 1) / 5, cells)
    cell = np.repeat(np.flatnonzero(held), versions)
    number = np.arange(len(cell)) - np.repeat(np.cumsum(versions) - versions, versions)
    table = _columns(rng, cell, number, np.repeat(versions, versions))
    files = []
    for year in range(MONTHS // 12):
        rows = np.flatnonzero((table["month"] - FIRST.index) // 12 == year)
        files.append(_write_year(folder / f"fy={FIRST.year + year}.parquet", table, rows))
    return Scene(tuple(files), districts(), people, cells, len(cell))


def _columns(
    rng: np.random.Generator, cell: np.ndarray, number: np.ndarray, versions: np.ndarray
) -> dict[str, np.ndarray]:
    """What changes from row to row. Versions of a cell follow one another without a gap.

    The first version is known before MOMENT, the last may come after it.
    """
    month = FIRST.index + cell // AREAS % MONTHS
    stamp = int(MOMENT.timestamp() * 1e6)
    known = stamp - 400 * _DAY + number * 130 * _DAY
    last = number == versions - 1
    until = np.where(last, _OPEN, known + 130 * _DAY)
    level = rng.gamma(1.2, 3.0, SERIES)
    value = rng.poisson(level[cell // (AREAS * MONTHS)]).astype(np.float64)
    return {
        "series": cell // (AREAS * MONTHS), "month": month, "area": cell % AREAS,
        "value": value, "known_from": known, "known_to": until,
    }  # fmt: skip


def _write_year(path: Path, table: dict[str, np.ndarray], rows: np.ndarray) -> Path:
    """One financial year with all the store's columns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = len(rows)
    month = table["month"][rows]
    start = (month - 1970 * 12).astype("datetime64[M]")
    end = (start + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    until = table["known_to"][rows]
    given = {
        **{name: table[name][rows] for name in ("series", "month", "area", "value")},
        "source": np.zeros(size), "kind": np.zeros(size), "measure": np.zeros(size),
        "peer_group": np.zeros(size), "state": np.zeros(size), "import": np.zeros(size),
        "start": start.astype("datetime64[D]"), "end": end,
        "note": pa.array([""]).take(pa.array(np.zeros(size, np.int8))),
    }  # fmt: skip
    columns = []
    for field in STORED:
        if field.name == "known_from":
            columns.append(pa.array(table["known_from"][rows]).cast(field.type))
        elif field.name == "known_to":
            columns.append(pa.array(until, mask=until == _OPEN).cast(field.type))
        elif field.name in given:
            columns.append(pa.array(given[field.name]).cast(field.type))
        else:
            columns.append(pa.nulls(size, field.type))
    pq.write_table(pa.Table.from_arrays(columns, schema=STORED), path, compression="zstd")
    return path
