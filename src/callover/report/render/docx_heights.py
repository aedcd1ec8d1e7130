"""How high the paragraphs and tables of the Word document will stand, from sizes and lengths."""

from __future__ import annotations

from docx.oxml.ns import qn

from callover.report.fonts.widths import BOLD, WIDTH, text_width
from callover.report.render.docx_look import BODY_SIZE, LEADING, TEXT_WIDTH
from callover.report.render.docx_styles import STYLES, inherited
from callover.report.render.docx_xml import Element, local

LINE = 1.362 * LEADING  # height of a line by the size of its letters, for Noto Sans
_EMU = 12_700
HEADING_RULE = 4.5  # points: the rule and the room above it
CELL_ROOM = 140  # twentieths: a cell's margins, and a little for words that only just fit
_SETTINGS = qn("w:pPr")
BOX_SHARE = 2.2  # points: a shaded paragraph's share of the room at the ends of its box


def height_of(node: Element, width: float = TEXT_WIDTH) -> float:
    """Points that a paragraph, a table or a table of contents takes in ``width`` (twentieths)."""
    kind = local(node)
    if kind == "tbl":
        return sum(row_height(row) for row in node.iter(qn("w:tr")))
    if kind == "sdt":
        return sum(height_of(child) for child in node.iter(qn("w:p")))
    return _paragraph_height(node, width) if kind == "p" else 0.0


def row_height(row: Element) -> float:
    """Points that a row of a table takes: its highest cell."""
    cells = row.iter(qn("w:tc"))
    return max((_cell_height(cell) for cell in cells), default=0.0) + 0.5


def _cell_height(cell: Element) -> float:
    width = float(cell.find("{*}tcPr/{*}tcW").get(qn("w:w"))) - CELL_ROOM
    return sum(height_of(node, width) for node in cell.iter(qn("w:p")))


def _paragraph_height(node: Element, width: float) -> float:
    identity = style_of(node)
    pictures = sum(int(extent.get("cy")) / _EMU for extent in node.iter("{*}extent"))
    size = inherited(identity, "size") or BODY_SIZE
    scale = size * (BOLD if inherited(identity, "bold") else 1)
    room = (width - inherited(identity, "indent")) / 20 / scale
    text = 0.0 if pictures else _lines(_words(node), room) * size * LINE
    return _room_around(node, identity) + text + pictures


def _room_around(node: Element, identity: str) -> float:
    """Points above and below: the style's, or the paragraph's own."""
    own = node.find(f"{_SETTINGS}/{qn('w:spacing')}")
    found = 0.0
    for side in ("before", "after"):
        value = None if own is None else own.get(qn(f"w:{side}"))
        found += inherited(identity, side) if value is None else int(value) / 20
    return found + _rules(node, identity)


def room_after(node: Element) -> float:
    """Points below a paragraph, which the end of a page swallows."""
    return inherited(style_of(node), "after") if local(node) == "p" else 0.0


def _rules(node: Element, identity: str) -> float:
    """Points that rules above and below take: a heading's own, or those of a shaded paragraph."""
    borders = {local(side): side for side in node.iterfind(f"{_SETTINGS}/{qn('w:pBdr')}/*")}
    among_others = "between" in borders
    names = ("between",) if among_others else ("top", "bottom")
    own = [
        int(borders[name].get(qn("w:sz"))) / 8 + int(borders[name].get(qn("w:space")))
        for name in names
        if name in borders
    ]
    if among_others:
        own.append(BOX_SHARE)
    style = STYLES.get(identity)
    return sum(own) + (HEADING_RULE if style and style.rule_below else 0.0)


def _lines(words: str, room: float) -> int:
    """Lines that ``words`` take; ``room`` is a line's width by the letters' size."""
    lines, used = 1, 0.0
    for word in words.split(" "):
        width = text_width(word)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        used += width + WIDTH[" "]
        while used - WIDTH[" "] > room:  # a word longer than a line goes on below
            lines, used = lines + 1, used - room
    return lines


def _words(node: Element) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def style_of(node: Element) -> str:
    """Id of a paragraph's style."""
    return str(node.find(f"{_SETTINGS}/{qn('w:pStyle')}").get(qn("w:val")))
