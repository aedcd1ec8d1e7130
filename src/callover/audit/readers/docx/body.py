"""The blocks of a document in order: paragraphs, headings and text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from callover.audit.pack import Block, Heading, Paragraph, Place
from callover.audit.readers.docx.names import CHOICES, W, at, named, value, whole
from callover.audit.readers.docx.notes import Notes
from callover.audit.readers.docx.numbering import Numbering
from callover.audit.readers.docx.places import Places
from callover.audit.readers.docx.styles import Styles
from callover.audit.readers.docx.text import words_of
from callover.audit.tally import Tally
from callover.audit.wording import tidy

_AROUND = named("sdt sdtContent ins moveTo customXml smartTag txbxContent")
"""Elements that only stand around paragraphs and tables."""


@dataclass(frozen=True, slots=True)
class Caption(Paragraph):
    """A paragraph in the style of captions; it belongs to a table right after it."""


@dataclass(slots=True)
class Reading:
    """What is known of a document while it is read."""

    tally: Tally
    styles: Styles
    numbering: Numbering
    places: Places
    notes: Notes
    depth: int = field(default=0)

    def flow(self, container: etree._Element) -> Iterator[Block | etree._Element]:
        """Headings and paragraphs of a container, and its tables as they stand in the tree."""
        for child in container:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield child
            elif child.tag in _AROUND:
                yield from self.flow(child)
            elif child.tag == f"{CHOICES}AlternateContent":
                yield from self.flow(child.find(f"{CHOICES}Choice") or [])

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block | etree._Element]:
        place = self.places.of(paragraph)
        words = words_of(paragraph, lambda reference: self.notes.mark(reference, place))
        text = tidy(words.text)
        if text:
            yield self._block(paragraph, text, place)
        for box in words.boxes:
            yield from self.flow(box)

    def _block(self, paragraph: etree._Element, text: str, place: Place) -> Block:
        style = value(paragraph, "pPr/pStyle") or "Normal"
        marked = f"{self._mark(paragraph, style)} {text}".lstrip()
        self.tally.block(marked)
        if self.styles.is_caption(style):
            return Caption(marked, place)
        level = self._level(paragraph, style)
        return Heading(marked, level, place) if level else Paragraph(marked, place)

    def _level(self, paragraph: etree._Element, style: str) -> int:
        """The level of a heading: the paragraph's own, else its style's; 0 for none."""
        own = value(paragraph, "pPr/outlineLvl")
        return whole(own, 9) % 9 + 1 if own and whole(own, 9) < 9 else self.styles.level(style)

    def _mark(self, paragraph: etree._Element, style: str) -> str:
        """The number or bullet that the word processor prints before a paragraph."""
        inherited = self.styles.numbering(style)
        own = at(paragraph, "pPr/numPr")
        number = value(own, "numId") or (inherited[0] if inherited else "")
        level = value(own, "ilvl")
        if number in ("", "0"):
            return ""
        return self.numbering.mark(
            number, whole(level) if level else (inherited[1] if inherited else 0)
        )
