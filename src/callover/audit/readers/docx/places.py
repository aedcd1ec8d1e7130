"""Where each paragraph of a document stands: its number, and its page where Word left a trace."""

from __future__ import annotations

from lxml import etree

from callover.audit.pack import Place
from callover.audit.readers.docx.names import W


class Places:
    """The places of all paragraphs of one part; of parts without numbers every place is unknown."""

    def __init__(self, root: etree._Element | None = None) -> None:
        self._places: dict[etree._Element, Place] = {}
        self.pages = 0
        if root is not None:
            self._number(root)

    def of(self, paragraph: etree._Element) -> Place:
        """The place of a ``w:p``: ``p17`` is the 17th in the order of the file, nested ones too."""
        return self._places.get(paragraph, Place())

    def _number(self, root: etree._Element) -> None:
        """Page breaks are those of the last time Word laid the document out; without any, none."""
        breaks = f"{W}lastRenderedPageBreak"
        page = 1 if next(root.iter(breaks), None) is not None else 0
        open_: etree._Element | None = None
        for element in root.iter(f"{W}p", breaks, f"{W}t"):
            if element.tag == f"{W}p":
                self._put(element, page)
                open_ = element
            elif element.tag == breaks:
                page += 1
                if open_ is not None:
                    self._places[open_] = Place(page, 0, self._places[open_].spot)
            else:
                open_ = None  # a break within a paragraph does not move its beginning
        self.pages = page

    def _put(self, paragraph: etree._Element, page: int) -> None:
        self._places[paragraph] = Place(page, 0, f"p{len(self._places) + 1}")
