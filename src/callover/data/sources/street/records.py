"""One file of street-level records: checked, and counted by small area and category."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.coded import Coded, Mask, coded
from callover.data.delimited import TextTable, header_of, read_delimited
from callover.data.tables import words
from callover.domain.errors import Fault, UserError

NEEDED = ("Crime ID", "Month", "Reported by", "LSOA code", "LSOA name", "Crime type")
REPEATED = NEEDED[1:]

CATEGORIES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)
"""The publisher's fourteen categories."""

SERIES = {c: "street_" + re.sub(r"[^a-z]+", "_", c.lower()) for c in CATEGORIES}
"""Category to series id, e.g. ``street_anti_social_behaviour``."""

FILE_NAME = re.compile(r"(?:^|/)(\d{4}-(?:0[1-9]|1[0-2]))-([a-z-]+)-street\.csv$")
_MONTH = re.compile(r"(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])")
_LSOA = re.compile(r"[EW]01\d{6}")
_LSOA_NAME = re.compile(r".+ \d{3}[A-Z]")
_FORCE_ENDS = re.compile(r"\s+(police service|police force|police|constabulary)$")

COUNTED = ("month", "force", "lsoa", "name", "category", "n")


@dataclass(frozen=True)
class FileCounts:
    """What one file holds: ``table`` has the columns ``COUNTED``; force is its full name.

    ``repeated`` is the number of records whose crime id stood before in the file.
    """

    name: str
    table: pa.Table
    records: int
    repeated: int
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def count_file(raw: bytes, name: str) -> FileCounts:
    """Count the records of one file; lines that cannot be placed or named are faults."""
    _refuse_other_columns(raw, name)
    source = read_delimited(raw, name, columns=NEEDED, repeated=REPEATED)
    columns = {column: coded(source, column) for column in REPEATED}
    bad, faults = _check(source, columns)
    ids = source.column("Crime ID")
    with_id = ids.filter(pc.not_equal(ids, ""))
    repeated = len(with_id) - pc.count_distinct(with_id).as_py()
    all_faults = (*source.faults, *faults)
    return FileCounts(name, _counted(columns, ~bad), len(ids), repeated, all_faults, source.notes)


def _refuse_other_columns(raw: bytes, name: str) -> None:
    """UserError where the file lacks a column."""
    have = header_of(raw[:65536])
    lacking = [column for column in NEEDED if column.lower() not in have]
    if raw.strip() and lacking:
        raise UserError(
            f"{name} is no street-level file: it has no column {', '.join(lacking)}.",
            f"Columns found: {', '.join(have[:12])}.",
        )


def _check(source: TextTable, columns: dict[str, Coded]) -> tuple[Mask, list[Fault]]:
    """Which rows cannot be used, and why."""
    code, name, month = (columns[c] for c in ("LSOA code", "LSOA name", "Month"))
    no_code, no_name = code.where(lambda word: not word), name.where(lambda word: not word)
    checks = [
        ("Month", ~month.where(_MONTH.fullmatch), "is no month: written as 2018-10"),
        ("Reported by", columns["Reported by"].where(lambda word: not word), "names no force"),
        ("Crime type", ~columns["Crime type"].where(SERIES.__contains__), "is no known category"),
        ("LSOA code", ~no_code & ~code.where(_LSOA.fullmatch), "is no code of a small area"),
        ("LSOA name", no_code != no_name, "must stand beside a code, and only there"),
        ("LSOA name", ~no_name & ~name.where(_LSOA_NAME.fullmatch), "is not like Leicester 012B"),
    ]
    named = FILE_NAME.search(source.name)
    if named:
        other = ~month.where(lambda word: word == named[1])
        checks.append(("Month", other, f"is not the file's month, {named[1]}"))
    bad = np.zeros(source.table.num_rows, dtype=bool)
    faults: list[Fault] = []
    for column, wrong, reason in checks:
        faults += source.faults_where(wrong & ~bad, column, reason)
        bad |= wrong
    return bad, faults


def _counted(columns: dict[str, Coded], good: Mask) -> pa.Table:
    """Records by force, month, small area and category."""
    parts = [columns[c] for c in REPEATED]
    key = np.zeros(int(good.sum()), dtype=np.int64)
    for part in parts:
        key = key * max(1, len(part.words)) + part.codes[good]
    distinct, number = np.unique(key, return_counts=True)
    arrays = []
    for part in reversed(parts):
        distinct, codes = np.divmod(distinct, max(1, len(part.words)))
        arrays.append(words(part.words, codes))
    return pa.table([*reversed(arrays), pa.array(number, pa.int64())], names=COUNTED)


def force_slug(name: str) -> str:
    """The short name of a force: Avon and Somerset Constabulary is ``avon-and-somerset``."""
    plain = name.casefold().replace("&", "and").strip()
    if plain == "british transport police":
        return "btp"
    return re.sub(r"[^a-z]+", "-", _FORCE_ENDS.sub("", plain)).strip("-")
