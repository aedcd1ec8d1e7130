"""Lookups of areas: which small area lies in which ward and district, which district in which
community safety partnership, force and fire authority. Any vintage is read.

Columns are known by their pattern, with or without the year: ``lsoa11_code``, ``LSOA21CD``,
``ltla24_name``, ``LAD22NM``, ``WD22CD``, ``csp24_code``, ``PFA23CD``, ``fra21_code`` and the like;
other columns are left out and named. A place that stands in several parents of a kind (a new
district made of three partnerships) lies in none of them: the parents then lie in it if that is
the only place they hold, and this is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.delimited import TextTable, header_of, read_delimited, with_rows
from callover.data.reader import ReadContext, Reader
from callover.data.snapshots import AREA_CODE
from callover.data.tables import areas, links
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault, UserError

_LEVELS: dict[str, AreaKind] = {
    "lsoa": AreaKind.LSOA,
    "wd": AreaKind.WARD,
    "ward": AreaKind.WARD,
    "ltla": AreaKind.DISTRICT,
    "lad": AreaKind.DISTRICT,
    "csp": AreaKind.CSP,
    "pfa": AreaKind.FORCE,
    "fra": AreaKind.FIRE_AUTHORITY,
}
_COLUMN = re.compile(rf"({'|'.join(_LEVELS)})(\d\d)?_?(code|cd|name|nm)", re.IGNORECASE)

_WITHIN: tuple[tuple[AreaKind, AreaKind], ...] = (
    (AreaKind.LSOA, AreaKind.WARD),
    (AreaKind.LSOA, AreaKind.DISTRICT),
    (AreaKind.WARD, AreaKind.DISTRICT),
    (AreaKind.DISTRICT, AreaKind.CSP),
    (AreaKind.DISTRICT, AreaKind.FORCE),
    (AreaKind.CSP, AreaKind.FORCE),
    (AreaKind.DISTRICT, AreaKind.FIRE_AUTHORITY),
)
"""Which kind lies in which, where a file has both."""


@dataclass(frozen=True)
class Level:
    """The columns of one kind of place in a file; ``name`` is empty where only codes stand."""

    kind: AreaKind
    code: str
    name: str


def levels(header: Sequence[str]) -> dict[AreaKind, Level]:
    """The kinds of place for which the header has a column of codes, names beside them."""
    codes: dict[AreaKind, tuple[str, str]] = {}
    names: dict[str, str] = {}
    for cell in header:
        match = _COLUMN.fullmatch(cell)
        if match is None:
            continue
        stem = f"{match[1]}{match[2] or ''}".lower()
        if match[3].lower() in ("code", "cd"):
            codes.setdefault(_LEVELS[match[1].lower()], (stem, cell))
        else:
            names[stem] = cell
    return {kind: Level(kind, cell, names.get(stem, "")) for kind, (stem, cell) in codes.items()}


@dataclass(frozen=True)
class LookupReader:
    """Reads any lookup that holds ``child`` and ``parent`` (and not ``without``)."""

    id: str
    child: AreaKind
    parent: AreaKind
    without: frozenset[AreaKind] = frozenset()

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header has codes of both kinds, and no table of numbers beside them."""
        header = header_of(head)
        found = levels(header)
        return (
            not path.is_dir()
            and {self.child, self.parent} <= set(found)
            and not self.without & set(found)
            and "total_population" not in header
        )

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Areas and links; no observations."""
        context.progress("reading the lookup", 0.0)
        source = with_rows(read_delimited(path))
        found = levels(source.table.column_names)
        if not {self.child, self.parent} <= set(found):
            raise UserError(
                f"{path.name} is no lookup from {self.child.value} to {self.parent.value}.",
                f"Columns found: {', '.join(source.table.column_names[:12])}.",
            )
        return _result(source, found)


def _result(source: TextTable, found: dict[AreaKind, Level]) -> ReadResult:
    """All areas and links that the columns hold."""
    faults = list(source.faults)
    codes: dict[AreaKind, list[str]] = {}
    left_out: dict[str, int] = {}
    for kind, level in found.items():
        texts, bad, empty = _codes(source, level)
        codes[kind] = texts
        faults += bad
        if empty:
            left_out[f"lines without a {kind.value.replace('_', ' ')}"] = empty
    pairs: list[tuple[str, str]] = []
    told: list[str] = []
    for child, parent in _WITHIN:
        if child in found and parent in found:
            inside, split = _contained(codes[child], codes[parent])
            pairs += inside
            told += _told(child, parent, split)
    return ReadResult(
        OBSERVATIONS.empty_table(),
        _areas(source, found, codes),
        links(pairs),
        tuple(sorted(faults)),
        summary=(*_summary(source, found, codes), *told, *source.notes),
        left_out=left_out,
    )


def _codes(source: TextTable, level: Level) -> tuple[list[str], list[Fault], int]:
    """A column of codes with odd ones emptied, their faults, and the number of blank cells."""
    cells = source.column(level.code)
    blank = pc.equal(cells, "").to_numpy()
    fine = pc.match_substring_regex(cells, f"^{AREA_CODE.pattern}$").to_numpy()
    faults = source.faults_where(~fine & ~blank, level.code, "is no area code, such as E01000001")
    kept = pc.if_else(pa.chunked_array([pa.array(np.asarray(fine))]), cells, "")
    return kept.to_pylist(), faults, int(blank.sum())


def _contained(
    children: list[str], parents: list[str]
) -> tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]:
    """Pairs of child and parent; and children spread over several parents, turned round."""
    up: dict[str, set[str]] = defaultdict(set)
    down: dict[str, set[str]] = defaultdict(set)
    for child, parent in set(zip(children, parents, strict=True)):
        if child and parent:
            up[child].add(parent)
            down[parent].add(child)
    inside = [(child, min(held)) for child, held in up.items() if len(held) == 1]
    split = [(child, sorted(held)) for child, held in sorted(up.items()) if len(held) > 1]
    turned = [(p, child) for child, held in split for p in held if len(down[p]) == 1]
    return inside + turned, split


def _told(child: AreaKind, parent: AreaKind, split: list[tuple[str, list[str]]]) -> list[str]:
    """A sentence where places lie in several parents."""
    if not split:
        return []
    named = ", ".join(code for code, _ in split[:6]) + (" …" if len(split) > 6 else "")
    kinds = child.value.replace("_", " "), parent.value.replace("_", " ")
    return [
        f"{len(split)} places ({kinds[0]}) stand beside several others ({kinds[1]}), which are "
        f"linked as their parts where they are nobody else's: {named}."
    ]


def _areas(
    source: TextTable, found: dict[AreaKind, Level], codes: dict[AreaKind, list[str]]
) -> pa.Table:
    """Every place of the file, with its name where there is one."""
    rows: set[tuple[str, str, AreaKind]] = set()
    for kind, level in found.items():
        names = source.column(level.name).to_pylist() if level.name else codes[kind]
        rows |= {(c, n, kind) for c, n in zip(codes[kind], names, strict=True) if c and n}
    return areas(sorted(rows))


def _summary(
    source: TextTable, found: dict[AreaKind, Level], codes: dict[AreaKind, list[str]]
) -> tuple[str, ...]:
    """How many places of which kind, and which columns are of no use here."""
    numbers = ", ".join(
        f"{len(set(codes[kind]) - {''}):,} {kind.value.replace('_', ' ')}" for kind in found
    )
    used = {column for level in found.values() for column in (level.code, level.name)}
    rest = [column for column in source.table.column_names if column not in used]
    others = (f"Columns left out: {', '.join(rest)}.",) if rest else ()
    return (f"{source.table.num_rows:,} lines: {numbers}.", *others)


_SMALL = frozenset({AreaKind.LSOA, AreaKind.WARD})

READERS: tuple[Reader, ...] = (
    LookupReader("lookup_lsoa_ward", AreaKind.LSOA, AreaKind.WARD),
    LookupReader(
        "lookup_lsoa_district", AreaKind.LSOA, AreaKind.DISTRICT, frozenset({AreaKind.WARD})
    ),
    LookupReader("lookup_district_csp", AreaKind.DISTRICT, AreaKind.CSP, _SMALL),
    LookupReader(
        "lookup_district_fire",
        AreaKind.DISTRICT,
        AreaKind.FIRE_AUTHORITY,
        _SMALL | {AreaKind.CSP},
    ),
)
