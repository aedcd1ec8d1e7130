"""Rows that belong together, numbered: whole columns at once, no Python object a row."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]


def numbered(table: pa.Table, names: Iterable[str]) -> Ints:
    """A number from 0 per distinct combination of the columns; nulls are equal to nulls."""
    return combined(codes(table[name]) for name in names)


def codes(column: pa.ChunkedArray) -> Ints:
    """A number per distinct value of a column."""
    encoded = column.combine_chunks().dictionary_encode("encode")
    return np.asarray(pc.cast(encoded.indices, pa.int64()).to_numpy())


def combined(columns: Iterable[Ints]) -> Ints:
    """A number from 0 per distinct combination of columns of numbers."""
    group: Ints | None = None
    for column in columns:
        _, small = np.unique(column, return_inverse=True)
        if group is None:
            group = small
        elif len(small):
            _, group = np.unique(group * (int(small.max()) + 1) + small, return_inverse=True)
    return np.zeros(0, dtype=np.int64) if group is None else group.astype(np.int64)
