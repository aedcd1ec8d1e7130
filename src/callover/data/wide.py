"""Tables with a column for each month, turned into observations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from callover.data.cells import count_faults, counts
from callover.data.delimited import TextTable
from callover.data.tables import month_dates, observations, words
from callover.domain.errors import Fault
from callover.domain.periods import Month
from callover.domain.states import State

_YYYYMM = re.compile(r"(\d{4})(\d{2})")

Cell = tuple[str, str]
"""A series and an area."""


@dataclass(frozen=True)
class MonthMatrix:
    """Counts by line of the file and month. ``value`` is lines × months, NaN where there is none;
    ``months`` holds ``Month.index``."""

    months: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    faults: tuple[Fault, ...]

    @property
    def gaps(self) -> tuple[Month, ...]:
        """Months between the first and the last for which there is no column."""
        have = set(self.months.tolist())
        return tuple(Month(i) for i in range(min(have), max(have) + 1) if i not in have)


def month_of_heading(text: str) -> Month | None:
    """The month of a heading such as ``201609``; None where it is none."""
    match = _YYYYMM.fullmatch(text.strip())
    if match is None or not 1900 <= int(match[1]) < 2200 or not 1 <= int(match[2]) <= 12:
        return None
    return Month.of(int(match[1]), int(match[2]))


def month_matrix(source: TextTable, labels: Sequence[str]) -> MonthMatrix:
    """All columns but ``labels`` as months; a heading that is no month is a fault, as is a cell
    that is no count."""
    faults: list[Fault] = []
    months: list[int] = []
    values: list[npt.NDArray[np.float64]] = []
    for heading in source.table.column_names:
        month = month_of_heading(heading)
        if month is not None:
            read = counts(source.table.column(heading))
            faults += count_faults(source, heading, read)
            months.append(month.index)
            values.append(read.value)
        elif heading not in labels:
            remedy = "Columns beside the labels are months, such as 201609."
            faults.append(Fault(source.name, 1, heading, heading, "is no month", remedy))
    matrix = np.column_stack(values) if values else np.empty((source.table.num_rows, 0))
    return MonthMatrix(np.array(months, dtype=np.int64), matrix, tuple(faults))


def month_observations(
    cells: Mapping[Cell, Sequence[int]],
    matrix: MonthMatrix,
    lines: npt.NDArray[np.int32],
    notes: Mapping[str, str],
) -> pa.Table:
    """One observation a cell and month: the sum of the cell's lines (missing if one is missing).

    A cell without lines is zero: the publisher leaves out lines that hold zeros only. ``notes``
    are by series. The line is named where there is just one.
    """
    keys = sorted(cells)
    value = np.array([matrix.value[list(cells[key])].sum(axis=0) for key in keys])
    value = value.reshape(len(keys), len(matrix.months))
    one_line = [int(lines[cells[key][0]]) if len(cells[key]) == 1 else None for key in keys]
    note = [_note(notes.get(key[0], ""), not cells[key]) for key in keys]
    return _rows(keys, matrix.months, value, note, one_line)


def _note(note: str, left_out: bool) -> str:
    """The note of a series, and that a zero is one because the publisher has no line for it."""
    zero = "no line in the file: lines of zeros are left out" if left_out else ""
    return "; ".join(part for part in (note, zero) if part)


def not_supplied(cells: Iterable[Cell], months: npt.NDArray[np.int64], note: str) -> pa.Table:
    """Observations that say that a series is not supplied, by area and month."""
    keys = sorted(cells)
    value = np.full((len(keys), len(months)), np.nan)
    return _rows(keys, months, value, [note] * len(keys), [None] * len(keys))


def _rows(
    keys: Sequence[Cell],
    months: npt.NDArray[np.int64],
    value: npt.NDArray[np.float64],
    notes: Sequence[str],
    lines: Sequence[int | None],
) -> pa.Table:
    """Observations of a cells × months block of values; NaN is "not supplied"."""
    cell = np.repeat(np.arange(len(keys)), len(months))
    start, end = month_dates(np.tile(months, len(keys)))
    flat = value.ravel()
    return observations(
        len(flat),
        series=words([series for series, _ in keys], cell),
        area=words([area for _, area in keys], cell),
        start=start,
        end=end,
        value=flat,
        state=words([State.FINAL, State.NOT_SUPPLIED], np.isnan(flat).astype(np.int64)),
        note=words(list(notes), cell),
        row=pa.array(lines, pa.int32()).take(pa.array(cell)),
    )
