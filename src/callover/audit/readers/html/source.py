"""The text of a web page, whatever it is encoded in, and its tree."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from callover.audit.limits import DEEPEST, MOST_HTML_BYTES
from callover.audit.unreadable import damaged, too_deep, too_much

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LAST_LINE = 65_535
"""The parser counts no further lines than this."""


def text_of(raw: bytes) -> str:
    """The page's text: as its mark or UTF-8, else as it declares, else as Windows-1252."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(_declared(raw[:4096]), errors="replace")


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head)
    try:
        name = codecs.lookup(found[1].decode()).name if found else "cp1252"
    except LookupError:
        return "cp1252"
    is_text = name.startswith(("iso8859", "cp", "mac", "latin", "koi8"))
    return "cp1252" if name == "iso8859-1" or not is_text else name


def tree_of(name: str, raw: bytes) -> etree._Element:
    """The page's elements; raises Unreadable for what is too large, too deep or no page."""
    if len(raw) > MOST_HTML_BYTES:
        raise too_much(name, f"has {len(raw):,} bytes", MOST_HTML_BYTES, "bytes of a web page")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    text = text_of(raw).replace("\0", "\ufffd")
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name, getattr(error, "msg", None) or str(error)) from error
    if root is None:
        raise damaged(name, "no text was found in it")
    _check_depth(name, root)
    return root


def _check_depth(name: str, root: etree._Element) -> None:
    deep = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        deep += 1 if event == "start" else -1
        if deep > DEEPEST:
            line = line_of(element)
            raise too_deep(f"{name}, line {line}" if line else name, DEEPEST)


def line_of(element: etree._Element) -> int:
    """The line of the file where an element begins, 0 where the parser lost count."""
    line = int(element.sourceline or 0)
    return 0 if line >= LAST_LINE else line
