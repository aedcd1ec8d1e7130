"""Tables of a page, with merged cells spread out; tables that only arrange a page are text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from callover.audit.limits import DEEPEST_TABLE, MOST_COLUMNS, MOST_ROWS
from callover.audit.pack import Block, Cell, Place, Table
from callover.audit.readers.html.flow import Flow
from callover.audit.readers.html.look import Look
from callover.audit.readers.html.source import line_of
from callover.audit.spanned import Spanned, lined_up
from callover.audit.tally import Tally
from callover.audit.unreadable import too_deep, too_much

_GROUPS = ("thead", "tbody", "tfoot")


def blocks_of(root: etree._Element, look: Look, tally: Tally, depth: int = 0) -> Iterator[Block]:
    """Everything that ``root`` shows, in reading order; a table within a cell follows its table."""
    for found in Flow(look, tally).blocks(root):
        if isinstance(found, etree._Element):
            yield from _table(found, look, tally, depth + 1)
        else:
            yield found


def _table(table: etree._Element, look: Look, tally: Tally, depth: int) -> Iterator[Block]:
    if depth > DEEPEST_TABLE:
        line = line_of(table)
        where = f"{tally.name}, line {line}" if line else tally.name
        raise too_deep(where, DEEPEST_TABLE, "tables")
    if _arranges(table, look):
        for cell in (each for row in _rows(table, look) for each in _cells(row, look)):
            yield from blocks_of(cell, look, tally, depth)
        return
    inner: list[Block] = []
    rows = lined_up(tally, ([_spanned(c, look, tally, depth, inner) for c in _cells(row, look)]
                            for row in _rows(table, look)))  # fmt: skip
    tally.block()
    caption = table.find("caption")
    said = "" if caption is None else _text(caption, look, tally, depth, inner)
    rows = tuple(row for row in rows if row)
    if rows or said:
        yield Table(rows, Place(line=line_of(table)), said)
    yield from inner


def _arranges(table: etree._Element, look: Look) -> bool:
    """Whether a table arranges the page: it says so, or holds tables or headings in few cells."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find(".//table") is None and all(table.find(f".//h{n}") is None for n in range(1, 7)):
        return False
    full = sum(len(_cells(row, look)) > 1 for row in _rows(table, look))
    return full < 2 or table.find(".//table") is None


def _rows(table: etree._Element, look: Look) -> list[etree._Element]:
    rows = [
        row
        for each in table
        for row in (each if each.tag in _GROUPS and not look.hides(each) else (each,))
        if row.tag == "tr" and not look.hides(row)
    ]
    if len(rows) > MOST_ROWS:
        raise too_much("The page", "has a table that is too long", MOST_ROWS, "rows")
    return rows


def _cells(row: etree._Element, look: Look) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th") and not look.hides(cell)]


def _spanned(
    cell: etree._Element, look: Look, tally: Tally, depth: int, inner: list[Block]
) -> Spanned:
    """A cell with what it covers; a table within it is put aside into ``inner``."""
    text = _text(cell, look, tally, depth, inner)
    above = cell.getparent().getparent()
    heading = cell.tag == "th" or above.tag == "thead"
    columns = _span(cell, "colspan", MOST_COLUMNS)
    return Spanned(
        Cell(text, Place(line=line_of(cell)), columns, heading), _span(cell, "rowspan", MOST_ROWS)
    )


def _text(element: etree._Element, look: Look, tally: Tally, depth: int, inner: list[Block]) -> str:
    """The text of a cell or caption, a line for each of its paragraphs."""
    lines: list[str] = []
    for block in blocks_of(element, look, tally, depth):
        if isinstance(block, Table):
            inner.append(block)
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _span(cell: etree._Element, name: str, most: int) -> int:
    said = str(cell.get(name, "1")).strip()
    return min(most, max(1, int(said))) if said.isdecimal() and len(said) < 9 else 1
