"""All measures of every area, series and month at once, as Parquet: for small areas.

The engine scans and filters as known at a moment; counts land in a dense cube by their integer
keys; then ``bulk_files`` takes a series a thread: potentials, measures, ranks within groups of
areas, one Parquet file. The measures are those of ``measures`` and ``compare``, not others.

The cube is laid out series × group × month × area of the group, so that a block of one series and
one group lies together and fits a processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from callover.analysis import compare, measures
from callover.analysis.arrays import Index, Numbers
from callover.analysis.cube import running
from callover.data.engine import Engine
from callover.domain.periods import Month

MEASURED = (
    "month_count", "ytd", "ytd_previous", "ytd_change", "ytd_change_pct", "rolling12",
    "rolling12_previous", "rolling12_change", "rolling12_change_pct", "share", "rate", "rank",
    "average",
)  # fmt: skip
"""The columns beside series, month and area; ``month_count`` is the measure ``month``."""

COUNTED = (
    "month_count", "ytd", "ytd_previous", "ytd_change", "rolling12", "rolling12_previous",
    "rolling12_change", "rank",
)  # fmt: skip
"""Columns that are whole numbers where all counts are; they are then written as integers."""

_BATCH = 65_536


@dataclass(frozen=True)
class Places:
    """What is known of areas by their integer key: residents, and the group they rank in.

    Areas of a group stand together: ``group`` never falls.
    """

    residents: Numbers
    group: Index

    def __post_init__(self) -> None:
        if np.any(np.diff(self.group) < 0):
            raise ValueError("areas of one group must stand together")

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """The stretch of areas of each group."""
        cuts = [0, *(np.flatnonzero(np.diff(self.group)) + 1).tolist(), len(self.group)]
        return tuple(slice(a, b) for a, b in pairwise(cuts))

    @cached_property
    def begins(self) -> Index:
        """For each area the first area of its group."""
        return np.repeat([s.start for s in self.slices], self.widths_of_groups).astype(np.int64)

    @cached_property
    def widths(self) -> Index:
        """For each area the number of areas in its group."""
        sizes = self.widths_of_groups
        return np.repeat(sizes, sizes).astype(np.int64)

    @property
    def widths_of_groups(self) -> list[int]:
        """Number of areas in each group."""
        return [s.stop - s.start for s in self.slices]


@dataclass(frozen=True)
class Counts:
    """Counts of single months, NaN where none: series × (group × month × area of the group)."""

    first: Month
    months: int
    value: Numbers
    places: Places
    integral: bool  # every count is a whole number, and sums of twelve fit 32 bits

    @cached_property
    def whole(self) -> Numbers:
        """The sum of all series, known where every series is; laid out as one series."""
        total: Numbers = self.value[0].copy()
        for each in self.value[1:]:
            total += each
        return total

    def blocks(self, flat: Numbers) -> Iterator[tuple[slice, Numbers]]:
        """Each group's stretch of a series, and the same as month × area."""
        for members in self.places.slices:
            place = slice(members.start * self.months, members.stop * self.months)
            yield place, flat[place].reshape(self.months, -1)


def counts_from(
    engine: Engine,
    files: Sequence[Path],
    series: int,
    places: Places,
    moment: datetime | None = None,
) -> Counts:
    """The dense cube of stored month counts as known at ``moment``; rows of one cell are added.

    ``files`` are those of one source; ``series`` is how many integer keys of series there are.
    """
    table = engine.monthly_counts(files, moment)
    first, months = _span(table["month"])
    areas = len(places.group)
    # place of a cell: series, then its group's block, then month, then area within the group
    base = places.begins * months + np.arange(areas) - places.begins
    value = np.zeros(series * months * areas)
    held = np.zeros(len(value), dtype=bool)
    integral = True
    for batch in table.to_batches(max_chunksize=_BATCH):
        area = batch["area"].to_numpy()
        code = base[area] + (batch["month"].to_numpy() - first) * places.widths[area]
        code += batch["series"].to_numpy().astype(np.int64) * (months * areas)
        counted = batch["value"].to_numpy()
        integral = integral and _whole(counted)
        np.add.at(value, code, counted)
        held[code] = True
    value[~held] = np.nan
    return Counts(Month(first), months, value.reshape(series, -1), places, integral)


def _whole(values: Numbers) -> bool:
    """Whether all are whole numbers whose sums over months stay within 32 bits."""
    return bool((values == np.rint(values)).all()) and np.abs(values).max(initial=0) < 2**26


def _span(column: pa.ChunkedArray) -> tuple[int, int]:
    """First month index, and how many months there are."""
    chunks = [chunk.to_numpy() for chunk in column.chunks if len(chunk)]
    if not chunks:
        raise ValueError("no month count is held")
    first = min(int(chunk.min()) for chunk in chunks)
    return first, max(int(chunk.max()) for chunk in chunks) - first + 1


def block_measures(
    month: Numbers, whole: Numbers, residents: Numbers, first: Month, per: float
) -> dict[str, Numbers]:
    """Every measure of one series in one group, month × area. ``whole`` counts all series."""
    potential, component = running(month)
    ytd = measures.ytd(potential, component, first)
    rolling12 = measures.rolling12(potential, component)
    rate = measures.rate(rolling12, residents, per)
    return {
        "month_count": month,
        **_compared("ytd", ytd),
        **_compared("rolling12", rolling12),
        "share": measures.share(rolling12, whole),
        "rate": rate,
        "rank": compare.rank(rate),
        "average": np.broadcast_to(compare.average(rate)[:, None], rate.shape),
    }


def _compared(name: str, now: Numbers) -> dict[str, Numbers]:
    """A count with the year before, the change and the change in per cent."""
    before = measures.previous(now)
    return {
        name: now,
        f"{name}_previous": before,
        f"{name}_change": measures.change(now, before),
        f"{name}_change_pct": measures.change_pct(now, before),
    }
