"""WordprocessingML in small: elements, runs, fields, bookmarks and links, in the schema's order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

Element = Any
"""An lxml element; python-docx gives them classes of its own."""

NAMESPACES = {prefix: nsmap[prefix] for prefix in ("w", "r")}
_name = cache(qn)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 holds none of these

# The schema wants the properties of a paragraph and of a run in these orders.
_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr"),
    *("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc"),
    *("outlineLvl", "rPr", "sectPr"),
)
_RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "position", "sz", "szCs", "u"),
    *("shd", "vertAlign", "lang"),
)
_ORDERS = {"pPr": _PARAGRAPH_ORDER, "rPr": _RUN_ORDER}


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """``<w:tag w:attribute="…">`` with its children; attributes of None are left out."""
    node = oxml_parser.makeelement(_name(f"w:{tag}"), nsmap=NAMESPACES)
    for key, value in attributes.items():
        if value is not None:
            node.set(_name(f"w:{key}"), str(value))
    node.extend(children)
    return node


def properties(tag: str, children: Iterable[Element]) -> Element:
    """A ``pPr`` or ``rPr`` with its children put into the schema's order."""
    order = _ORDERS[tag]
    return element(tag, *sorted(children, key=lambda child: order.index(local(child))))


def local(node: Element) -> str:
    """Name of an element without its namespace."""
    return str(node.tag).rsplit("}", 1)[-1]


def paragraph(style: str, *content: Element, settings: Iterable[Element] = ()) -> Element:
    """A paragraph of a style; ``settings`` are further paragraph properties."""
    return element("p", properties("pPr", [element("pStyle", val=style), *settings]), *content)


def add_settings(node: Element, settings: Iterable[Element]) -> None:
    """Put further properties into an existing paragraph; those already there stay."""
    current = node.find(_name("w:pPr"))
    have = {local(child) for child in current}
    new = [setting for setting in settings if local(setting) not in have]
    node.replace(current, properties("pPr", [*current, *new]))


def run(text: str, *settings: Element) -> Element:
    """A run of text; a tab and a line end become Word's own."""
    node = element("r")
    if settings:
        node.append(properties("rPr", settings))
    for piece in re.split(r"([\t\n])", _FORBIDDEN.sub("", text)):
        if piece == "\t":
            node.append(element("tab"))
        elif piece == "\n":
            node.append(element("br"))
        elif piece:
            node.append(_text("t", piece))
    return node


def _text(tag: str, words: str) -> Element:
    node = element(tag)
    node.text = words
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return node


def field_runs(instruction: str, cached: str, *settings: Element) -> list[Element]:
    """A field with the text that stands in it until Word works it out anew."""
    return [
        *field_start(instruction),
        run(cached, *settings),
        element("r", element("fldChar", fldCharType="end")),
    ]


def field_start(instruction: str) -> list[Element]:
    """The opening of a field whose result spans more than a run."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", _text("instrText", f" {instruction} ")),
        element("r", element("fldChar", fldCharType="separate")),
    ]


def bookmark(number: int, name: str, *content: Element) -> list[Element]:
    """``content`` between the two ends of a bookmark."""
    start = element("bookmarkStart", id=number, name=name)
    return [start, *content, element("bookmarkEnd", id=number)]


def link_to(name: str, *content: Element) -> Element:
    """A link to a bookmark of this document."""
    return element("hyperlink", *content, anchor=name, history=1)


def link_out(relation: str, *content: Element) -> Element:
    """A link to an address outside, by its relationship id."""
    node = element("hyperlink", *content, history=1)
    node.set(_name("r:id"), relation)
    return node
