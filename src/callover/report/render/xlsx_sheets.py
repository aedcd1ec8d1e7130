"""Which tables of a document go into the data book, and what their sheets are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callover.report.blocks import Block, Chart, Columns, Document, Panel, Table
from callover.report.render.xlsx_names import sheet_name

__all__ = ["CHART_FIGURES", "DataSheet", "charts_without_sheet", "data_sheets", "sheet_name",
           "sheet_names", "tables_in"]  # fmt: skip

CHART_FIGURES = "Chart figures"
OWN = ("Cover", "Contents", "Notes", "Figures", CHART_FIGURES)


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
                found[table] = DataSheet(name, table.book or table, section.title)
    return tuple(found.values())


def sheet_names(document: Document) -> dict[str, str]:
    """The sheet of each table of the data book, by the table's id."""
    return {sheet.table.id: sheet.name for sheet in data_sheets(document)}


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
