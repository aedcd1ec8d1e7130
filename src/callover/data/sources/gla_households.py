"""Households by London borough, from the Greater London Authority's borough profiles: the column
``GLA_Household_Estimate_YYYY`` (an estimate for the middle of that year).

The profiles hold some eighty further columns; only households are taken. Lines without a code
(there are blank ones at the end) are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from callover.data.cells import count_faults, counts
from callover.data.contracts import ReadResult
from callover.data.delimited import header_of, read_delimited, with_rows
from callover.data.reader import ReadContext, Reader
from callover.data.snapshots import AREA_CODE, mid_year, snapshot_observations
from callover.data.tables import areas
from callover.domain.areas import AreaKind
from callover.domain.errors import UserError
from callover.domain.states import State

ID = "gla_households"
_HEADING = re.compile(r"gla_household_estimate_(\d{4})", re.IGNORECASE)


class BoroughHouseholds:
    """Reads the number of households from the borough profiles."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether there are codes, names and one column of household estimates."""
        header = header_of(head)
        return (
            not path.is_dir()
            and header[:2] == ("code", "area_name")
            and any(_HEADING.fullmatch(cell) for cell in header)
        )

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """``households`` as estimated for mid-year, by published code."""
        context.progress("reading the borough profiles", 0.0)
        source = with_rows(read_delimited(path, needs=("Code", "Area_name")))
        heading, year = _heading(source.table.column_names, source.name)
        codes = source.column("Code").to_pylist()
        names = source.column("Area_name").to_pylist()
        read = counts(source.table.column(heading))
        blank = _where(not code and not name for code, name in zip(codes, names, strict=True))
        coded = _where(bool(AREA_CODE.fullmatch(code)) for code in codes)
        again = _where(code in codes[:i] for i, code in enumerate(codes)) & coded
        faults = source.faults_where(~coded & ~blank, "Code", "is no area code")
        faults += source.faults_where(again, "Code", "stands there twice")
        faults += [f for f in count_faults(source, heading, read) if f.line is not None]
        keep = np.flatnonzero(coded & ~again & ~read.bad)
        kept = [codes[i] for i in keep.tolist()]
        table = snapshot_observations(
            "households",
            kept,
            [mid_year(year)] * len(kept),
            read.value[keep],
            state=State.ESTIMATED,
            note=f"estimate of the Greater London Authority for the middle of {year}",
            lines=source.lines[keep],
        )
        places = [(c, n, AreaKind.of_code(c)) for c, n in zip(codes, names, strict=True) if c]
        return ReadResult(
            table,
            areas(place for place in places if AREA_CODE.fullmatch(place[0])),
            faults=tuple(sorted([*source.faults, *faults])),
            summary=(f"{len(kept)} places, households of {year}.", *source.notes),
            left_out={"blank lines": int(blank.sum())} if blank.any() else {},
        )


def _where(tests: Iterable[bool]) -> npt.NDArray[np.bool_]:
    return np.fromiter(tests, dtype=bool)


def _heading(header: list[str], name: str) -> tuple[str, int]:
    """The column of households and its year."""
    for cell in header:
        match = _HEADING.fullmatch(cell)
        if match:
            return cell, int(match[1])
    raise UserError(
        f"{name} has no column GLA_Household_Estimate_YYYY.", f"Columns: {', '.join(header[:8])} …"
    )


READERS: tuple[Reader, ...] = (BoroughHouseholds(),)
