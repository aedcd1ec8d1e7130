"""The data book: the pack's tables and figures as a workbook that people and programs can read.

It follows the UK Analysis Function's guidance on releasing statistics in spreadsheets: a cover, a
list of sheets, notes, then one native table a sheet, each beginning in column A under its title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from callover.domain.archives import day_of
from callover.report.blocks import Document
from callover.report.render.xlsx_book import Book, Line
from callover.report.render.xlsx_grid import (
    SHORTHAND,
    Grid,
    Notes,
    charts_grid,
    figures_grid,
    grid_of,
)
from callover.report.render.xlsx_sheets import (
    CHART_FIGURES,
    DataSheet,
    charts_without_sheet,
    data_sheets,
)
from callover.report.words import day, joined

BACK = Line("Back to the list of sheets", link="Contents")


def render_xlsx(
    document: Document, figures: Sequence[Mapping[str, object]] = (), notes: Sequence[str] = ()
) -> bytes:
    """The data book of ``document``: its tables with a ``sheet``, and every figure record.

    ``notes`` are sentences about the whole book. Numbers keep their full value. The same
    arguments give the same bytes.
    """
    numbered = Notes(list(dict.fromkeys(notes)))
    general = len(numbered.texts)
    sheets, charts = data_sheets(document), list(charts_without_sheet(document))
    grids = [grid_of(sheet.table, numbered) for sheet in sheets]
    book = Book(document)
    book.add("Cover", _cover(document, len(sheets)))
    book.add("Contents", *_contents(document, sheets, bool(charts), bool(figures)), linked=0)
    book.add("Notes", *_notes(document, numbered, general))
    for sheet, grid in zip(sheets, grids, strict=True):
        book.add(sheet.name, _opening(sheet, grid, numbered, document), grid)
    if charts:
        book.add(CHART_FIGURES, *_charts(document, charts_grid(charts)))
    if figures:
        book.add("Figures", *_figures(figures, document))
    return book.bytes()


def _known(document: Document) -> str:
    return f"as known on {day(day_of(document.moment))}"


def _marked(words: str, document: Document) -> Line:
    """A sheet's description with the marking, which a printed sheet must carry (in a cell:
    screen readers do not read a spreadsheet's headers and footers)."""
    return Line(f"{words} Marking: {document.marking}." if document.marking else words)


def _cover(document: Document, tables: int) -> list[Line]:
    """Who, what, as known when, and how to read it."""
    lines = [
        Line(f"{document.title}: data book", kind="title"),
        *([Line(document.subtitle)] if document.subtitle else []),
        Line(f"Published by {document.organisation}, {_known(document)}."),
        Line(f"Marking: {document.marking}."),
        Line("What is in it", kind="heading"),
        Line(f"{tables} tables of the report, one a sheet, and every figure behind them."),
        Line("Go to the list of sheets", link="Contents"),
        Line("How to read it", kind="heading"),
        Line("Numbers keep their full value; the report rounds them half up when it prints them."),
        Line("Percentages are numbers of per cent: 34.8 means 34.8 %."),
        Line("A cell without a number holds a shorthand, never a zero and never nothing:"),
    ]
    return [*lines, *(Line(f"{code} means {words}.") for code, words in SHORTHAND.items())]


def _contents(
    document: Document, sheets: Sequence[DataSheet], charts: bool, figures: bool
) -> tuple[list[Line], Grid]:
    lines = [
        Line("List of sheets", kind="title"),
        _marked("This sheet contains one table. The first column leads to each sheet.", document),
    ]
    own = "this workbook"
    rows = [("Cover", "What this workbook is", own), ("Notes", "Notes on the tables", own)]
    rows += [(sheet.name, sheet.table.caption, sheet.section) for sheet in sheets]
    if charts:
        rows.append((CHART_FIGURES, "The points of the charts, a row each", own))
    if figures:
        rows.append(("Figures", "Every figure of the report, a row each", own))
    headings = ("Sheet", "What it holds", "Part of the report")
    return lines, Grid(headings, tuple(rows))


def _notes(document: Document, notes: Notes, general: int) -> tuple[list[Line], Grid | None]:
    title = Line("Notes", kind="title")
    if not notes.texts:
        return [title, Line("There are no notes on these tables."), BACK], None
    rows = [
        (f"note {n}", words, "all tables" if n <= general else "the tables that name it")
        for n, words in enumerate(notes.texts, 1)
    ]
    grid = Grid(("Note", "Text", "Applies to"), tuple(rows))
    return [title, _marked("This sheet contains one table.", document), BACK], grid


def _opening(sheet: DataSheet, grid: Grid, notes: Notes, document: Document) -> list[Line]:
    """Title, description, shorthand and notes of a table's sheet, from A1 down without gaps."""
    about = f"This sheet contains one table of {len(grid.rows)} rows, from “{sheet.section}”"
    lines = [
        Line(sheet.table.caption, kind="title"),
        _marked(f"{about} in {document.title}, {_known(document)}.", document),
    ]
    lines += _shorthand_line(grid)
    lines += _notes_line(sheet, notes)
    return [*lines, BACK]


def _shorthand_line(grid: Grid) -> list[Line]:
    meanings = [f"{code} {SHORTHAND[code]}" for code in grid.shorthand]
    return [Line(f"Some cells hold a shorthand: {joined(meanings)}.")] if meanings else []


def _notes_line(sheet: DataSheet, notes: Notes) -> list[Line]:
    """Which notes apply; their words stand on the sheet Notes."""
    own = Notes()
    grid_of(sheet.table, own)
    numbers = [str(number) for number in sorted(map(notes.number, own.texts))]
    if not numbers:
        return []
    which = f"Note {numbers[0]} applies" if len(numbers) == 1 else f"Notes {joined(numbers)} apply"
    return [Line(f"{which} to this table: see the sheet Notes.")]


def _charts(document: Document, grid: Grid) -> tuple[list[Line], Grid]:
    about = f"This sheet contains one table of {len(grid.rows)} rows, one a point of a chart."
    lines = [
        Line("The points of the charts", kind="title"),
        _marked(about, document),
        *_shorthand_line(grid),
        BACK,
    ]
    return lines, grid


def _figures(
    figures: Sequence[Mapping[str, object]], document: Document
) -> tuple[list[Line], Grid]:
    grid = figures_grid(figures)
    lines = [
        Line("Every figure of the report", kind="title"),
        _marked(
            f"This sheet contains one table of {len(grid.rows)} rows, one a figure, "
            f"{_known(document)}. The column state says how sure a value is, or why there is none.",
            document,
        ),
        *_shorthand_line(grid),
        BACK,
    ]
    return lines, grid
