"""What a workbook hides is read like the rest, and told."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from callover.catalogue import load_catalogue
from callover.data.reader import ReadContext
from callover.data.sources.template import Template

CATALOGUE = load_catalogue("london")
HEAD = ("series", "area", "period", "end", "value", "note")


def workbook(folder: Path, rows: int = 4) -> tuple[openpyxl.Workbook, Path]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Values & more"
    sheet.append(HEAD)
    for month in range(4, 4 + rows):
        sheet.append(("gun_crime", "E09000002", "month", f"2016-{month:02d}", month, "seen"))
    return book, folder / "police_local.xlsx"


def told(book: openpyxl.Workbook, path: Path) -> list[str]:
    book.save(path)
    source = CATALOGUE.sources["police_local"]
    found = Template().read(path, ReadContext(source, CATALOGUE.series))
    assert not found.faults
    return [finding.message for finding in found.findings]


def test_nothing_is_told_where_nothing_is_hidden(tmp_path: Path) -> None:
    assert told(*workbook(tmp_path)) == []


def test_hidden_rows_and_columns_are_named(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    sheet = book["Values & more"]
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[90].hidden = True
    sheet.column_dimensions["F"].hidden = True
    rows, columns = told(book, path)
    assert "'Values & more': Hidden row 3 holds values" in rows
    assert "Hidden column F holds values" in columns


def test_hidden_sheets_are_named_read_or_not(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.create_sheet("Old").sheet_state = "veryHidden"
    assert told(book, path) == [
        "police_local.xlsx, sheet 'Values & more': Hidden and not read: 'Old'."
    ]
    book.create_sheet("Cover")
    book["Values & more"].sheet_state = "hidden"
    book.active = 2
    assert "The sheet is hidden and was read." in told(book, path)[0]
