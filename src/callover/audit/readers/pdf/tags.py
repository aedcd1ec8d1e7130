"""The structure of a tagged page, with the words that stand in each of its elements."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from callover.audit.limits import DEEPEST, MOST_COLUMNS, MOST_ROWS
from callover.audit.readers.pdf.page import Tag, Word

_UNSEEN = frozenset(("Artifact", "Figure", "Formula"))
"""Elements whose letters are a drawing's, except in the cell of a table: a small chart beside its
figures is tagged together with them."""


def tags_of(page: pdfium.PdfPage, number: int, words: list[Word], most: int) -> Tag | None:
    """The elements of a page below one root, None where it has none or more than ``most``."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return None
    try:
        return _Page(number, words, most).root(tree)
    except OverflowError:
        return None
    finally:
        raw.FPDF_StructTree_Close(tree)


class _Page:
    """A page whose structure is read."""

    def __init__(self, number: int, words: list[Word], most: int) -> None:
        self._number, self._most = number, most
        self._marked: dict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            self._marked[word.mark].append(place)
        self._visited = 0

    def root(self, tree: Any) -> Tag | None:
        """All elements of the page."""
        root = Tag("Root")
        for place in range(self._counted(raw.FPDF_StructTree_CountChildren(tree))):
            child = raw.FPDF_StructTree_GetChildAtIndex(tree, place)
            if child:
                root.kids[place] = self._tag(child, 1)
        return root if root.kids else None

    def _tag(self, element: Any, depth: int, in_cell: bool = False) -> Tag:
        if depth > DEEPEST:
            raise OverflowError
        tag = Tag(_said(raw.FPDF_StructElement_GetType, element))
        if tag.kind in ("TD", "TH"):
            tag.columns = _span(element, b"ColSpan", MOST_COLUMNS)
            tag.rows = _span(element, b"RowSpan", MOST_ROWS)
        within = in_cell or tag.kind in ("TD", "TH")
        if within or tag.kind not in _UNSEEN:
            self._fill(tag, element, depth, within)
        return tag

    def _fill(self, tag: Tag, element: Any, depth: int, in_cell: bool) -> None:
        tag.places = self._counted(raw.FPDF_StructElement_CountChildren(element))
        for place in range(tag.places):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                tag.kids[place] = self._tag(child, depth + 1, in_cell)
                continue
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, place)
            found = self._marked.pop(mark, None) if mark >= 0 else None
            if found:
                tag.kids[place] = [(self._number, each) for each in found]

    def _counted(self, number: int) -> int:
        self._visited += number
        if self._visited > self._most:
            raise OverflowError
        return max(0, number)


def _said(ask: Callable[..., int], element: Any) -> str:
    """A text that pdfium gives of an element, at most 100 signs of it."""
    buffer = ctypes.create_string_buffer(200)
    length = ask(element, buffer, len(buffer))
    return buffer.raw[: max(0, min(length, 200) - 2)].decode("utf-16-le", errors="replace")


def _span(element: Any, name: bytes, most: int) -> int:
    """How many rows or columns a cell covers, by its attributes."""
    value = ctypes.c_float()
    for place in range(min(8, raw.FPDF_StructElement_GetAttributeCount(element))):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, place)
        held = raw.FPDF_StructElement_Attr_GetValue(attribute, name)
        if held and raw.FPDF_StructElement_Attr_GetNumberValue(held, value):
            return max(1, min(most, int(value.value)))
    return 1


def merged(pages: list[Tag]) -> Tag:
    """One tree from those of the pages: an element that goes on over a page end is one again.

    The place of an element within each of its parents is the same on all pages.
    """
    whole = Tag("Root")
    for page in pages:
        _merge(whole, page)
    return whole


def _merge(into: Tag, other: Tag) -> None:
    for place, kid in other.kids.items():
        known = into.kids.get(place)
        if isinstance(known, Tag) and isinstance(kid, Tag):
            _merge(known, kid)
        else:
            into.kids[place] = kid
