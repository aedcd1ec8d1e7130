"""What a workbook must not hold: macros, formulas, cells in error, a sheet without end.

Looked for in the archive itself, before the reader of workbooks opens it: that one shows a cell in
error as empty, and takes memory for every cell of the square that two far corners span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from callover.data.archives import Member
from callover.domain.errors import UserError

MOST_CELLS = 5_000_000
"""Cells of the square that a sheet's values span; more is no table that a person fills in."""

_SHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'])[^>]*[^/]>""")
_IN_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*?\bt=["']e["'])[^>]*?\br=["']([A-Z]{1,3}\d{1,7})["']"""
)


def check_workbook(name: str, files: Sequence[Member]) -> None:
    """Raise UserError for what would be read otherwise than it is shown, or could not be read.

    Every file of the archive is unpacked once within bounds, so that no trap reaches the reader.
    """
    if any(file.name.lower().endswith("vbaproject.bin") for file in files):
        raise UserError(f"{name} holds macros.", "Save it as a workbook without macros.")
    sheets = [content for file in files if _SHEET.search((content := file.read())[:4096])]
    if not sheets:
        raise UserError(f"{name} is no workbook in the XLSX format.", "Save it as XLSX or CSV.")
    for content in sheets:
        _check_sheet(name, content)


def _check_sheet(name: str, content: bytes) -> None:
    if _FORMULA.search(content):
        raise UserError(f"{name} holds formulas.", "Paste the values in place of the formulas.")
    wrong = _IN_ERROR.search(content)
    if wrong:
        cell = wrong[1].decode()
        raise UserError(
            f"{name}: cell {cell} holds a spreadsheet error.", "Put it right, or give a state."
        )
    rows, columns = _span(content)
    if rows * columns > MOST_CELLS:
        raise UserError(
            f"{name}: the values of a sheet span {rows:,} rows and {columns:,} columns.",
            "Remove the stray cell far below or to the right, or split the sheet.",
        )


def _span(content: bytes) -> tuple[int, int]:
    """Rows and columns from the first cell to the last; cells without content do not count."""
    places = {(column, int(row)) for column, row in _CELL.findall(content)}
    rows = [row for _, row in places]
    columns = [_number(column) for column in {column for column, _ in places}]
    if not rows:
        return 0, 0
    return max(rows), max(columns)


def _number(letters: bytes) -> int:
    """Column letters as a number: A is 1, XFD 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
