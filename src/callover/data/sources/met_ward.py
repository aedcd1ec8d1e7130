"""Metropolitan Police recorded crime by ward and month, in the national categories (2010-04 on):
WardName, WardCode, MajorText, MinorText, LookUp_BoroughName, then a column for each month.

The force cut its own records anew to the wards of 2022; a borough's wards add up to its line of
the borough table in the same categories (``met_borough_recut``). Three traps:

* Burglary in a home is ``DOMESTIC BURGLARY``, later two lines by whether the building is lived in.
* Harassment and death by driving stand apart; in the borough table violence without injury holds
  the one, violence with injury the other.
* Heathrow's ward stands there twice, once for the airport's own police: those records lie in no
  borough. Frauds taken by the national bureau (``NFIB``) are none of the force's and are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from callover.data.borough_tables import BoroughTable, Lines, all_lines, zero_words
from callover.data.contracts import ReadResult
from callover.data.delimited import TextTable
from callover.data.london import BOROUGH_NAMES, METROPOLITAN_POLICE, borough_code
from callover.data.national_categories import SERIES as NATIONAL
from callover.data.national_categories import VIOLENCE
from callover.data.reader import Reader
from callover.data.snapshots import AREA_CODE
from callover.data.tables import areas, links
from callover.data.wide import MonthMatrix, month_observations
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault
from callover.domain.periods import Month

ID = "met_ward"
LABELS = ("WardName", "WardCode", "MajorText", "MinorText", "LookUp_BoroughName")
_AIRPORTS = "Aviation Security (SO18)"
_BUREAU = "nfib"

SERIES: Mapping[str, tuple[str, ...]] = {
    **NATIONAL,
    "domestic burglary": ("burglary_dwelling",),
    "res burglary of a home": ("burglary_dwelling",),
    "res burglary of unconnected building": ("burglary_dwelling",),
    "stalking and harassment": ("recut_violence_without_injury", VIOLENCE),
    "death serious injury illegal driving": ("violence_with_injury", VIOLENCE),
}
"""Minor category, in lower case, to the series it is counted in (beside ``tno``, all lines)."""


def _cells(source: TextTable) -> tuple[Lines, list[Fault]]:
    """Which lines make which series and ward, and a fault for each name that is not known."""
    code, minor, borough = (source.column(LABELS[i]).to_pylist() for i in (1, 3, 4))
    cells: Lines = defaultdict(list)
    seen: dict[tuple[str, str, str], int] = {}
    faults: list[Fault] = []
    for i, names in enumerate(zip(code, minor, borough, strict=True)):
        category = names[1].lower()
        if category == _BUREAU:
            continue
        area = f"name:{_AIRPORTS}" if names[2] == _AIRPORTS else names[0]
        wrong = _name_faults(source, i, names, category)
        first = seen.setdefault(names, i)
        if first != i:
            reason = f"stands already on line {source.lines[first]}"
            wrong.append(source.fault(i, LABELS[3], " / ".join(names), reason))
        faults += wrong
        if not wrong:
            for one in (*SERIES[category], "tno"):
                cells[one, area].append(i)
    return cells, faults


def _name_faults(
    source: TextTable, row: int, names: tuple[str, str, str], category: str
) -> list[Fault]:
    """Faults for a ward's code, a category or a borough that nobody knows."""
    faults = []
    if not AREA_CODE.fullmatch(names[0]) or AreaKind.of_code(names[0]) is not AreaKind.WARD:
        remedy = "Write the ward's published code, such as E05014053."
        faults.append(source.fault(row, LABELS[1], names[0], "is no code of a ward", remedy))
    if category not in SERIES:
        remedy = "A renamed category needs a line in the table of national categories."
        faults.append(
            source.fault(row, LABELS[3], names[1], "is no category of this table", remedy)
        )
    if names[2] != _AIRPORTS and borough_code(names[2]) is None:
        faults.append(source.fault(row, LABELS[4], names[2], "is no London borough"))
    return faults


def _result(
    source: TextTable, matrix: MonthMatrix, cells: Lines, faults: list[Fault]
) -> ReadResult:
    """Observations, wards with the boroughs that they lie in, and a summary."""
    places = {area for _, area in cells}
    name, code, borough = (source.column(LABELS[i]).to_pylist() for i in (0, 1, 4))
    inside = {
        c: (n, held)
        for c, n, b in zip(code, name, borough, strict=True)
        if c in places and (held := borough_code(b)) is not None
    }
    whole = all_lines(cells, faults)
    return ReadResult(
        observations=month_observations(whole, matrix, source.lines, {}),
        areas=areas(_places(inside, places)),
        links=links([
            *((ward, held) for ward, (_, held) in inside.items()),
            *((held, METROPOLITAN_POLICE) for _, held in inside.values()),
        ]),
        faults=tuple(sorted(faults)),
        summary=_summary(source, matrix, inside, places, whole),
    )  # fmt: skip


def _places(
    inside: Mapping[str, tuple[str, str]], places: set[str]
) -> list[tuple[str, str, AreaKind]]:
    """The wards, their boroughs, the force, and the airports where they stand in the file."""
    boroughs = {held for _, held in inside.values()}
    found = [(code, name, AreaKind.WARD) for code, (name, _) in inside.items()]
    found += [(code, BOROUGH_NAMES[code], AreaKind.DISTRICT) for code in boroughs]
    found.append((METROPOLITAN_POLICE, "Metropolitan Police", AreaKind.FORCE))
    if f"name:{_AIRPORTS}" in places:
        found.append((f"name:{_AIRPORTS}", _AIRPORTS, AreaKind.GROUP))
    return found


def _summary(
    source: TextTable, matrix: MonthMatrix, inside: Mapping[str, tuple[str, str]],
    places: set[str], whole: Lines,
) -> tuple[str, ...]:  # fmt: skip
    """What was seen, in short sentences."""
    first, last = (Month(int(pick)) for pick in (matrix.months.min(), matrix.months.max()))
    boroughs = len({held for _, held in inside.values()})
    lines = [
        f"{source.table.num_rows:,} lines: {len(inside)} wards of {boroughs} boroughs, "
        f"{len(matrix.months)} months, {first} to {last}, in the national categories.",
        *source.notes,
    ]
    if f"name:{_AIRPORTS}" in places:
        lines.append("Records of the airports' police lie in no borough.")
    if matrix.gaps:
        lines.append(f"The file has no column for {', '.join(map(str, matrix.gaps))}.")
    return (*lines, *zero_words(whole))


READERS: tuple[Reader, ...] = (BoroughTable(ID, LABELS, _cells, _result),)
"""Reads the ward table."""
