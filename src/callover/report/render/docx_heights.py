"""How high the paragraphs and tables of the Word document will stand, from sizes and lengths."""

from __future__ import annotations

from docx.oxml.ns import qn

from callover.report.render.docx_look import BODY_SIZE, LEADING, TEXT_WIDTH
from callover.report.render.docx_styles import STYLES, inherited
from callover.report.render.docx_xml import Element, local

LINE = 1.362 * LEADING  # height of a line by the size of its letters, for Noto Sans
BOLD = 1.07  # how much wider bold letters are
_BY_WIDTH = {  # letters by their width, as a share of their size; others are as wide as a digit
    0.15: "\u202f",
    0.25: "'’ijlJ!,.:; ·\xa0",
    0.31: "()-`",
    0.35: "ftI/[]\\“”",
    0.41: 'r"{}',
    0.46: "z?_csvyFL–",
    0.61: "bdghnopquKPRVXABC#",
    0.75: "DGHNU&",
    0.79: "wOQ",
    0.93: "mWM@%",
}
_WIDTH = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_DIGIT = 0.57
_EMU = 12_700
HEADING_RULE = 4.5  # points: the rule and the room above it
CELL_ROOM = 140  # twentieths: a cell's margins, and a little for words that only just fit
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
    own = node.find("{*}pPr/{*}spacing")
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
    among_others = node.find("{*}pPr/{*}pBdr/{*}between") is not None
    names = ("between",) if among_others else ("top", "bottom")
    sides = [node.find(f"{{*}}pPr/{{*}}pBdr/{{*}}{side}") for side in names]
    own = [
        int(side.get(qn("w:sz"))) / 8 + int(side.get(qn("w:space")))
        for side in sides
        if side is not None
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
        used += width + _WIDTH[" "]
        while used - _WIDTH[" "] > room:  # a word longer than a line goes on below
            lines, used = lines + 1, used - room
    return lines


def text_width(words: str) -> float:
    """Width of ``words`` in Noto Sans by the letters' size."""
    return sum(_WIDTH.get(letter, _DIGIT) for letter in words)


def _words(node: Element) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def style_of(node: Element) -> str:
    """Id of a paragraph's style."""
    return str(node.find("{*}pPr/{*}pStyle").get(qn("w:val")))
