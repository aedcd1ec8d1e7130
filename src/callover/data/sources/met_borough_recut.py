"""The later re-cut of Metropolitan Police recorded crime by borough and month, in the national
categories (2010-04 on): MajorText, MinorText, BoroughName, then a column for each month.

It counts by other rules than the force's own tables (``met_borough``), so it is a source of its
own and never adds to them. A line that means the same carries the same series id; the others carry
ids that begin with ``recut_``. Because it lacks most of the old groups, the totals that the lines
make (``tno``, ``violence_against_the_person``, ``drugs``, …) are given as series too.
Lines of zeros are left out by the publisher; airports and "Unknown" stand beside the boroughs.
"""

from __future__ import annotations

from collections import defaultdict

from callover.data.borough_tables import (
    BoroughTable,
    Lines,
    all_lines,
    area_of,
    span_words,
    table_areas,
    zero_words,
)
from callover.data.contracts import ReadResult
from callover.data.delimited import TextTable
from callover.data.london import METROPOLITAN_POLICE
from callover.data.national_categories import SERIES
from callover.data.reader import Reader
from callover.data.tables import links
from callover.data.wide import MonthMatrix, month_observations
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault

ID = "met_borough_recut"
LABELS = ("MajorText", "MinorText", "BoroughName")
_BESIDE = {
    "London Heathrow and London City Airports": AreaKind.GROUP,
    "Unknown": AreaKind.NO_PLACE,
}


def _cells(source: TextTable) -> tuple[Lines, list[Fault]]:
    """Which lines make which series and area, and a fault for each name that is not known."""
    _, minor, borough = (source.column(label).to_pylist() for label in LABELS)
    cells: Lines = defaultdict(list)
    seen: dict[tuple[str, str], int] = {}
    faults: list[Fault] = []
    for i, names in enumerate(zip(minor, borough, strict=True)):
        series, area = SERIES.get(names[0].lower()), area_of(names[1], _BESIDE)
        first = seen.setdefault(names, i)
        if series is None:
            faults.append(source.fault(i, LABELS[1], names[0], "is no category of this table"))
        if area is None:
            faults.append(source.fault(i, LABELS[2], names[1], "is no London borough"))
        if first != i:
            reason = f"stands already on line {source.lines[first]}"
            faults.append(source.fault(i, LABELS[1], " / ".join(names), reason))
        elif series and area:
            for one in (*series, "tno"):
                cells[one, area].append(i)
    return cells, faults


def _result(
    source: TextTable, matrix: MonthMatrix, cells: Lines, faults: list[Fault]
) -> ReadResult:
    """Observations, areas and summary of what the lines make."""
    places = sorted({area for _, area in cells})
    whole = all_lines(cells, faults)
    return ReadResult(
        observations=month_observations(whole, matrix, source.lines, {}),
        areas=table_areas(places, _BESIDE),
        links=links((place, METROPOLITAN_POLICE) for place in places),
        faults=tuple(sorted(faults)),
        summary=_summary(source, matrix, places, whole),
    )


def _summary(
    source: TextTable, matrix: MonthMatrix, places: list[str], whole: Lines
) -> tuple[str, ...]:
    """What was seen, in short sentences."""
    lines = [f"{span_words(source, matrix, places)}, in the national categories.", *source.notes]
    if any(place.startswith("name:") for place in places):
        lines.append("Airports and unknown places stand beside the boroughs, in the force.")
    if matrix.gaps:
        lines.append(f"The file has no column for {', '.join(map(str, matrix.gaps))}.")
    return (*lines, *zero_words(whole))


READERS: tuple[Reader, ...] = (BoroughTable(ID, LABELS, _cells, _result),)
"""Reads the re-cut file."""
