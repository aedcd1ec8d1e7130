"""Columns of few distinct texts, held as the texts and a number for each row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from callover.data.delimited import TextTable

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """The distinct texts of a column, and which of them stands in each row."""

    words: list[str]
    codes: Ints

    def where(self, test: Callable[[str], object]) -> Mask:
        """The rows whose text passes; each distinct text is looked at once."""
        passes = np.fromiter((bool(test(word)) for word in self.words), dtype=bool)
        return passes[self.codes] if len(self.codes) else np.zeros(0, dtype=bool)

    def equal(self, text: str) -> Mask:
        """The rows that hold just this text."""
        return self.where(lambda word: word == text)


def coded(source: TextTable, column: str) -> Coded:
    """A column that was read as ``repeated``."""
    cells = source.column(column)
    if not len(cells):
        return Coded([], np.empty(0, np.int64))
    whole = cells.chunk(0)
    return Coded(whole.dictionary.to_pylist(), whole.indices.to_numpy().astype(np.int64))
