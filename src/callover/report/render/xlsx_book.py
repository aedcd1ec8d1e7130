"""Writes sheets of words and native tables with XlsxWriter."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from callover.domain.archives import moment_of, normalised
from callover.report.blocks import Document
from callover.report.render.xlsx_finish import finished
from callover.report.render.xlsx_grid import Grid, Number, Value

FONT = "Arial"  # the guidance asks for a plain sans that every machine has
WIDEST, NARROWEST = 60, 9  # letters
MANY_COLUMNS, WIDEST_OF_MANY = 9, 34  # a sheet of many columns would shrink too far on paper
HEADING_LINES = 3
ROOM = {"title": 24, "heading": 24}  # points; some programs make a row no higher by themselves
LINE = 15  # points
LONG_TABLE = 40  # rows; above this the heading row stays in view
_SAFE = {
    # text is text: nothing a partner typed ever becomes a formula, a link or a number
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_format_properties": {"font_name": FONT, "font_size": 11},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words above a table; ``link`` is the name of a sheet."""

    words: str
    link: str = ""
    kind: str = "text"  # text, title, heading


@dataclass
class Book:
    """A workbook in memory. Sheets come in the order in which they are added."""

    document: Document
    _out: io.BytesIO = field(default_factory=io.BytesIO)
    _formats: dict[str, Any] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._workbook = xlsxwriter.Workbook(self._out, copy.deepcopy(_SAFE))  # it changes them
        self._workbook.set_properties(_properties(self.document))
        self._workbook.set_size(20_000, 12_000)

    def add(self, name: str, lines: Sequence[Line], grid: Grid | None = None, **links: int) -> None:
        """A sheet: lines from A1 down, then one native table.

        ``links`` name columns of the table (by position) whose cells lead to the sheet they name.
        """
        sheet = self._workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        for row, line in enumerate(lines):
            self._line(sheet, row, line)
        if grid is None:
            sheet.set_column(0, 0, 100)
        else:
            self._table(sheet, len(lines), grid, name, links.get("linked", -1))

    def bytes(self) -> bytes:
        """The finished workbook."""
        self._workbook.close()
        archive = finished(self._out.getvalue(), self.document.language)
        return normalised(archive, self.document.moment)

    def _line(self, sheet: Any, row: int, line: Line) -> None:
        if line.kind in ROOM:
            sheet.set_row(row, ROOM[line.kind])
        if line.link:
            sheet.write_url(row, 0, _address(line.link), self._format("link"), line.words)
        else:
            sheet.write_string(row, 0, line.words, self._format(line.kind))

    def _table(self, sheet: Any, top: int, grid: Grid, name: str, linked: int) -> None:
        """Cells first, then the native table around them."""
        for down, row in enumerate(grid.rows):
            for across, value in enumerate(row):
                self._cell(sheet, top + 1 + down, across, value, grid.is_numeric(across))
                if across == linked:
                    style = self._format("link cell")
                    sheet.write_url(top + 1 + down, across, _address(str(value)), style, str(value))
        last = max(top + len(grid.rows), top + 1)
        sheet.add_table(top, 0, last, len(grid.headings) - 1, self._options(grid, name))
        widths = _widths(grid)
        for across, width in enumerate(widths):
            sheet.set_column(across, across, width)
        for down, row in enumerate((grid.headings, *grid.rows)):
            sheet.set_row(top + down, LINE * _lines(row, widths))
        if len(grid.rows) > LONG_TABLE:
            sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)

    def _cell(self, sheet: Any, row: int, column: int, value: Value, numeric: bool) -> None:
        if isinstance(value, Number):
            sheet.write_number(row, column, value.value, self._format(value.form))
        else:
            kind = "shorthand" if numeric else "cell"
            sheet.write_string(row, column, value, self._format(kind))

    def _options(self, grid: Grid, name: str) -> dict[str, Any]:
        headings = [
            {
                "header": heading,
                "header_format": self._format(
                    "number heading" if grid.is_numeric(across) else "column heading"
                ),
            }
            for across, heading in enumerate(grid.headings)
        ]
        return {
            "name": self._table_name(name),
            "columns": headings,
            "style": "Table Style Light 1",
            "banded_rows": False,
            "first_column": False,
            "autofilter": False,  # filter buttons get in the way of screen readers
        }

    def _table_name(self, sheet: str) -> str:
        """A name for the native table: letters, digits and underscores, once each."""
        base = "t_" + re.sub(r"\W+", "_", sheet, flags=re.ASCII).strip("_").lower()
        name, number = base, 1
        while name in self._names:
            number += 1
            name = f"{base}_{number}"
        self._names.add(name)
        return name

    def _format(self, kind: str) -> Any:
        """The cell format of a kind, or of a number format."""
        if kind not in self._formats:
            looks = _LOOKS.get(kind, {"num_format": kind, "align": "right", "valign": "top"})
            self._formats[kind] = self._workbook.add_format({"font_name": FONT, **looks})
        return self._formats[kind]


_HEADING = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"font_size": 11},
    "title": {"font_size": 16, "bold": True},
    "heading": {"font_size": 13, "bold": True},
    "link": {"font_size": 11, "font_color": "#0B4F8A", "underline": 1, "valign": "top"},
    "link cell": {
        "font_color": "#0B4F8A",
        "underline": 1,
        "valign": "top",
        "align": "left",
        "indent": 1,
    },
    "cell": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "shorthand": {"align": "right", "valign": "top"},
    "column heading": {**_HEADING, "align": "left", "indent": 1},
    "number heading": {**_HEADING, "align": "right"},
}


def _address(sheet: str) -> str:
    """Where a link to a sheet leads."""
    return "internal:'{}'!A1".format(sheet.replace("'", "''"))


def _properties(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subject": document.subject or document.subtitle,
        "author": document.organisation,
        "category": document.marking,
        "created": moment_of(document.moment).replace(tzinfo=None),
    }


def _widths(grid: Grid) -> list[int]:
    """Wide enough for the longest cell up to a limit, beyond which text wraps."""
    widest = WIDEST if len(grid.headings) < MANY_COLUMNS else WIDEST_OF_MANY
    found = []
    for across, heading in enumerate(grid.headings):
        longest = max((_length(row[across]) for row in grid.rows), default=0)
        word = max((len(word) for word in heading.split()), default=0)
        least = max(word, len(heading) // HEADING_LINES + 1) + 3
        found.append(min(max(longest + 2, least, NARROWEST), widest))
    return found


def _lines(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Lines of the fullest cell; not every program makes room for wrapped text by itself."""
    return max(_wrapped(value, width) for value, width in zip(row, widths, strict=True))


def _wrapped(value: Value, width: int) -> int:
    """Lines that a cell of ``width`` letters needs."""
    if not isinstance(value, str):
        return 1
    lines, used = 1, 0
    for word in value.split():
        if used and used + len(word) > width - 2:
            lines, used = lines + 1, 0
        used += len(word) + 1
    return lines


def _length(value: Value) -> int:
    return len(value) if isinstance(value, str) else len(f"{value.value:,.2f}")
