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
from callover.report.render.docx_heights import height_of, style_of
from callover.report.render.docx_look import PAGE
from callover.report.render.docx_styles import STYLES
from callover.report.render.docx_xml import Element, add_settings, element, local

SPARE = 20  # points; columns that would just fit may just not


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


def lay_out(nodes: Iterable[Element]) -> tuple[dict[str, int], int]:
    """The page of every bookmark, and the number of pages.

    Columns that the page has no room for are sent to the next one: Word would else run the first
    column on at the top of the second.
    """
    found: dict[str, int] = {}
    place = Place()
    for band, widths in _bands(nodes):
        units = [band] if widths else _kept_together(band)
        for unit in units:
            _set_columns(unit, widths, place) if widths else _set_group(unit, place, found)
            if widths:
                found.update((name, place.page) for node in unit for name in _bookmarks(node))
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


def _set_group(group: list[Element], place: Place, found: dict[str, int]) -> None:
    """Lines that stay together, on the next page if this one has not room for all of them."""
    heights = [height_of(node) for node in group]
    if _breaks(group[0]) or not (place.fits(sum(heights)) or sum(heights) > PAGE):
        place.turn()
    for node, height in zip(group, heights, strict=True):
        if local(node) == "p" and not place.fits(height):
            place.turn()
        found.update((name, place.page) for name in _bookmarks(node))
        place.fill(height)


def _kept_together(nodes: Iterable[Element]) -> Iterator[list[Element]]:
    """Paragraphs that stay with the next one, together with it."""
    group: list[Element] = []
    for node in nodes:
        if group and _breaks(node):
            yield group
            group = []
        group.append(node)
        if not _stays_with_next(node):
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
