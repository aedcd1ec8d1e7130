"""On which page a place will stand, as far as that can be told before Word lays the text out.

The numbers fill the fields of the table of contents and of page references, so that something
sensible stands there in programs that show a field's stored result. Word works them out anew when
it prints or when somebody presses F9; it is not asked to do so on opening, because it would greet
every reader with a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn

from callover.report.render.docx_columns import begins_column, widths_of
from callover.report.render.docx_heights import height_of, room_after, row_height, style_of
from callover.report.render.docx_look import PAGE
from callover.report.render.docx_styles import STYLES
from callover.report.render.docx_xml import Element, add_settings, element, local

SPARE = 9  # points; columns that would just fit may just not


@dataclass
class Place:
    """Where the next line goes: the page, and the points used on it."""

    page: int = 1
    used: float = 0.0

    def turn(self) -> None:
        """Go on at the top of a new page; an empty one is used first."""
        if self.used:
            self.page, self.used = self.page + 1, 0.0

    def fits(self, height: float) -> bool:
        """Whether the page has room."""
        return self.used + height <= PAGE

    def fill(self, height: float) -> None:
        """Take room; what is higher than the page runs on over the next ones."""
        self.used += height
        while self.used > PAGE:
            self.page, self.used = self.page + 1, self.used - PAGE


@dataclass(frozen=True, slots=True)
class Line:
    """What is not split over two pages: a paragraph or a row of a table.

    ``again`` is the height of the heading rows that a table repeats above it on a new page.
    """

    height: float
    after: float = 0.0
    keeps: bool = False  # with the next
    breaks: bool = False  # begins a page
    solid: bool = True
    names: tuple[str, ...] = ()
    again: float = 0.0


def lay_out(nodes: Iterable[Element]) -> tuple[dict[str, int], int]:
    """The page of every bookmark, and the number of pages.

    Columns that the page has no room for are sent to the next one: Word would else run the first
    column on at the top of the second.
    """
    found: dict[str, int] = {}
    place = Place()
    for band, widths in _bands(nodes):
        if widths:
            _set_columns(band, widths, place)
            found.update((name, place.page) for node in band for name in _bookmarks(node))
        else:
            for group in _kept_together(line for node in band for line in _lines(node)):
                _set_group(group, place, found)
    return found, place.page


def _bands(nodes: Iterable[Element]) -> Iterator[tuple[list[Element], list[int]]]:
    """The nodes of each section of the Word document, with its columns' widths."""
    band: list[Element] = []
    for node in nodes:
        if local(node) != "sectPr":
            band.append(node)
            continue
        if band:
            yield band, widths_of(node)
        band = []
    if band:
        yield band, []


def _set_columns(band: list[Element], widths: list[int], place: Place) -> None:
    height = _tallest(band, widths)
    if _breaks(band[0]):
        place.turn()
    elif place.used and not place.fits(height + SPARE):
        add_settings(band[0], [element("pageBreakBefore")])
        place.turn()
    place.fill(height)
    place.used = max(place.used, 1.0)


def _tallest(band: list[Element], widths: list[int]) -> float:
    """Height of the highest column."""
    heights = [0.0] * len(widths)
    column = 0
    for node in band:
        column += begins_column(node)
        heights[column] += height_of(node, widths[column])
    return max(heights)


def _lines(node: Element) -> Iterator[Line]:
    """A paragraph, or the rows of a table one by one."""
    if local(node) == "tbl":
        yield from _row_lines(node)
    else:
        is_solid = local(node) == "p"  # a table of contents flows on line by line
        names = tuple(_bookmarks(node))
        keeps = _stays_with_next(node)
        yield Line(height_of(node), room_after(node), keeps, _breaks(node), is_solid, names)


def _row_lines(table: Element) -> Iterator[Line]:
    """Rows; those after the heading row take it with them to a new page."""
    again = 0.0
    for row in table.iterfind("{*}tr"):
        height = row_height(row)
        keeps = row.find("{*}tc/{*}p/{*}pPr/{*}keepNext") is not None
        yield Line(height, keeps=keeps, names=tuple(_bookmarks(row)), again=again)
        if row.find("{*}trPr/{*}tblHeader") is not None:
            again += height


def _set_group(group: list[Line], place: Place, found: dict[str, int]) -> None:
    """Lines that stay together, on the next page if this one has not room for all of them."""
    whole = sum(line.height for line in group) - group[-1].after
    if group[0].breaks or not (place.fits(whole) or whole > PAGE):
        _turn(place, group[0])
    for line in group:
        if line.solid and not place.fits(line.height - line.after):
            _turn(place, line)
        found.update((name, place.page) for name in line.names)
        place.fill(line.height)


def _turn(place: Place, line: Line) -> None:
    """Go on at the top of a new page, under the heading row if it is within a table."""
    if place.used:
        place.turn()
        place.used = line.again


def _kept_together(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that stay with the next one, together with it."""
    group: list[Line] = []
    for line in lines:
        if group and line.breaks:
            yield group
            group = []
        group.append(line)
        if not line.keeps:
            yield group
            group = []
    if group:
        yield group


def _stays_with_next(node: Element) -> bool:
    if local(node) != "p":
        return False
    style = STYLES.get(style_of(node))
    return bool(style and style.keep_next) or node.find("{*}pPr/{*}keepNext") is not None


def _breaks(node: Element) -> bool:
    return node.find("{*}pPr/{*}pageBreakBefore") is not None


def _bookmarks(node: Element) -> list[str]:
    return [str(mark.get(qn("w:name"))) for mark in node.iter("{*}bookmarkStart")]
