"""Ward populations by year: Code, Borough, Ward_Name, Year, Population, areas and densities.

The file is a projection (2011 to 2050), so every number is an estimate; it is of 30 June. The
densities follow from population and area and are not stored.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from callover.data.contracts import ReadResult
from callover.data.delimited import header_of, read_delimited, with_rows
from callover.data.london import BOROUGH_NAMES, borough_code
from callover.data.reader import ReadContext, Reader
from callover.data.snapshots import (
    AREA_CODE,
    mid_year,
    place_year_rows,
    snapshot_observations,
)
from callover.data.tables import areas, links
from callover.domain.areas import AreaKind
from callover.domain.states import State

ID = "ward_population"
COLUMNS = ("Code", "Borough", "Ward_Name", "Year", "Population")


class WardPopulation:
    """Reads the projected ward populations."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header begins as that of the table."""
        return not path.is_dir() and header_of(head)[:5] == tuple(c.lower() for c in COLUMNS)

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """``population`` on 30 June of each year, by ward, as estimates."""
        context.progress("reading the ward populations", 0.0)
        source = with_rows(read_delimited(path, columns=COLUMNS))
        found = place_year_rows(source, ("Code", "Year", "Population"), _place, _year)
        boroughs = [borough_code(name) for name in source.column("Borough").to_pylist()]
        unknown = source.faults_where(
            _none(boroughs), "Borough", "is no London borough", "Write the borough's full name."
        )
        named = dict(zip(found.area, found.index.tolist(), strict=True))
        names = source.column("Ward_Name").to_pylist()
        wards = [(code, names[i], AreaKind.WARD) for code, i in named.items()]
        districts = [(c, n, AreaKind.DISTRICT) for c, n in BOROUGH_NAMES.items() if c in boroughs]
        return ReadResult(
            snapshot_observations(
                "population",
                found.area,
                [mid_year(year) for year in found.year],
                found.value,
                state=State.ESTIMATED,
                note="projection",
                lines=source.lines[found.index],
            ),
            areas([*wards, *districts]),
            links((code, boroughs[i] or "") for code, i in named.items() if boroughs[i]),
            faults=tuple(sorted([*source.faults, *found.faults, *unknown])),
            summary=(f"{len(wards)} wards, {len(set(found.year))} years.", *source.notes),
        )


def _none(values: list[str | None]) -> npt.NDArray[np.bool_]:
    return np.array([value is None for value in values], dtype=bool)


def _place(_row: int, code: str) -> str:
    return code if AREA_CODE.fullmatch(code) else ""


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and 1900 <= int(text) < 2200 else None


READERS: tuple[Reader, ...] = (WardPopulation(),)
