"""The cells of a sheet as it shows them, by row and column."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from callover.audit.files import Parts, broken_xml, xml_of
from callover.audit.limits import MOST_COLUMNS
from callover.audit.readers.xlsx.book import Book, S, rich_text
from callover.audit.readers.xlsx.formats import printed
from callover.audit.tally import Tally
from callover.audit.wording import tidy
from callover.data.hidden import column_of, letters

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ON = ("1", "true")
_VALUE = f"{S}v"
_FORMULA = f"{S}f"


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell with content: what it shows, and whether that is a number."""

    text: str
    is_number: bool = False


@dataclass(slots=True)
class Grid:
    """The content of a sheet; rows and columns count from 1.

    ``unsolved`` are the cells with a formula of which the workbook does not hold the result.
    """

    rows: dict[int, dict[int, Shown]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    unsolved: list[str] = field(default_factory=list)
    last: int = 0


def grid_of(name: str, parts: Parts, part: str, book: Book, tally: Tally) -> Grid:
    """A sheet's cells; raises Unreadable for a broken sheet or one without end."""
    grid = Grid()
    raw = xml_of(name, parts, part)
    if not raw:
        return grid
    try:
        for element in _elements(raw):
            _take(element, grid, book, tally)
    except etree.XMLSyntaxError as error:
        raise broken_xml(f"{name}: {part}", error) from error
    return grid


def _elements(raw: bytes) -> Iterator[etree._Element]:
    """Rows, columns and merged cells one after the other; what was read is let go."""
    wanted = (f"{S}row", f"{S}col", f"{S}mergeCell")
    reading = etree.iterparse(
        io.BytesIO(raw), events=("end",), tag=wanted, resolve_entities=False, no_network=True,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in reading:
        yield element
        element.clear()
        before = element.getprevious()
        if before is not None:
            element.getparent().remove(before)


def _take(element: etree._Element, grid: Grid, book: Book, tally: Tally) -> None:
    if element.tag == f"{S}row":
        _take_row(element, grid, book, tally)
    elif element.tag == f"{S}col" and element.get("hidden") in _ON:
        first, last = (int(element.get(end, "1")[:5]) for end in ("min", "max"))
        grid.hidden_columns += range(first, min(last, first + MOST_COLUMNS) + 1)
    elif element.tag == f"{S}mergeCell":
        ends = [place_of(each) for each in element.get("ref", "").split(":")]
        if len(ends) == 2 and all(ends):
            grid.merges.append((*ends[0], *ends[1]))


def _take_row(row: etree._Element, grid: Grid, book: Book, tally: Tally) -> None:
    said = row.get("r", "")
    is_number = said.isascii() and said.isdecimal() and len(said) < 8
    number = grid.last = int(said) if is_number else grid.last + 1
    cells: dict[int, Shown] = {}
    column = 0
    for cell in row:
        place = place_of(cell.get("r", ""))
        column = place[1] if place else column + 1
        shown = _shown(cell, book)
        if shown.text:
            tally.text(shown.text)
            cells[column] = shown
        elif _is_unsolved(cell):
            grid.unsolved.append(f"{letters(column)}{number}")
    tally.cells(len(cells))
    if cells:
        grid.rows[number] = cells
        if row.get("hidden") in _ON:
            grid.hidden_rows.append(number)


def _shown(cell: etree._Element, book: Book) -> Shown:
    """What a cell shows; of a formula, what it came to when the workbook was saved."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inner = cell.find(f"{S}is")
        return Shown("" if inner is None else rich_text(inner))
    text = _value(cell)
    if kind == "s":
        return Shown(book.text(text))
    if kind == "b":
        return Shown({"1": "TRUE", "0": "FALSE"}.get(text, text))
    if kind != "n" or not text:
        return Shown(tidy(text))
    return _number(text, book.format(cell.get("s", "0")), book.from_1904)


def _is_unsolved(cell: etree._Element) -> bool:
    """Whether a cell has a formula and no result, as programs that do not calculate write it; an
    empty text is a result."""
    with_formula = any(each.tag == _FORMULA for each in cell)
    return with_formula and cell.get("t") != "str" and not _value(cell)


def _value(cell: etree._Element) -> str:
    """What stands in a cell's first ``v``; a search by path takes three times as long."""
    return next((each.text or "" for each in cell if each.tag == _VALUE), "")


def _number(text: str, code: str, from_1904: bool) -> Shown:
    try:
        value = float(text)
    except ValueError:
        return Shown(tidy(text))
    if value - value != 0:  # infinite or no number: no cell shows it
        return Shown("")
    return Shown(tidy(printed(value, code, from_1904)), is_number=True)


def place_of(reference: str) -> tuple[int, int] | tuple[()]:
    """Row and column of ``C7``, () for what is no reference."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return ()
    return int(found[2]), column_of(found[1])
