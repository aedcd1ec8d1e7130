"""Numbers of people or homes on a day, read from tables of places and years."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from callover.data.cells import count_faults, counts
from callover.data.delimited import TextTable
from callover.data.tables import observations, words
from callover.domain.errors import Fault
from callover.domain.periods import PeriodKind
from callover.domain.states import State

AREA_CODE = re.compile(r"[EWKSN]\d{8}")
"""A published area code of the United Kingdom."""


def mid_year(year: int) -> date:
    """The day that a mid-year estimate is about: 30 June."""
    return date(year, 6, 30)


@dataclass(frozen=True)
class Rows:
    """Good rows of a table: their place, year and number; ``faults`` are those of the others."""

    index: npt.NDArray[np.int64]
    area: tuple[str, ...]
    year: tuple[int, ...]
    value: npt.NDArray[np.float64]
    faults: tuple[Fault, ...]


def place_year_rows(
    source: TextTable,
    columns: tuple[str, str, str],
    place: Callable[[int, str], str],
    year_of: Callable[[str], int | None],
) -> Rows:
    """Rows with a known place, a year and a number, each place and year once.

    ``columns`` are those of code, year and number; ``place`` gives the area of a row (empty if
    none), ``year_of`` the year of a text. All else is a fault.
    """
    code_column, year_column, value_column = columns
    codes = source.column(code_column).to_pylist()
    texts = source.column(year_column).to_pylist()
    read = counts(source.table.column(value_column))
    faults = count_faults(source, value_column, read)
    seen: dict[tuple[str, int], int] = {}
    for i, (code, text) in enumerate(zip(codes, texts, strict=True)):
        area, year = place(i, code), year_of(text)
        if not area:
            faults.append(source.fault(i, code_column, code, "is no area code"))
        if year is None:
            faults.append(source.fault(i, year_column, text, "is no year as this table writes it"))
        if not area or year is None:
            continue
        first = seen.setdefault((area, year), i)
        if first != i:
            reason = f"this place and year stand already on line {source.lines[first]}"
            faults.append(source.fault(i, year_column, text, reason))
    keys = [key for key, i in seen.items() if not read.bad[i]]
    index = np.array([seen[key] for key in keys], dtype=np.int64)
    areas, years = tuple(a for a, _ in keys), tuple(y for _, y in keys)
    return Rows(index, areas, years, read.value[index], tuple(faults))


def snapshot_observations(
    series: str,
    area: Sequence[str],
    days: Sequence[date],
    value: npt.NDArray[np.float64],
    *,
    state: State = State.FINAL,
    note: str = "",
    lines: object = None,
) -> pa.Table:
    """Snapshots of one series, by area and day; NaN is not supplied."""
    return observations(
        len(value),
        series=series,
        area=area,
        kind=PeriodKind.SNAPSHOT.value,
        start=days,
        end=days,
        value=value,
        state=words([state.value, State.NOT_SUPPLIED.value], np.isnan(value).astype(np.int64)),
        note=note,
        row=lines,
    )
