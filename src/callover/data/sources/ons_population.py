"""Mid-year population by single year of age, in two layouts of the statistics office's figures.

* Wide: a district code and name, ``total_population``, then a column for each age, 0 to 90+.
* Long, as the labour market statistics site gives it: GEOGRAPHY_CODE, GENDER (1 male, 2 female,
  0 both), C_AGE (101 is age 0, … 191 is 90 and over, 200 all ages), OBS_VALUE.

Stored: ``population``, ``population_10_17`` and ``population_1_19`` on 30 June. Neither layout
holds its year unless there is a DATE column: it is taken from a mapping (``year: 2017``) or, and
that is said, from ``mid2017`` in the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.cells import count_faults, counts
from callover.data.contracts import ReadResult
from callover.data.delimited import TextTable, header_of, read_delimited, with_rows
from callover.data.reader import ReadContext, Reader
from callover.data.snapshots import AREA_CODE, mid_year, snapshot_observations
from callover.data.tables import areas
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault, Finding, Severity, UserError

ID = "ons_population"
LONG = ("geography_code", "gender", "c_age", "obs_value")
AGES = (*(str(age) for age in range(90)), "90+")
_PLACE = re.compile(r"(?:ltla|lad|utla)\d{0,2}_?(code|cd|name|nm)", re.IGNORECASE)
_IN_NAME = re.compile(r"mid[-_ ]?((?:19|20)\d{2})", re.IGNORECASE)
_GROUPS = {"population": (0, 90), "population_10_17": (10, 17), "population_1_19": (1, 19)}


@dataclass(frozen=True)
class ByAge:
    """People by place (rows) and single year of age (91 columns, NaN where there is none)."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    people: npt.NDArray[np.float64]
    printed: npt.NDArray[np.float64]  # the publisher's own total, NaN if it gives none
    faults: tuple[Fault, ...]


class PopulationByAge:
    """Reads both layouts."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header is that of one of the layouts."""
        header = header_of(head)
        return not path.is_dir() and (set(LONG) <= set(header) or _is_wide(header))

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Population on 30 June, all ages, 10 to 17 and 1 to 19, by published code."""
        context.progress("reading the population table", 0.0)
        source = with_rows(read_delimited(path))
        lower = {name.lower(): name for name in source.table.column_names}
        if not (set(LONG) <= set(lower) or _is_wide(tuple(lower))):
            raise UserError(
                f"{path.name} is no table of population by single year of age.",
                f"Columns found: {', '.join(source.table.column_names[:12])}.",
            )
        year, whence = _year(path, context, source, lower)
        found = _long(source, lower) if set(LONG) <= set(lower) else _wide(source, lower)
        incomplete = int(np.isnan(found.people).any(axis=1).sum())
        lines = [f"{len(found.codes)} places, mid-{year}.", *whence, *source.notes]
        if incomplete:
            lines.append(f"{incomplete} places lack an age and have no total.")
        return ReadResult(
            _observations(found, year),
            _areas(found),
            faults=tuple(sorted([*source.faults, *found.faults])),
            findings=tuple(_findings(found, year)),
            summary=tuple(lines),
        )


def _is_wide(header: Sequence[str]) -> bool:
    return "total_population" in header and set(AGES) <= set(header) and bool(_codes(header))


def _codes(header: Sequence[str]) -> list[str]:
    """Columns of district codes."""
    found = ((name, _PLACE.fullmatch(name)) for name in header)
    return [name for name, match in found if match and match[1].lower() in ("code", "cd")]


def _year(
    path: Path, context: ReadContext, source: TextTable, lower: dict[str, str]
) -> tuple[int, list[str]]:
    """The year of the estimate, and a sentence where it was taken from the file's name."""
    given = context.mapping.get("year")
    if given is None and "date" in lower:
        dates = pc.unique(source.column(lower["date"])).to_pylist()
        given = dates[0] if len(dates) == 1 else None
    in_name = _IN_NAME.search(path.stem)
    if given is None and in_name:
        return int(in_name[1]), [f"The year {in_name[1]} is taken from the file's name."]
    if given is None:
        raise UserError(
            f"{path.name} does not say of which year its numbers are.",
            "Say it in the source's mapping (year: 2011), or put mid2011 into the file's name.",
        )
    if not re.fullmatch(r"(?:19|20|21)\d{2}", str(given)):
        raise UserError(f"The year of {path.name} is given as {given!r}.", "Write it as 2011.")
    return int(str(given)), []


def _wide(source: TextTable, lower: dict[str, str]) -> ByAge:
    """The wide layout: one line a place."""
    header = source.table.column_names
    code_column = _codes(header)[0]
    codes = source.column(code_column).to_pylist()
    name_column = code_column[: -len("code")] + "name" if code_column.endswith("code") else ""
    names = source.column(name_column).to_pylist() if name_column in header else codes
    faults: list[Fault] = []
    columns = []
    for column in (*AGES, lower["total_population"]):
        read = counts(source.table.column(column))
        faults += count_faults(source, column, read)
        columns.append(read.value)
    good = []
    for i, code in enumerate(codes):
        if not AREA_CODE.fullmatch(code) or code in codes[:i]:
            reason = "stands there twice" if AREA_CODE.fullmatch(code) else "is no area code"
            faults.append(source.fault(i, code_column, code, reason))
        else:
            good.append(i)
    matrix = np.column_stack(columns)[good]
    kept = tuple(codes[i] for i in good), tuple(names[i] for i in good)
    return ByAge(*kept, matrix[:, :-1], matrix[:, -1], tuple(faults))


def _long(source: TextTable, lower: dict[str, str]) -> ByAge:
    """The long layout: a line for each place, gender and age."""
    code_column, gender_column, age_column, value_column = (lower[name] for name in LONG)
    codes, genders = source.column(code_column), source.column(gender_column)
    ages = counts(source.table.column(age_column)).value - 101
    read = counts(source.table.column(value_column))
    coded = _matches(codes, AREA_CODE.pattern)
    known_gender = _matches(genders, "[012]")
    known_age = ((ages >= 0) & (ages <= 90)) | (ages == 99)
    faults = count_faults(source, value_column, read)
    faults += source.faults_where(~coded, code_column, "is no area code")
    faults += source.faults_where(~known_gender, gender_column, "is no gender of this table")
    faults += source.faults_where(~known_age, age_column, "is no age: 101 is age 0, 191 is 90+")
    good = coded & known_gender & known_age & ~read.bad & ~np.isnan(read.value)
    places = pc.unique(codes.filter(pa.array(coded)))
    place = pc.index_in(codes, places).to_numpy(zero_copy_only=False)
    gender = np.where(
        known_gender, pc.fill_null(pc.index_in(genders, pa.array(["0", "1", "2"])), 0), 0
    )
    cube = np.full((len(places), 3, 100), np.nan)
    at = place[good].astype(int), gender[good].astype(int), ages[good].astype(int)
    faults += _repeated(source, good, at, age_column)
    cube[at] = read.value[good]
    both = np.where(np.isnan(cube[:, 0]), cube[:, 1] + cube[:, 2], cube[:, 0])
    names = tuple(places.to_pylist())
    return ByAge(names, names, both[:, :91], both[:, 99], tuple(faults))


def _matches(cells: pa.ChunkedArray, pattern: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = pc.match_substring_regex(cells, f"^(?:{pattern})$").to_numpy()
    return found


def _repeated(
    source: TextTable,
    good: npt.NDArray[np.bool_],
    at: tuple[npt.NDArray[np.int64], ...],
    column: str,
) -> list[Fault]:
    """Faults for lines whose place, gender and age stood before."""
    key = (at[0] * 3 + at[1]) * 100 + at[2]
    _, first = np.unique(key, return_index=True)
    again = np.ones(len(key), dtype=bool)
    again[first] = False
    marked = np.zeros(len(good), dtype=bool)
    marked[np.flatnonzero(good)[again]] = True
    return source.faults_where(marked, column, "this place, gender and age stand there twice")


def _observations(found: ByAge, year: int) -> pa.Table:
    """The three series of all places."""
    day = [mid_year(year)] * len(found.codes)
    return pa.concat_tables(
        snapshot_observations(
            series, found.codes, day, found.people[:, first : last + 1].sum(axis=1), note="mid-year"
        )
        for series, (first, last) in _GROUPS.items()
    )


def _areas(found: ByAge) -> pa.Table:
    """Places that have a name."""
    named = zip(found.codes, found.names, strict=True)
    return areas((c, n, AreaKind.of_code(c)) for c, n in named if n != c)


def _findings(found: ByAge, year: int) -> list[Finding]:
    """Places whose printed total is not the sum of their ages."""
    total = found.people.sum(axis=1)
    differ = np.flatnonzero(~np.isnan(total + found.printed) & (total != found.printed))
    return [
        Finding(
            "total_against_parts",
            Severity.WRONG,
            ID,
            "population",
            found.codes[i],
            f"mid-{year}",
            f"The ages add up to {total[i]:,.0f}; the total says {found.printed[i]:,.0f}.",
            printed=float(found.printed[i]),
            follows=float(total[i]),
        )
        for i in differ.tolist()
    ]


READERS: tuple[Reader, ...] = (PopulationByAge(),)
