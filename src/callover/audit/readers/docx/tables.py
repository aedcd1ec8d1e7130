"""Tables of a document, merged cells spread out; a table within a cell follows its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from callover.audit.limits import DEEPEST_TABLE, MOST_COLUMNS, MOST_ROWS
from callover.audit.pack import Block, Cell, Paragraph, Place, Row, Table
from callover.audit.readers.docx.body import Caption, Reading
from callover.audit.readers.docx.names import W, at, is_on, named, value, whole
from callover.audit.report.words import place_words
from callover.audit.spanned import WIDEST, continued, left_over
from callover.audit.tally import Tally
from callover.audit.unreadable import too_deep, too_much

_AROUND_ROWS = named("sdt sdtContent ins moveTo customXml")


def blocks_of(container: etree._Element, reading: Reading) -> Iterator[Block]:
    """Everything that a container prints; a caption right before a table becomes the table's."""
    caption: Paragraph | None = None
    for found in reading.flow(container):
        if isinstance(found, etree._Element):
            yield from _table(found, reading, caption.text if caption else "")
            caption = None
            continue
        if caption:
            yield Paragraph(caption.text, caption.place)
        caption = found if isinstance(found, Caption) else None
        if not caption:
            yield found
    if caption:
        yield Paragraph(caption.text, caption.place)


def _table(table: etree._Element, reading: Reading, caption: str) -> Iterator[Block]:
    reading.depth += 1
    if reading.depth > DEEPEST_TABLE:
        raise too_deep(reading.tally.name, DEEPEST_TABLE, "tables")
    inner: list[Block] = []
    rows = _rows(table, reading, inner)
    reading.depth -= 1
    reading.tally.block(caption)
    first = next((cell.place for row in rows for cell in row), Place())
    yield Table(rows, first, caption)
    yield from inner


def _rows(table: etree._Element, reading: Reading, inner: list[Block]) -> tuple[Row, ...]:
    has_heading = any(is_on(row, "trPr/tblHeader") for row in _within(table, "tr"))
    look = at(table, "tblPr/tblLook")
    heads_rows = has_heading and look is not None and look.get(f"{W}firstColumn") == "1"
    body = _Body(reading, inner, heads_rows, _width(table))
    made: list[Row] = []
    for row in _within(table, "tr"):
        if at(row, "trPr/del") is None:
            made.append(_row(row, body))
        if len(made) > MOST_ROWS:
            raise too_much(reading.tally.name, "has an endless table", MOST_ROWS, "rows")
    return tuple(row for row in made if row)


@dataclass(frozen=True, slots=True)
class _Body:
    """What the rows of one table are read with; tables within its cells go to ``inner``.

    ``above`` holds by column the merged cells that reach into the next row.
    """

    reading: Reading
    inner: list[Block]
    heads_rows: bool
    width: int
    above: dict[int, Cell] = field(default_factory=dict)


def _width(table: etree._Element) -> int:
    """The columns that a table says it has, 0 where it does not."""
    columns = at(table, "tblGrid")
    return 0 if columns is None else len(columns.findall(f"{W}gridCol"))


def _row(row: etree._Element, body: _Body) -> Row:
    """The cells of a row, those that it leaves out before the first and those from above too."""
    is_heading = is_on(row, "trPr/tblHeader")
    elements, tally = list(_within(row, "tc")), body.reading.tally
    column = _before(row, tally)
    cells = [Cell("", Place(), column)] if column else []
    for each in elements:
        cell = _cell(each, body, is_heading or (body.heads_rows and column == 0))
        if cell.columns > WIDEST:
            others, where = len(elements) - 1, place_words(cell.place)
            width = body.width or len(elements)
            columns = left_over(tally, where, cell.columns, width, others)
            cell = replace(cell, columns=columns)
        merged = at(each, "tcPr/vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            cell = replace(continued(body.above.get(column, cell)), columns=cell.columns)
        else:
            body.above[column] = cell
        cells.append(cell)
        column += cell.columns
        if column > MOST_COLUMNS:
            raise too_much(tally.name, "has an endless row", MOST_COLUMNS, "columns")
    tally.cells(len(cells))
    return tuple(cells)


def _before(row: etree._Element, tally: Tally) -> int:
    """The columns that a row leaves out before its first cell."""
    said = whole(value(row, "trPr/gridBefore"))
    if said <= WIDEST:
        return said
    tally.note(
        f"A row of a table is said to begin {said:,} columns on; it was read from the first."
    )
    return 0


def _cell(cell: etree._Element, body: _Body, heading: bool) -> Cell:
    """A cell, a line for each of its paragraphs; a table within it is put aside."""
    lines: list[Block] = []
    for block in blocks_of(cell, body.reading):
        (body.inner if isinstance(block, Table) else lines).append(block)
    words = [block for block in lines if not isinstance(block, Table)]
    first = cell.find(f".//{W}p")
    place = words[0].place if words else Place() if first is None else body.reading.places.of(first)
    text = "\n".join(block.text for block in words)
    return Cell(text, place, max(1, whole(value(cell, "tcPr/gridSpan"), 1)), heading)


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, those that were inserted or belong to a form too."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag in _AROUND_ROWS:
            yield from _within(child, name)
