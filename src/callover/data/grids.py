"""Sheets laid out for people: rows of text cells of any width, from CSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from callover.data.archives import ZIP_START, Member, opened
from callover.data.delimited import delimiter_of
from callover.data.encoded import bytes_of, utf8_text
from callover.data.hidden import hidden_in, hidden_words
from callover.data.workbooks import check_workbook
from callover.domain.errors import Fault, UserError


@dataclass(frozen=True)
class Grid:
    """A sheet: ``rows[i][j]`` is the text of a cell, trimmed; ``faults`` are odd lines."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()  # what of it nobody sees, in sentences

    def fault(self, row: int, column: str, text: str, reason: str, remedy: str = "") -> Fault:
        """A fault at a row (from 0) of this sheet."""
        return Fault(self.name, row + 1, column, text[:200], reason, remedy)


def read_grid(path: Path, sheet: str = "") -> Grid:
    """The cells of a CSV file or of a workbook's sheet: the one named, else the first.

    Numbers become their shortest text, dates ``2016-09-30``. Raises UserError for a workbook with
    macros or formulas, and for what cannot be opened.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    return _of_workbook(path, sheet) if start == ZIP_START else _of_text(path)


def _of_text(path: Path) -> Grid:
    text, notes, faults = utf8_text(bytes_of(path), path.name)
    first = text.split(b"\n", 1)[0].decode()
    lines = io.StringIO(text.decode(), newline="")
    try:
        found = list(csv.reader(lines, delimiter=delimiter_of(first), strict=True))
    except csv.Error as error:
        raise UserError(f"{path.name} is no table: {error}.", "Close every quote.") from error
    rows = tuple(tuple(cell.strip() for cell in row) for row in found)
    return Grid(path.name, rows, tuple(faults), tuple(notes))


def _of_workbook(path: Path, name: str) -> Grid:
    with opened(path, in_lines=False) as files:
        check_workbook(path.name, files)
        return _of_sheet(path, name, files)


def _of_sheet(path: Path, name: str, files: Sequence[Member]) -> Grid:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        if name and name not in names:
            held = ", ".join(names)
            raise UserError(f"{path.name} has no sheet {name!r}.", f"Its sheets: {held}.")
        cells = workbook.get_sheet_by_name(name or names[0]).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise UserError(f"{path.name} is no workbook: {error}.", "Save it as XLSX.") from error
    rows = tuple(tuple(_text(cell) for cell in row) for row in cells)
    sheet = name or names[0]
    unseen = hidden_words(f"{path.name}, sheet {sheet!r}", hidden_in(files, sheet), rows)
    notes = (f"{path.name}: sheet {sheet!r} was read.",)
    return Grid(path.name, rows, notes=notes, hidden=tuple(unseen))


def _text(cell: object) -> str:
    """A workbook's cell as text."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:10]
    return str(cell).strip()
