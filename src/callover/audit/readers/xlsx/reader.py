"""Reads a pack that is a workbook: each sheet with its name, numbers as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from callover.audit.files import Parts, archive, tree
from callover.audit.pack import Block, Format, Heading, Pack, Place
from callover.audit.readers.xlsx.book import Book, Sheet, book_of
from callover.audit.readers.xlsx.grid import Grid, grid_of
from callover.audit.readers.xlsx.regions import blocks_of
from callover.audit.relations import main_part
from callover.audit.tally import Tally
from callover.data.hidden import letters

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read(path: Path) -> Pack:
    """The pack in a workbook; raises Unreadable for a file that is none. Macros never run."""
    with archive(path) as parts:
        book = book_of(path.name, parts, main_part(path.name, parts))
        notes = list(book.notes)
        blocks = tuple(_blocks(path.name, parts, book, notes))
        return Pack(path.name, Format.XLSX, blocks, 0, _title(path.name, parts), tuple(notes))


def _blocks(name: str, parts: Parts, book: Book, notes: list[str]) -> Iterator[Block]:
    tally = Tally(name)
    for sheet in book.sheets:
        before = len(tally.notes)
        grid = grid_of(name, parts, sheet.part, book, tally)
        notes += _unsolved(sheet, grid)
        if not grid.rows:
            continue
        notes += _hidden(sheet, grid)
        first = min(grid.rows)
        spot = f"{sheet.name}!{letters(min(grid.rows[first]))}{first}"
        yield Heading(sheet.name, 1, Place(line=first, spot=spot))
        yield from blocks_of(sheet.name, grid, tally)
        notes += tally.notes[before:]


def _unsolved(sheet: Sheet, grid: Grid) -> Iterator[str]:
    """Formulas of which the workbook does not hold the results: what they come to is not read."""
    if grid.unsolved:
        listed = ", ".join(grid.unsolved[:20]) + (" and more" if len(grid.unsolved) > 20 else "")
        yield (
            f"Sheet {sheet.name!r}: formulas without a stored result were not read ({listed}). "
            "Open the workbook in its own program, save it, and audit it again."
        )


def _hidden(sheet: Sheet, grid: Grid) -> Iterator[str]:
    """What of a sheet is hidden and was read all the same."""
    if sheet.hidden:
        yield f"Sheet {sheet.name!r} is hidden and was read."
    columns = {column for row in grid.rows.values() for column in row}
    wide = [letters(each) for each in grid.hidden_columns if each in columns]
    for what, places in (("row", list(map(str, grid.hidden_rows))), ("column", wide)):
        if places:
            listed = ", ".join(places[:20]) + (" and more" if len(places) > 20 else "")
            many = "s" * (len(places) > 1)
            yield f"Sheet {sheet.name!r}: hidden {what}{many} {listed} were read with the others."


def _title(name: str, parts: Parts) -> str:
    core = tree(name, parts, "docProps/core.xml")
    return "" if core is None else str(core.findtext(f".//{_TITLE}") or "").strip()
