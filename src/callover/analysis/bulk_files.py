"""The measures of many small areas written as Parquet: a file and a thread for each series."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from callover.analysis.arrays import Index, Numbers
from callover.analysis.bulk import COUNTED, MEASURED, Counts, block_measures
from callover.analysis.cube import running
from callover.analysis.measures import rolling12

KEYS = ("series", "month", "area")

_ALWAYS = {*KEYS, "month_count"}
"""Columns without a gap: a row stands for a count that is held."""

_REPEATING = (
    "ytd_change", "ytd_change_pct", "rolling12_change", "rolling12_change_pct", "share",
)  # fmt: skip
"""Columns that a dictionary writes fastest or far smaller; the others are split by byte."""

_PAGE_STEP = 4096  # values encoded at a time: what a cache holds (the default is 1024)

Keys = npt.NDArray[np.int32]


def write_measures(counts: Counts, out: Path, threads: int = 2, per: float = 1000) -> list[Path]:
    """A Parquet file a series (zstd) with a row for every count held. Missing is NULL, not NaN."""
    out.mkdir(parents=True, exist_ok=True)
    writer = Writer(counts, out, per)
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(writer.write, range(len(counts.value))))


class Buffers:
    """A thread's own columns, filled anew for each series: making them costs more than filling.

    They are filled block by block, while the block's measures still lie in the processor's cache.
    """

    def __init__(self, size: int, integral: bool) -> None:
        """Room for ``size`` cells of every measure."""
        self._value = {
            name: np.empty(size, dtype=np.int32 if integral and name in COUNTED else np.float64)
            for name in MEASURED
        }
        self._held = {name: np.empty(size, dtype=bool) for name in MEASURED}

    def put(self, name: str, rows: slice, values: Numbers) -> None:
        """Values of a measure, NaN for none, as ``rows`` of its column."""
        np.equal(values, values, out=self._held[name][rows])  # only NaN differs from itself
        self._value[name][rows] = values

    def column(self, name: str, size: int) -> pa.Array:
        """The first ``size`` rows, NULL for none; it lasts until the next series."""
        value = self._value[name][:size]
        held = np.packbits(self._held[name][:size], bitorder="little")
        buffers = [pa.py_buffer(held), pa.py_buffer(value)]
        return pa.Array.from_buffers(pa.from_numpy_dtype(value.dtype), size, buffers)


class Writer:
    """Writes the measures of one series after another."""

    def __init__(self, counts: Counts, out: Path, per: float = 1000) -> None:
        self.counts, self.out, self.per = counts, out, per
        blocks = counts.blocks(counts.whole)
        self.totals = [rolling12(*running(whole)) for _, whole in blocks]
        self.month, self.area = self._keys()
        self._own = local()

    def _keys(self) -> tuple[Keys, Keys]:
        """Month and area of every cell of a series."""
        months, places = self.counts.months, self.counts.places
        month, area = [], []
        for members in places.slices:
            width = members.stop - members.start
            month.append(np.repeat(np.arange(months), width))
            area.append(np.tile(np.arange(members.start, members.stop), months))
        keys = np.concatenate(month) + self.counts.first.index, np.concatenate(area)
        return keys[0].astype(np.int32), keys[1].astype(np.int32)

    def write(self, series: int) -> Path:
        """One series' file: a row for every count that is held."""
        flat = self.counts.value[series]
        held = np.flatnonzero(~np.isnan(flat))
        buffers = self._buffers(len(flat))
        self._measure(flat, held, buffers)
        keys = np.full(len(held), series, dtype=np.int32), self.month[held], self.area[held]
        columns = [*map(pa.array, keys), *(buffers.column(name, len(held)) for name in MEASURED)]
        path = self.out / f"series={series}.parquet"
        _write(path, columns)
        return path

    def _measure(self, flat: Numbers, held: Index, buffers: Buffers) -> None:
        """Every measure of a series, block after block."""
        counts = self.counts
        blocks = zip(counts.blocks(flat), counts.places.slices, self.totals, strict=True)
        for (place, month), members, total in blocks:
            residents = counts.places.residents[members]
            rows = slice(*np.searchsorted(held, (place.start, place.stop)).tolist())
            inside = held[rows] - place.start
            for name, values in block_measures(
                month, total, residents, counts.first, self.per
            ).items():
                with np.errstate(invalid="ignore"):  # NaN has no integer; it is NULL
                    buffers.put(name, rows, values.reshape(-1).take(inside))

    def _buffers(self, size: int) -> Buffers:
        if not hasattr(self._own, "buffers"):
            self._own.buffers = Buffers(size, self.counts.integral)
        found: Buffers = self._own.buffers
        return found


def _write(path: Path, columns: Sequence[pa.Array]) -> None:
    names = (*KEYS, *MEASURED)
    schema = pa.schema(
        [
            pa.field(name, column.type, nullable=name not in _ALWAYS)
            for name, column in zip(names, columns, strict=True)
        ]
    )
    pq.write_table(
        pa.Table.from_arrays(list(columns), schema=schema),
        path,
        compression="zstd",
        use_dictionary=list(_REPEATING),
        column_encoding={name: "BYTE_STREAM_SPLIT" for name in names if name not in _REPEATING},
        write_statistics=False,
        write_batch_size=_PAGE_STEP,
    )
