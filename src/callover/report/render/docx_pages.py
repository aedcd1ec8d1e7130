"""On which page a place will stand, as far as that can be told before Word lays the text out.

The numbers fill the fields of the table of contents and of page references, so that something
sensible stands there in programs that show a field's stored result. Word works them out anew when
it prints or when somebody presses F9; it is not asked to do so on opening, because it would greet
every reader with a warning.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache

from docx.oxml.ns import qn

from callover.report.render.docx_look import TEXT_WIDTH
from callover.report.render.docx_styles import PARAGRAPHS, STYLES, Style
from callover.report.render.docx_xml import Element, local

PAGE = 722.0  # points between header and footer
LINE = 1.362  # height of a line by the size of its letters
LETTER, BOLD_LETTER = 0.53, 0.57  # width of a letter by its size, on average
_EMU = 12_700


def pages_of(nodes: Iterable[Element]) -> tuple[dict[str, int], int]:
    """The page of every bookmark, and the number of pages."""
    page, used = 1, 0.0
    found: dict[str, int] = {}
    for group in _kept_together(nodes):
        heights = [height_of(node) for node in group]
        if (
            _breaks(group[0])
            or (used and used + sum(heights[:1]) > PAGE)
            or _too_long(used, heights)
        ):
            page, used = (page + 1, 0.0) if used else (page, 0.0)
        for node, height in zip(group, heights, strict=True):
            if used and used + height > PAGE and local(node) != "tbl":
                page, used = page + 1, 0.0
            found.update((name, page) for name in _bookmarks(node))
            page, used = _after(page, used + height)
    return found, page


def _too_long(used: float, heights: list[float]) -> bool:
    """Whether a group that could stand on one page does not fit on this one."""
    return used + sum(heights) > PAGE >= sum(heights)


def _after(page: int, used: float) -> tuple[int, float]:
    """Page and place after something that may run over several pages."""
    over = math.floor(used / (PAGE + 0.01))
    return page + over, used - over * PAGE


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
    style = STYLES.get(_style_of(node))
    return bool(style and style.keep_next) or node.find("{*}pPr/{*}keepNext") is not None


def _breaks(node: Element) -> bool:
    return node.find("{*}pPr/{*}pageBreakBefore") is not None


def _bookmarks(node: Element) -> list[str]:
    return [str(mark.get(qn("w:name"))) for mark in node.iter("{*}bookmarkStart")]


def height_of(node: Element, width: float = TEXT_WIDTH) -> float:
    """Points that a paragraph, a table or a table of contents takes in ``width`` (twentieths)."""
    kind = local(node)
    if kind == "tbl":
        return sum(_row_height(row) for row in node.iter(qn("w:tr")))
    if kind == "sdt":
        return sum(height_of(child) for child in node.iter(qn("w:p")))
    return _paragraph_height(node, width) if kind == "p" else 0.0


def _row_height(row: Element) -> float:
    cells = row.iter(qn("w:tc"))
    return max((_cell_height(cell) for cell in cells), default=0.0) + 0.5


def _cell_height(cell: Element) -> float:
    width = float(cell.find("{*}tcPr/{*}tcW").get(qn("w:w"))) - 120
    return sum(height_of(node, width) for node in cell.iter(qn("w:p")))


def _paragraph_height(node: Element, width: float) -> float:
    style = STYLES.get(_style_of(node), Style("none"))
    pictures = sum(int(extent.get("cy")) / _EMU for extent in node.iter("{*}extent"))
    size = _size(style.id)
    letters = size * (BOLD_LETTER if style.bold else LETTER)
    room = (width - style.indent) / 20
    lines = _lines(_words(node), max(1, int(room / letters)))
    text = 0.0 if pictures else lines * size * LINE
    return style.before + style.after + text + pictures


def _lines(words: str, room: int) -> int:
    """Lines that ``words`` take where a line holds ``room`` letters."""
    lines, used = 1, 0
    for word in words.split(" "):
        step = len(word) + (1 if used else 0)
        if used and used + step > room:
            lines, used = lines + 1, len(word)
        else:
            used += step
        extra = max(0, used - 1) // room  # a word longer than a line goes on below
        lines, used = lines + extra, used - extra * room
    return lines


def _words(node: Element) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def _style_of(node: Element) -> str:
    return str(node.find("{*}pPr/{*}pStyle").get(qn("w:val")))


@cache
def _size(style_id: str) -> float:
    """Size of a style's letters, its own or that of the style it rests on."""
    style = STYLES.get(style_id)
    while style is not None and not style.size:
        style = next((s for s in PARAGRAPHS if s.name == style.based), None)
    return style.size if style else 10
