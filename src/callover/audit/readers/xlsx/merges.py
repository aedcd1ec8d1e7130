"""Merged cells of a sheet, asked for row by row from the top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Range = tuple[int, int, int, int]
"""Top, left, bottom, right; rows and columns count from 1."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged cell: its last row, and its columns."""

    bottom: int
    columns: range


class Merges:
    """Merged cells whose first cell holds something, by row and column of that cell."""

    def __init__(self, ranges: Sequence[Range], filled: Mapping[int, Mapping[int, object]]) -> None:
        self._by_row: dict[int, dict[int, Merge]] = defaultdict(dict)
        for top, left, bottom, right in ranges:
            if left in filled.get(top, {}):
                self._by_row[top][left] = Merge(bottom, range(left, right + 1))
        self._open: list[Merge] = []
        self.hidden = 0
        """Cells with content that merged cells cover, so that the sheet does not show them."""

    def beginning(self, row: int) -> dict[int, Merge]:
        """The merged cells that begin in a row, by column."""
        return self._by_row.get(row, {})

    def reach(self, row: int) -> int:
        """The last row that merged cells beginning in ``row`` reach."""
        return max((each.bottom for each in self.beginning(row).values()), default=row)

    def covered(self, row: int) -> list[range]:
        """Columns that merged cells from above cover; rows are to be asked for in order."""
        self._open = [each for each in self._open if each.bottom >= row]
        found = [each.columns for each in self._open]
        self._open += self.beginning(row).values()
        return found
