"""Names of areas: the list of all district codes past and present, and ward names.

* All codes: LADCD, LADNM, LADCD_ACTIVE, LADNM_ACTIVE, then UTLACD, RGNCD and so on. A code that was
  replaced lies in the one that is active now; a district lies in its upper tier and its region.
* Ward names: a code, a ward and its district by name ("Unique Id", Ward, Area), or the statistics
  office's WDnnCD, WDnnNM, LADnnCD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.delimited import TextTable, header_of, read_delimited, with_rows
from callover.data.reader import ReadContext, Reader
from callover.data.snapshots import AREA_CODE
from callover.data.tables import areas, links
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault, UserError

_PARENTS = ("LADCD_ACTIVE", "UTLACD", "RGNCD")
_ALL_CODES = ("LADCD", "LADNM", "LADCD_ACTIVE", "LADNM_ACTIVE")
_WARDS = ("Unique Id", "Ward", "Area")
_WARD_COLUMN = re.compile(r"(?:wd|ward)(?:\d\d)?_?(code|cd|name|nm)", re.IGNORECASE)
_DISTRICT_COLUMN = re.compile(r"(?:lad|ltla)(?:\d\d)?_?(code|cd|name|nm)", re.IGNORECASE)


class AreaCodes:
    """Reads the list of all district codes."""

    id = "lookup_area_codes"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header begins as that of the list."""
        wanted = tuple(c.lower() for c in _ALL_CODES)
        return not path.is_dir() and header_of(head)[:4] == wanted

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Districts past and present with what they lie in; no observations."""
        context.progress("reading the list of areas", 0.0)
        source = with_rows(read_delimited(path, needs=_ALL_CODES))
        have = [c for c in _PARENTS if c in source.table.column_names]
        child = source.column("LADCD").to_pylist()
        found: list[tuple[str, str, AreaKind]] = []
        pairs: list[tuple[str, str]] = []
        faults = [*source.faults, *_code_faults(source, "LADCD", empty_is_fine=False)]
        for column in have:
            faults += _code_faults(source, column, empty_is_fine=True)
            parents = source.column(column).to_pylist()
            pairs += [pair for pair in zip(child, parents, strict=True) if all(pair)]
            found += _named(parents, _names(source, column))
        found += _named(child, _names(source, "LADCD"))
        now = source.column("LADCD_ACTIVE").to_pylist()
        old = len(set(child) - set(now))
        return ReadResult(
            OBSERVATIONS.empty_table(),
            areas(found),
            links(pair for pair in pairs if all(map(AREA_CODE.fullmatch, pair))),
            tuple(sorted(faults)),
            summary=(f"{len(set(now))} districts, {old} earlier codes.", *source.notes),
        )


class WardNames:
    """Reads names of wards, in either layout."""

    id = "ward_names"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header is that of a list of wards, without small areas."""
        return not path.is_dir() and _is_ward_list(header_of(head))

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Wards by code; links to the district where its code stands in the file."""
        context.progress("reading the names of wards", 0.0)
        source = with_rows(read_delimited(path))
        header = source.table.column_names
        if not _is_ward_list([cell.lower() for cell in header]):
            raise UserError(
                f"{path.name} is no list of wards.", f"Columns found: {', '.join(header[:12])}."
            )
        code = _pick(header, _WARD_COLUMN, "c") or header[0]
        name = _pick(header, _WARD_COLUMN, "n") or header[1]
        district = _pick(header, _DISTRICT_COLUMN, "c")
        faults = [*source.faults, *_code_faults(source, code, empty_is_fine=False)]
        codes, names = source.column(code).to_pylist(), source.column(name).to_pylist()
        pairs: list[tuple[str, str]] = []
        if district:
            faults += _code_faults(source, district, empty_is_fine=True)
            pairs = list(zip(codes, source.column(district).to_pylist(), strict=True))
        return ReadResult(
            OBSERVATIONS.empty_table(),
            areas(
                (c, n, AreaKind.WARD)
                for c, n in zip(codes, names, strict=True)
                if AREA_CODE.fullmatch(c) and n
            ),
            links(pair for pair in pairs if all(map(AREA_CODE.fullmatch, pair))),
            tuple(sorted(faults)),
            summary=(f"{len(set(codes)):,} wards.", *source.notes),
        )


def _is_ward_list(header: Sequence[str]) -> bool:
    """Whether these lower-case column names are those of either layout, and no table of figures."""
    if any(cell.startswith(("lsoa", "majortext")) for cell in header):
        return False
    wards = {match[1][0] for match in map(_WARD_COLUMN.fullmatch, header) if match}
    return tuple(header) == tuple(c.lower() for c in _WARDS) or wards == {"c", "n"}


def _pick(header: Iterable[str], pattern: re.Pattern[str], first: str) -> str:
    """The column whose kind (code or name) begins with ``first``; empty if there is none."""
    for cell in header:
        match = pattern.fullmatch(cell)
        if match and match[1][0].lower() == first:
            return cell
    return ""


def _names(source: TextTable, code_column: str) -> list[str]:
    """The names beside a column of codes (LADCD_ACTIVE beside LADNM_ACTIVE), or blanks."""
    column = code_column.replace("CD", "NM", 1)
    if column not in source.table.column_names:
        return [""] * source.table.num_rows
    names: list[str] = source.column(column).to_pylist()
    return names


def _named(codes: list[str], names: list[str]) -> list[tuple[str, str, AreaKind]]:
    """Areas that have both a code and a name."""
    return [
        (code, name, AreaKind.of_code(code))
        for code, name in sorted(set(zip(codes, names, strict=True)))
        if AREA_CODE.fullmatch(code) and name
    ]


def _code_faults(source: TextTable, column: str, *, empty_is_fine: bool) -> list[Fault]:
    """Faults for cells that are no area code."""
    cells: list[str] = source.column(column).to_pylist()
    bad = np.array(
        [not AREA_CODE.fullmatch(cell) and not (empty_is_fine and not cell) for cell in cells],
        dtype=bool,
    )
    return source.faults_where(bad, column, "is no area code, such as E05000026")


READERS: tuple[Reader, ...] = (AreaCodes(), WardNames())
