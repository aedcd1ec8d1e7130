"""What a source's current values will be once a batch is stored, before it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from callover.data.contracts import KEY
from callover.data.grouping import numbered
from callover.data.rows import said_again


@dataclass(frozen=True, slots=True)
class Overlay:
    """The values that will hold, and those of before that will not."""

    after: pa.Table
    replaced: pa.Table


def overlay(before: pa.Table, batch: pa.Table) -> Overlay:
    """Lay ``batch`` over ``before`` (the same columns, one row per key).

    As in the store, a value that says the same as before changes nothing.
    """
    place = numbered(pa.concat_tables([before.select(KEY), batch.select(KEY)]), KEY)
    old, new = place[: before.num_rows], place[before.num_rows :]
    held_by = np.full(int(place.max(initial=-1)) + 1, -1)
    held_by[old] = np.arange(len(old))
    held = held_by[new]
    same = said_again(before, batch, held)
    gone = np.zeros(len(old), dtype=bool)
    gone[held[(held >= 0) & ~same]] = True
    after = pa.concat_tables([before.filter(pa.array(~gone)), batch.filter(pa.array(~same))])
    return Overlay(after, before.filter(pa.array(gone)))
