"""One way to measure the small-area table, run and timed: ``-m bench.cube_work WAY DIR``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.cost import report
from bench.invented import MOMENT, SERIES
from callover.analysis.bulk import Places, counts_from
from callover.analysis.bulk_files import write_measures
from callover.data.engine import Engine

THREADS = 2
OURS = "callover"
PEERS = ("bare_group", "by_duckdb", "by_polars", "by_pandas")


def places_file(folder: Path) -> Path:
    """Where area, district and residents stand."""
    return folder / "places.parquet"


def write_places(folder: Path, district: np.ndarray, residents: np.ndarray) -> None:
    """Area, district and residents for every way alike."""
    columns = {
        "area": pa.array(np.arange(len(district), dtype=np.int32)),
        "district": pa.array(district.astype(np.int32)),
        "residents": pa.array(residents),
    }
    pq.write_table(pa.table(columns), places_file(folder))


def read_places(folder: Path) -> Places:
    """The same as our own work takes it."""
    table = pq.read_table(places_file(folder))
    return Places(table["residents"].to_numpy(), table["district"].to_numpy().astype(np.int64))


def stored_files(folder: Path) -> list[Path]:
    """The stored table."""
    return sorted(folder.glob("fy=*.parquet"))


def out_of(folder: Path, way: str) -> Path:
    """Where a way writes."""
    return folder / f"out-{way}"


def ours(folder: Path) -> None:
    """Engine, cube, measures, a thread a series."""
    places = read_places(folder)
    counts = counts_from(Engine(THREADS), stored_files(folder), SERIES, places, MOMENT)
    write_measures(counts, out_of(folder, OURS), THREADS)


def work_of(way: str, folder: Path) -> Callable[[], None]:
    """The work of a way; a peer's tool is imported here, before the clock starts."""
    if way == OURS:
        return lambda: ours(folder)
    peer = getattr(import_module("bench.peers"), way)
    files, places, out = stored_files(folder), places_file(folder), out_of(folder, way)
    return lambda: peer(files, places, out)


def write_sample(folder: Path) -> None:
    """A few thousand rows of the table in a folder of their own, to warm up on."""
    sample = sample_of(folder)
    sample.mkdir()
    first = stored_files(folder)[0]
    pq.write_table(pq.read_table(first).slice(0, 5000), sample / first.name)
    shutil.copy(places_file(folder), places_file(sample))


def sample_of(folder: Path) -> Path:
    """Where that sample lies."""
    return folder / "sample"


def main() -> None:
    """Run the way named on the command line, on the sample first: then all modules are loaded."""
    way, folder = sys.argv[1], Path(sys.argv[2])
    shutil.rmtree(out_of(folder, way), ignore_errors=True)
    work_of(way, sample_of(folder))()
    report(work_of(way, folder))


if __name__ == "__main__":
    main()
