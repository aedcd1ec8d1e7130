"""London borough mid-year population estimates: Code, Borough, Year, pop (1999 to 2016).

These are the estimates as first published, recovered from published crime rates. The year is
written as its 31 December; the estimate is of 30 June of that year.
"""

from __future__ import annotations

import re
from pathlib import Path

from callover.data.contracts import ReadResult
from callover.data.delimited import header_of, read_delimited, with_rows
from callover.data.reader import ReadContext, Reader
from callover.data.snapshots import (
    AREA_CODE,
    mid_year,
    place_year_rows,
    snapshot_observations,
)
from callover.data.tables import areas
from callover.domain.areas import AreaKind

ID = "borough_mye"
COLUMNS = ("Code", "Borough", "Year", "pop")
_YEAR = re.compile(r"((?:19|20|21)\d{2})-12-31")
_OWN_CODES = {"727": "K04000001"}  # England and Wales
_NAMES = {"E12000007": "London"}  # called after the police area, but counted with the City
NOTE = "mid-year estimate as first published"


class BoroughMidYearEstimates:
    """Reads the borough population table."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header is that of the table."""
        return not path.is_dir() and header_of(head) == tuple(c.lower() for c in COLUMNS)

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """``population`` on 30 June of each year, by published code."""
        context.progress("reading the population table", 0.0)
        source = with_rows(read_delimited(path, needs=COLUMNS))
        found = place_year_rows(source, ("Code", "Year", "pop"), _place, _year)
        names = source.column("Borough").to_pylist()
        places = {area: names[i] for area, i in zip(found.area, found.index.tolist(), strict=True)}
        table = snapshot_observations(
            "population",
            found.area,
            [mid_year(year) for year in found.year],
            found.value,
            note=NOTE,
            lines=source.lines[found.index],
        )
        years = sorted(set(found.year))
        span = f", mid-{years[0]} to mid-{years[-1]}" if years else ""
        return ReadResult(
            table,
            areas((a, _NAMES.get(a, n), AreaKind.of_code(a)) for a, n in places.items()),
            faults=tuple(sorted([*source.faults, *found.faults])),
            summary=(f"{len(places)} places{span}.", *source.notes),
        )


def _place(_row: int, code: str) -> str:
    """The published code, empty where there is none."""
    code = _OWN_CODES.get(code, code)
    return code if AREA_CODE.fullmatch(code) else ""


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(text)
    return int(match[1]) if match else None


READERS: tuple[Reader, ...] = (BoroughMidYearEstimates(),)
