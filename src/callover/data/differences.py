"""What a batch says otherwise than the values that hold now, row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from callover.data.contracts import KEY
from callover.data.grouping import numbered
from callover.data.rows import said_again


@dataclass(frozen=True, slots=True)
class Differences:
    """Rows of a batch that are new, those that revise, and beside each of these what held before.

    ``was`` has as many rows as ``revised``, in the same order.
    """

    new: pa.Table
    revised: pa.Table
    was: pa.Table
    unchanged: int


def differences(before: pa.Table, batch: pa.Table) -> Differences:
    """Hold ``batch`` against ``before`` (both with the columns of ``contracts``, a row per key)."""
    place = numbered(pa.concat_tables([before.select(KEY), batch.select(KEY)]), KEY)
    old, fresh = place[: before.num_rows], place[before.num_rows :]
    held_by = np.full(int(place.max(initial=-1)) + 1, -1)
    held_by[old] = np.arange(len(old))
    held = held_by[fresh]
    same = said_again(before, batch, held)
    new, revised = np.flatnonzero(held < 0), np.flatnonzero((held >= 0) & ~same)
    return Differences(
        batch.take(new), batch.take(revised), before.take(held[revised]), int(same.sum())
    )
