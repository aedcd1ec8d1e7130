"""A partner's own workbook through a saved mapping, refused when its layout has changed.

The mapping is a YAML file in the workspace, ``definitions/mappings/<source>.yaml``::

    sheet: Monthly return            # by name; left out: the first
    header_row: 3                    # counted from 1
    fill_down: [Service]             # columns with merged cells
    columns: {Service: series, Month: end, Number: value}   # theirs: ours
    months_across: true              # or: one column a month, headed Apr-16, 2016-04 …
    ignore: [2015/16]                # headings that speak of a time, but are no month
    fixed: {area: E09000002, period: month}
    values: {series: {Homes secured: safer_homes_secured}}  # their words: ours
    states: {not yet collected: not_due}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from callover.data.grids import Grid, read_grid
from callover.data.hidden import letters
from callover.data.mapping_words import check_mapping
from callover.data.reading import read_month
from callover.domain.errors import Fault, FaultsFound
from callover.domain.periods import MONTH_NAMES

_MONTHS = "|".join(f"{name}|{name[:4]}|{name[:3]}" for name in map(str.lower, MONTH_NAMES))
_OF_A_TIME = re.compile(
    rf"(?<![a-z])(?:{_MONTHS})(?![a-z])"
    r"|(?:19|20)\d\d|\d{1,2}[-/]\d{2}"
)
"""A heading that names a month, a year or a date."""


def mapped(path: Path, mapping: Mapping[str, Any]) -> Grid:
    """The sheet as our template: header row first. Line numbers stay those of the workbook.

    Raises FaultsFound where a column is missing, renamed or moved, saying where it now stands.
    """
    check_mapping(mapping)
    grid = read_grid(path, str(mapping.get("sheet") or ""))
    header_row = int(mapping.get("header_row") or 1) - 1
    header = _header(grid, header_row)
    ours = dict(mapping.get("columns") or {})
    months = _month_columns(header) if mapping.get("months_across") else {}
    wanted = [*ours, *(mapping.get("fill_down") or [])]
    _check_layout(grid, header, header_row, wanted, months, mapping)
    unread = _unread(grid, header, header_row, {*wanted, *months}, mapping) if months else []
    fixed = dict(mapping.get("fixed") or {})
    names = [*ours.values(), *fixed, *(("end", "value") if months else ())]
    names += ["state"] if mapping.get("states") and "state" not in names else []
    blank = ("",) * len(names)
    rows: list[tuple[str, ...]] = [tuple(names)]
    held: dict[str, str] = {}
    for number, cells in enumerate(grid.rows[header_row + 1 :], header_row + 1):
        row = dict(zip(header, cells, strict=False))
        _fill(row, held, mapping)
        rows.extend(blank for _ in range(number - len(rows))) if not months else None
        rows.extend(_template_rows(row, ours, fixed, months, names, mapping))
    return replace(grid, rows=tuple(rows), notes=(*grid.notes, *unread))


def _header(grid: Grid, header_row: int) -> list[str]:
    if header_row < len(grid.rows):
        return list(grid.rows[header_row])
    raise FaultsFound(
        f"{grid.name} does not have the layout of its mapping.",
        [Fault(grid.name, header_row + 1, "", "", "is past the end of the sheet.")],
        "Look at header_row and sheet in the mapping.",
    )


def _month_columns(header: list[str]) -> dict[str, str]:
    """Headings that are months, with the month each stands for."""
    found = {name: read_month(name) for name in header if name}
    return {name: str(month) for name, month in found.items() if month is not None}


def _check_layout(
    grid: Grid,
    header: list[str],
    header_row: int,
    wanted: list[str],
    months: Mapping[str, str],
    mapping: Mapping[str, Any],
) -> None:
    faults = [
        Fault(grid.name, header_row + 1, name, "", _where_now(grid, name, header_row))
        for name in dict.fromkeys(wanted)
        if name not in header
    ]
    used = {*wanted, *months}
    faults += [
        Fault(grid.name, header_row + 1, name, "", "stands there twice.", "Rename one of them.")
        for name in used
        if header.count(name) > 1
    ]
    if mapping.get("months_across") and not months:
        faults.append(Fault(grid.name, header_row + 1, "", "", "holds no heading that is a month."))
    if faults:
        raise FaultsFound(
            f"The layout of {grid.name} has changed.",
            faults,
            "Ask the provider, or change the mapping to the new layout.",
        )


def _unread(
    grid: Grid, header: list[str], header_row: int, known: set[str], mapping: Mapping[str, Any]
) -> list[str]:
    """Columns of values that are no month and nothing else known, for the summary.

    Raises FaultsFound where a heading speaks of a time: a month would be lost.
    """
    passed = known | {str(name) for name in mapping.get("ignore") or []}
    below = grid.rows[header_row + 1 :]
    other = [
        (letters(place + 1), name)
        for place, name in enumerate(header)
        if name not in passed and any(place < len(row) and row[place] for row in below)
    ]
    faults = [
        Fault(
            grid.name,
            header_row + 1,
            column,
            name,
            "is no month, but values stand below it.",
            "Write it as Oct-15 or 2015-10, or name it under 'ignore' in the mapping.",
        )
        for column, name in other
        if _OF_A_TIME.search(name.lower())
    ]
    if faults:
        what = f"{grid.name} has headings that cannot be read as months; nothing was stored."
        raise FaultsFound(what, faults)
    return [f"{grid.name}: column {column} {name!r} was not read." for column, name in other]


def _where_now(grid: Grid, name: str, header_row: int) -> str:
    """Where a missing column's heading stands now, if it stands anywhere."""
    for number, cells in enumerate(grid.rows[:200]):
        for column, text in enumerate(cells):
            if text.strip().lower() == name.strip().lower():
                moved = f"line {number + 1}, column {column + 1}"
                return f"is not in line {header_row + 1} any more: it stands in {moved}."
    return "is missing from the sheet."


def _fill(row: dict[str, str], held: dict[str, str], mapping: Mapping[str, Any]) -> None:
    """Merged cells: an empty cell of a filled column repeats the one above."""
    for name in mapping.get("fill_down") or []:
        if row.get(name):
            held[name] = row[name]
        else:
            row[name] = held.get(name, "")


def _template_rows(
    row: Mapping[str, str],
    ours: Mapping[str, str],
    fixed: Mapping[str, str],
    months: Mapping[str, str],
    names: list[str],
    mapping: Mapping[str, Any],
) -> list[tuple[str, ...]]:
    """One of their lines as one of ours, or one for each month across."""
    base = {our: row.get(their, "") for their, our in ours.items()} | {
        name: str(value) for name, value in fixed.items()
    }
    if not any(row.get(their, "") for their in ours) and not months:
        return [("",) * len(names)]
    if not months:
        return [_said(base, names, mapping)]
    if not any(base[our] for our in ours.values()):
        return []
    return [
        _said(base | {"end": month, "value": row.get(heading, "")}, names, mapping)
        for heading, month in months.items()
        if row.get(heading, "")
    ]


def _said(values: dict[str, str], names: list[str], mapping: Mapping[str, Any]) -> tuple[str, ...]:
    """Their words turned into ours; words for a state move to the state column."""
    for column, words in (mapping.get("values") or {}).items():
        values[column] = str(words.get(values.get(column, ""), values.get(column, "")))
    states = {str(k).lower(): str(v) for k, v in (mapping.get("states") or {}).items()}
    word = values.get("value", "").lower()
    if word in states:
        values["value"], values["state"] = "", states[word]
    return tuple(values.get(name, "") for name in names)
