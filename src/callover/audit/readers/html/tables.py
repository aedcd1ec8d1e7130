"""Tables of a page, with merged cells spread out; tables that only arrange a page are text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from callover.audit.limits import DEEPEST_TABLE, MOST_ROWS
from callover.audit.pack import Block, Cell, Place, Table
from callover.audit.readers.html.flow import Flow
from callover.audit.readers.html.look import Look
from callover.audit.readers.html.source import line_of
from callover.audit.report.words import place_words
from callover.audit.spanned import WIDEST, Spanned, left_over, lined_up
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
    into = _Into(look, tally, depth, inner, _width(table, look))
    rows = lined_up(
        tally,
        (
            [_spanned(cell, into, len(group) - at) for cell in _cells(row, look)]
            for group in _groups(table, look)
            for at, row in enumerate(group)
        ),
    )
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


@dataclass(frozen=True, slots=True)
class _Into:
    """What the cells of one table are read with; tables within them go to ``inner``."""

    look: Look
    tally: Tally
    depth: int
    inner: list[Block]
    width: int


def _groups(table: etree._Element, look: Look) -> Iterator[list[etree._Element]]:
    """The rows of a table by group: a cell never reaches out of its head, body or foot."""
    loose: list[etree._Element] = []
    for each in table:
        if each.tag not in _GROUPS:
            loose.append(each)
            continue
        yield _shown_rows(loose, look)
        loose = []
        if not look.hides(each):
            yield _shown_rows(each, look)
    yield _shown_rows(loose, look)


def _shown_rows(elements: Iterable[etree._Element], look: Look) -> list[etree._Element]:
    return [each for each in elements if each.tag == "tr" and not look.hides(each)]


def _rows(table: etree._Element, look: Look) -> list[etree._Element]:
    rows = [row for group in _groups(table, look) for row in group]
    if len(rows) > MOST_ROWS:
        raise too_much("The page", "has a table that is too long", MOST_ROWS, "rows")
    return rows


def _cells(row: etree._Element, look: Look) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th") and not look.hides(cell)]


def _spanned(cell: etree._Element, into: _Into, left: int) -> Spanned:
    """A cell with what it covers; ``left`` are the rows from its own to the last of its group."""
    text = _text(cell, into.look, into.tally, into.depth, into.inner)
    above = cell.getparent().getparent()
    heading = cell.tag == "th" or above.tag == "thead"
    place = Place(line=line_of(cell))
    columns = _span(cell, "colspan") or 1
    if columns > WIDEST:
        others = sum(_plain_span(each) for each in _cells(cell.getparent(), into.look)) - 1
        columns = left_over(into.tally, place_words(place), columns, into.width, others)
    return Spanned(Cell(text, place, columns, heading), min(_span(cell, "rowspan") or left, left))


def _width(table: etree._Element, look: Look) -> int:
    """The columns of a table by its widest row, those that a senseless cell covers apart."""
    return max((sum(map(_plain_span, _cells(row, look))) for row in _rows(table, look)), default=0)


def _text(element: etree._Element, look: Look, tally: Tally, depth: int, inner: list[Block]) -> str:
    """The text of a cell or caption, a line for each of its paragraphs."""
    lines: list[str] = []
    for block in blocks_of(element, look, tally, depth):
        if isinstance(block, Table):
            inner.append(block)
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _span(cell: etree._Element, name: str) -> int:
    """The number that an attribute gives, 1 for none or a senseless one; 0 means all there are."""
    said = str(cell.get(name, "1")).strip()
    return int(said) if said.isdecimal() and len(said) < 9 else 1


def _plain_span(cell: etree._Element) -> int:
    """The columns that a cell covers, 1 where it is said to cover more than any does."""
    said = _span(cell, "colspan") or 1
    return said if said <= WIDEST else 1
