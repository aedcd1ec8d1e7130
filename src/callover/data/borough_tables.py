"""The Metropolitan Police's tables of boroughs: labels, then a column for each month (YYYYMM)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.delimited import TextTable, header_of, read_delimited, with_rows
from callover.data.london import BOROUGH_NAMES, METROPOLITAN_POLICE, borough_code
from callover.data.reader import ReadContext
from callover.data.tables import areas
from callover.data.wide import Cell, MonthMatrix, month_matrix
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault
from callover.domain.periods import Month

Lines = dict[Cell, list[int]]
"""The lines that make a series in an area."""


class BoroughTable:
    """Reads one of the tables: what differs is its labels and what its lines mean."""

    def __init__(
        self,
        reader_id: str,
        labels: tuple[str, ...],
        cells: Callable[[TextTable], tuple[Lines, list[Fault]]],
        result: Callable[[TextTable, MonthMatrix, Lines, list[Fault]], ReadResult],
    ) -> None:
        self.id = reader_id
        self.labels = labels
        self._cells = cells
        self._result = result

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header begins with the labels."""
        labels = tuple(label.lower() for label in self.labels)
        return not path.is_dir() and header_of(head)[: len(labels)] == labels

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Counts by series, borough and month; unknown names and odd cells are faults."""
        context.progress("reading the borough table", 0.0)
        source = with_rows(read_delimited(path, needs=self.labels))
        matrix = month_matrix(source, self.labels)
        cells, faults = self._cells(source)
        faults = [*source.faults, *matrix.faults, *faults]
        if not len(matrix.months):
            reason = "the table has no month columns, such as 201609"
            faults.append(Fault(source.name, 1, "", "", reason))
            return ReadResult(OBSERVATIONS.empty_table(), faults=tuple(faults))
        return self._result(source, matrix, cells, faults)


def area_of(name: str, beside: Mapping[str, AreaKind]) -> str | None:
    """The code of a borough; what lies in none keeps its name; None for another word."""
    return f"name:{name}" if name in beside else borough_code(name)


def all_lines(cells: Lines, faults: list[Fault]) -> Lines:
    """Every series in every place; the publisher leaves lines of zeros out.

    A line that could not be read is no line of zeros: then nothing is filled in.
    """
    series = {name for name, _ in cells}
    places = {area for _, area in cells}
    filled = set(cells) if faults else {(name, area) for name in series for area in places}
    return {cell: cells.get(cell, []) for cell in filled}


def table_areas(places: list[str], beside: Mapping[str, AreaKind]) -> pa.Table:
    """The places that stand in the file, and their force."""
    names = {code: BOROUGH_NAMES.get(code, code.removeprefix("name:")) for code in places}
    named = [(code, name, beside.get(name, AreaKind.DISTRICT)) for code, name in names.items()]
    return areas([*named, (METROPOLITAN_POLICE, "Metropolitan Police", AreaKind.FORCE)])


def span_words(source: TextTable, matrix: MonthMatrix, places: list[str]) -> str:
    """How many lines, boroughs and months were seen, without a full stop."""
    first, last = (Month(int(pick)) for pick in (matrix.months.min(), matrix.months.max()))
    boroughs = sum(1 for place in places if place in BOROUGH_NAMES)
    return (
        f"{source.table.num_rows:,} lines: {boroughs} boroughs, {len(matrix.months)} months, "
        f"{first} to {last}"
    )


def zero_words(whole: Lines) -> list[str]:
    """How many series of an area have no line."""
    zeros = sum(1 for rows in whole.values() if not rows)
    return [f"{zeros} series of an area have no line and are zero throughout."] if zeros else []
