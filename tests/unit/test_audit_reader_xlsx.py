"""The reader of workbooks: numbers as they are shown, tables where cells stand together."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from callover.audit.pack import Heading, Pack, Paragraph, Table
from callover.audit.readers.xlsx import read
from callover.audit.readers.xlsx.formats import printed


def pack(folder: Path, book: Any) -> Pack:
    path = folder / "pack.xlsx"
    book.save(path)
    return read(path)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.0456, "0.0%", "4.6%"),
        (0.0456, "General", "0.0456"),
        (1234.5, "#,##0", "1,235"),
        (-1234.5, "#,##0", "-1,235"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (12.0, "0.0", "12.0"),
        (5, "+#,##0;-#,##0;0", "+5"),
        (-5, "+#,##0;-#,##0;0", "-5"),
        (0, "+#,##0;-#,##0;0", "0"),
        (-3.2, "#,##0.0_);[Red](#,##0.0)", "(3.2)"),
        (34.84, '#,##0.0" %"', "34.8 %"),
        (1250000, '£#,##0.0,,"m"', "£1.3m"),
        (0.5, "#.0", ".5"),
        (1234.5, "#,##0.##", "1,234.5"),
        (7, "000", "007"),
        (123456789, "General", "123456789"),
        (0.1 + 0.2, "General", "0.3"),
        (42614, "mmm yyyy", "Sep 2016"),
        (42614, "mmm-yy", "Sep-16"),
        (42614, "dd/mm/yyyy", "01/09/2016"),
        (42614, "[$-809]d mmmm yyyy;@", "1 September 2016"),
        (42614.5, "d mmm yy h:mm AM/PM", "1 Sep 16 12:00 PM"),
        (1.5, "[h]:mm", "36:00"),
        (-1, "dd/mm/yyyy", "#####"),
        (0.25, "# ?/?", "0.25"),
        (12, '"Q"0', "Q12"),
    ],
)
def test_number_formats(value: float, code: str, shown: str) -> None:
    assert printed(value, code) == shown


def test_a_sheet_is_a_heading_with_paragraphs_and_tables(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Burglary"
    for row in (["Offences by month"], ["Area", "Apr", "May"], ["Barking", 1234, 0.5], [],
                ["Note: provisional"]):  # fmt: skip
        sheet.append(row)
    sheet["B3"].number_format = "#,##0"
    sheet["C3"].number_format = "0%"
    found = pack(tmp_path, book)
    assert [type(b) for b in found.blocks] == [Heading, Paragraph, Table, Paragraph]
    table = found.blocks[2]
    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in table.rows] == [
        ["Area", "Apr", "May"], ["Barking", "1,234", "50%"],
    ]  # fmt: skip
    assert table.rows[1][2].place.spot == "Burglary!C3"
    assert table.rows[1][2].place.line == 3
    assert [c.heading for c in table.rows[0]] == [True] * 3


def test_dates_errors_and_truth(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([date(2016, 9, 1), True, "x"])
    book.active.append([time(14, 30), "=1/0", "y"])
    book.active["A1"].number_format = "mmm yyyy"
    book.active["C2"].value, book.active["C2"].data_type = "#REF!", "e"
    (table,) = (b for b in pack(tmp_path, book).blocks if isinstance(b, Table))
    assert [c.text for c in table.rows[0]] == ["Sep 2016", "TRUE", "x"]
    assert table.rows[1][-1].text == "#REF!"


def test_merged_cells_and_empty_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Measure", None, "2016", None], [None, None, "Apr", "May"], ["Theft", None, 5, 6],
                [None, None, 7, 8]):  # fmt: skip
        sheet.append(row)
    for area in ("A1:A2", "C1:D1", "A3:A4"):
        sheet.merge_cells(area)
    sheet["XFD3"] = "stray"
    (table,) = (b for b in pack(tmp_path, book).blocks if isinstance(b, Table))
    assert [[(c.text, c.columns) for c in row] for row in table.rows] == [
        [("Measure", 1), ("2016", 2), ("", 1)],
        [("Measure", 1), ("Apr", 1), ("May", 1), ("", 1)],
        [("Theft", 1), ("5", 1), ("6", 1), ("stray", 1)],
        [("Theft", 1), ("7", 1), ("8", 1), ("", 1)],
    ]


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", 1])
    book.active.append(["b", 2])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    other = book.create_sheet("Workings")
    other["A1"] = "secret"
    other.sheet_state = "hidden"
    found = pack(tmp_path, book)
    assert "secret" in [text for text, _ in found.texts()]
    assert len(found.notes) == 3
    assert "'Workings' is hidden" in found.notes[2]


def test_a_raised_mark_within_a_text(tmp_path: Path) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("1,234", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    book.active["A1"].font = Font(bold=True)
    assert "1,234²" in [text for text, _ in pack(tmp_path, book).texts()]


def test_many_merges_take_no_time(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in range(1, 2000):
        book.active.cell(row * 2, 1, "x")
        book.active.cell(row * 2, 2, row)
    book.active["A1"] = "top"
    book.active.merged_cells.ranges.clear()
    path = tmp_path / "pack.xlsx"
    book.active.merge_cells("A1:C1048576")
    book.save(path)
    assert read(path).blocks


def test_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Wards"
    sheet.append(["Castle", 12, 15])
    sheet.append(["Total", "=SUM(B1:B1)", "=SUM(C1:C1)"])
    (note,) = pack(tmp_path, book).notes
    assert note.startswith("Sheet 'Wards': formulas without a stored result were not read (B2, C2)")
