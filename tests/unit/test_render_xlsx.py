"""The data book, read back with other programs: structure, values, safety, repeatability."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from callover.report.blocks import (
    Cell,
    Chart,
    Chip,
    Column,
    Columns,
    Document,
    Panel,
    Row,
    Section,
    Table,
    text,
)
from callover.report.render.xlsx import render_xlsx
from callover.report.render.xlsx_grid import (
    FIELDS,
    Notes,
    Number,
    form_of,
    grid_of,
    shorthand,
    unique,
)
from callover.report.render.xlsx_sheets import sheet_name

RECORD = {
    "indicator": "tno",
    "series": "tno",
    "area": "E09000002",
    "period_kind": "rolling12",
    "month": "2016-09",
    "measure": "rolling12",
    "peer_group": None,
    "value": 17_825.0,
    "unit": "offences",
    "state": "final",
    "source": "met_stats",
    "known_at": "2016-11-28",
}
MISSING = {**RECORD, "measure": "rank", "value": None, "state": "suppressed"}


def months(sheet: str = "TNO months", identity: str = "m") -> Table:
    """A table with a note letter, a gap with a reason and a heading that stands twice."""
    return Table(
        identity,
        "Offences each month",
        (Column("2016/17"), Column("Sep", True), Column("Oct", True), Column("Oct", True)),
        (
            Row((Cell("Month"), Cell("1,425", 1425), Cell("not due"), Cell("fewer than 10"))),
            Row((Cell("Rolling 12", mark="a"), Cell("17,754", 17754), Cell(""), Cell("0", 0.0))),
        ),
        notes=(text("a Another source."), text("Counted at the end of each month.")),
        sheet=sheet,
    )


def summary() -> Table:
    return Table(
        "summary",
        "All indicators",
        (Column("Indicator"), Column("Rating"), Column("Change, %", True, 0, "+0.0"), Column("P")),
        (
            Row((Cell("Crime"), Cell(), Cell(), Cell()), "group"),
            Row(
                (
                    Cell("=cmd|' /C calc'!A0"),
                    Cell(chip=Chip("R", "square", "Red", "red")),
                    Cell("+5 %", 5.436),
                    Cell(page_of="tno"),
                )
            ),
            Row((Cell("Sum"), Cell("–"), Cell("+5 %", 5.436), Cell("–")), "total"),
        ),
        sheet="Summary: [all]",
    )


def document(*tables: Table) -> Document:
    chart = Chart("c", "t", "c", "a", {}, table=months("In a chart", "c1"))
    blocks = (*tables, Columns(((chart,), (Panel((months("In a panel", "p1"),)),))))
    sections = (Section("one", "First part", blocks),)
    return Document("Pack", "Sub", "The Partnership", "OFFICIAL", "2016-11-28", sections)


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    data = render_xlsx(document(summary(), months()), [RECORD, MISSING], ["All provisional."])
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet) -> list[tuple]:
    return list(sheet.iter_rows(values_only=True))


def table_rows(sheet) -> list[tuple]:
    (reference,) = [table.ref for table in sheet.tables.values()]
    return [tuple(cell.value for cell in row) for row in sheet[reference]]


def test_sheets_stand_in_order_and_their_names_are_ones_excel_accepts(book):
    assert book.sheetnames == [
        *("Cover", "Contents", "Notes", "Summary all", "TNO months"),
        *("In a chart", "In a panel", "Figures"),
    ]


def test_each_data_sheet_holds_one_native_table_under_its_title_without_gaps(book):
    assert len(book.sheetnames[3:]) == 5
    for name in book.sheetnames[3:]:
        sheet = book[name]
        (table,) = sheet.tables.values()
        assert table.headerRowCount == 1
        assert table.autoFilter is None
        assert not sheet.merged_cells.ranges
        first = [row[0] for row in rows(sheet)]
        assert len(list(table_rows(sheet))) > 1, name
        assert None not in first  # no blank line from the title down
        assert all(value is not None for row in table_rows(sheet) for value in row)
        assert table.ref.startswith("A")
    assert len({t.name for n in book.sheetnames for t in book[n].tables.values()}) == 7


def test_numbers_are_numbers_with_their_full_value_and_format(book):
    sheet = book["Summary all"]
    header, line, total = table_rows(sheet)
    assert header == ("Group", "Indicator", "Rating", "Change, %")  # no page numbers
    assert line == ("Crime", "=cmd|' /C calc'!A0", "R Red", 5.436)
    assert total[0] == "All"
    (cell,) = [c for row in sheet.iter_rows() for c in row if c.value == 5.436][:1]
    assert cell.number_format == "+0.0"


def test_no_text_becomes_a_formula(book):
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_gaps_hold_shorthand_and_the_last_column_says_why(book):
    header, month, rolling = table_rows(book["TNO months"])
    assert header == ("2016/17", "Sep", "Oct", "Oct (2)", "Notes")
    assert month == ("Month", 1425, "[x]", "[c]", "not due: Oct; fewer than 10: Oct")
    assert rolling == ("Rolling 12", 17754, "[x]", 0, "[note 2]")
    above = [row[0] for row in rows(book["TNO months"])][:5]
    assert above[0] == "Offences each month"
    assert "[c] suppressed" in above[2]
    assert above[3] == "Notes 2 and 3 apply to this table: see the sheet Notes."


def test_notes_are_numbered_once_for_the_whole_book(book):
    assert table_rows(book["Notes"])[1:] == [
        ("note 1", "All provisional.", "all tables"),
        ("note 2", "Another source.", "the tables that name it"),
        ("note 3", "Counted at the end of each month.", "the tables that name it"),
    ]


def test_the_list_of_sheets_leads_to_every_sheet(book):
    sheet = book["Contents"]
    links = [cell.hyperlink.location for (cell,) in sheet["A4:A10"]]
    assert links == [f"'{name}'!A1" for name in book.sheetnames if name != "Contents"]


def test_every_figure_is_a_row(book):
    header, first, second = table_rows(book["Figures"])
    assert header == FIELDS
    assert first[7] == 17_825
    assert (first[6], second[7], second[9]) == ("[z]", "[c]", "suppressed")


def test_calamine_reads_the_same():
    data = render_xlsx(document(months()), [RECORD])
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("TNO months")
    assert ["Month", 1425.0, "[x]", "[c]", "not due: Oct; fewer than 10: Oct"] in read.to_python()


def test_properties_and_times_come_from_the_moment(book):
    assert book.properties.title == "Pack"
    assert book.properties.creator == "The Partnership"
    assert f"{book.properties.created:%Y-%m-%d}" == "2016-11-28"
    entries = zipfile.ZipFile(io.BytesIO(render_xlsx(document()))).infolist()
    assert {entry.date_time for entry in entries} == {(2016, 11, 28, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"


def test_two_processes_at_different_times_write_the_same_bytes():
    script = (
        "import hashlib, sys, time; sys.path.insert(0, 'tests/unit');"
        "import test_render_xlsx as t;"
        "data = t.render_xlsx(t.document(t.summary(), t.months()), [t.RECORD]);"
        "print(hashlib.sha256(data).hexdigest())"
    )
    root = Path(__file__).parents[2]
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/New_York"))
    }
    assert len(runs) == 1


def test_a_document_without_tables_still_gives_a_book():
    empty = Document("Pack", "", "P", "OFFICIAL", "2016-11-28T10:00:00+00:00", ())
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(empty)))
    assert book.sheetnames == ["Cover", "Contents", "Notes"]


def test_a_table_without_rows_keeps_its_headings():
    table = Table("e", "Nothing yet", (Column("A"), Column("B", True)), (), sheet="E")
    assert grid_of(table, Notes()).rows == (("[z]", "[z]"),)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("17,825", 17825.0, "#,##0"),
        ("87.90", 87.9003, "#,##0.00"),
        ("+3\u202f%", 3.745, '+#,##0.0" %";-#,##0.0" %";#,##0.0" %"'),
        ("−7", -7.0, "+#,##0;-#,##0;#,##0"),
        ("35\u202f%", 34.8, '#,##0.0" %"'),
        ("+919 (+5\u202f%)", 919.0, "+#,##0;-#,##0;#,##0"),
        ("", 0.25, "#,##0.00"),
    ],
)
def test_a_number_is_shown_as_the_report_prints_it(text, value, form):
    assert form_of(Cell(text, value)) == form


def test_marks_of_state_become_shorthand_and_short_words_are_said_in_full():
    table = Table(
        "m",
        "c",
        (Column("2016/17"), Column("Aug", True), Column("Sep", True)),
        (Row((Cell("Month"), Cell("n/s"), Cell("1,425", 1425, mark="p"))),),
        notes=(text("p: provisional."), text("Source: the force.")),
    )
    notes = Notes()
    grid = grid_of(table, notes)
    assert grid.rows[0][3] == "not supplied: Aug; [p]: Sep"
    assert grid.shorthand == ("[p]", "[x]")
    assert notes.texts == ["Source: the force."]


def test_a_rating_is_said_once_and_row_numbers_are_numbers():
    red = Chip("R", "square", "Red", "red")
    table = Table(
        "r",
        "c",
        (Column("No.", True), Column("Rating"), Column("Why")),
        (Row((Cell("7"), Cell("Red", chip=red), Cell("above", chip=red))),),
    )
    assert grid_of(table, Notes()).rows == ((Number(7.0, "0"), "R Red", "R Red above"),)


def test_charts_without_a_sheet_share_one_a_row_a_point():
    chart = Chart("c", "Months", "c", "a", {}, table=months(sheet=""))
    section = Section("s", "Robbery", (Columns(((chart,),)),))
    doc = Document("Pack", "", "P", "OFFICIAL", "2016-11-28", (section,))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(doc)))["Chart figures"]
    header, first, second, *others = table_rows(sheet)
    assert header == ("Part of the report", "Chart", "Point", "What", "Value")
    assert first == ("Robbery", "Months", "Month", "Sep", 1425)
    assert second == ("Robbery", "Months", "Month", "Oct", "[x]")
    assert len(others) == 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("not supplied", "[x]"),
        ("Late", "[x]"),
        ("not applicable", "[z]"),
        ("fewer than 10", "[c]"),
        ("<10", "[c]"),
        ("", "[x]"),
        ("21 / 12", "21 / 12"),
        ("new", "new"),
    ],
)
def test_shorthand(words, code):
    assert shorthand(words) == code


def test_headings_are_unique_and_never_empty():
    assert unique(["A", "a", "", "A"]) == ("A", "a (2)", "Column 3", "A (3)")


def test_sheet_names_are_short_clean_and_unique():
    taken = {"cover", "history"}
    assert sheet_name("Cover", taken) == "Cover 2"
    assert sheet_name("history", taken) == "history 2"
    long = "A very long name for a sheet, too long for Excel"
    first, second = sheet_name(long, taken), sheet_name(long, taken)
    assert len(first) <= 31
    assert len(second) <= 31
    assert second.endswith(" 2")
    assert sheet_name("a/b?[c]", taken) == "a b c"
    assert sheet_name("'", taken) == "Table"


def test_sheet_names_end_between_words_and_keep_what_tells_them_apart():
    wanted = {
        "6 MOPAC 7: Theft from the person": "6 MOPAC 7 Theft from the person",
        "7 MOPAC 7: Theft of motor vehicle": "7 Theft of motor vehicle",
        "17 First time entrants to the youth justice system": "17 First time entrants",
        "30 Vehicle arson (deliberate or unknown motive)": "30 Vehicle arson",
        "Fire brigade measures for the borough": "Fire brigade measures",
        "Nuisance calls by second code, the three most frequent": "Nuisance calls by second code",
        "Nuisance calls by code, (the first three)": "Nuisance calls by code",
        "Nuisance calls, by the second code and ward": "Nuisance calls",
        "Unseparatedunseparatedunseparatedunseparated": "Unseparatedunseparatedunseparat",
    }
    assert {words: sheet_name(words, set()) for words in wanted} == wanted


def test_titles_are_marked_up_as_headings_and_the_language_is_named(book):
    assert len(book.worksheets) == 8
    for sheet in book:
        assert sheet["A1"].style == "Heading 1"
        assert sheet["A2"].style == "Normal"
    assert book["Cover"]["A5"].style == "Heading 2"
    assert book.properties.language == "en-GB"


def test_every_table_sheet_carries_the_marking(book):
    assert len(book.worksheets) == 8
    for sheet in book.worksheets[1:]:
        assert sheet["A2"].value.endswith("Marking: OFFICIAL.")


def test_a_table_stands_in_the_data_book_as_it_asks_to():
    columns = (Column("Month"), Column("Offences", True, 0, "#,##0"))
    apart = Table("m", "Months", columns, (Row((Cell("Sep"), Cell("97", 97))),), sheet="Other")
    printed = replace(months("Months"), book=apart)
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(document(printed))))
    assert table_rows(book["Months"]) == [("Month", "Offences"), ("Sep", 97)]
    assert "Other" not in book.sheetnames


def test_what_is_known_only_in_a_sum_has_a_shorthand_of_its_own():
    assert shorthand("only in a sum") == "[s]"
    table = Table("t", "c", (Column("A"), Column("B", True)), (Row((Cell("x"), Cell("n/a"))),))
    assert grid_of(table, Notes()).rows[0][1] == "[z]"


def test_a_heading_with_a_comma_is_quoted_in_the_remarks():
    columns = (Column("Month"), Column("Starts, orders", True))
    table = Table("t", "c", columns, (Row((Cell("Sep"), Cell("not supplied"))),))
    assert grid_of(table, Notes()).rows[0][2] == "not supplied: “Starts, orders”"
