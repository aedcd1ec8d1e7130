"""Which tables of a document go into the data book, and what their sheets are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callover.report.blocks import Block, Chart, Columns, Document, Panel, Table

LONGEST = 31  # Excel's limit for the name of a sheet
CHART_FIGURES = "Chart figures"
OWN = ("Cover", "Contents", "Notes", "Figures", CHART_FIGURES)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A table with the name of its sheet and the section it comes from."""

    name: str
    table: Table
    section: str


def data_sheets(document: Document) -> tuple[DataSheet, ...]:
    """Every table that asks for a sheet, in order of reading; the same table once."""
    taken = {name.lower() for name in (*OWN, "History")}  # Excel keeps "History" for itself
    found: dict[Table, DataSheet] = {}
    for section in document.sections:
        for table in tables_in(section.blocks):
            if table.sheet and table not in found:
                name = sheet_name(table.sheet, taken)
                found[table] = DataSheet(name, table, section.title)
    return tuple(found.values())


def charts_without_sheet(document: Document) -> Iterator[tuple[str, Chart]]:
    """Charts whose table has no sheet of its own, each with its section's title."""
    for section in document.sections:
        for block in _flat(section.blocks):
            if isinstance(block, Chart) and block.table and not block.table.sheet:
                yield section.title, block


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in order of reading, those inside columns and panels too."""
    for block in blocks:
        if isinstance(block, Columns):
            for column in block.columns:
                yield from _flat(column)
        elif isinstance(block, Panel):
            yield from _flat(block.blocks)
        else:
            yield block


def tables_in(blocks: Iterable[Block]) -> Iterator[Table]:
    """The tables among ``blocks``, those of charts, columns and panels too."""
    for block in _flat(blocks):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart) and block.table:
            yield block.table


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts and that is not in ``taken`` (lower case), to which it is added."""
    base = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ") or "Table"
    name, number = base[:LONGEST].strip(), 1
    while name.lower() in taken:
        number += 1
        ending = f" {number}"
        name = base[: LONGEST - len(ending)].strip() + ending
    taken.add(name.lower())
    return name
