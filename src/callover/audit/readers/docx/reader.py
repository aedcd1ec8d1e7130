"""Reads a pack that is a Word document: body in order, headers first, notes and footers last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from callover.audit.files import Parts, archive, tree
from callover.audit.pack import Block, Format, Pack, Paragraph
from callover.audit.readers.docx.body import Reading
from callover.audit.readers.docx.names import R, W
from callover.audit.readers.docx.notes import Notes
from callover.audit.readers.docx.numbering import Numbering
from callover.audit.readers.docx.places import Places
from callover.audit.readers.docx.styles import Styles
from callover.audit.readers.docx.tables import blocks_of
from callover.audit.relations import absent, main_part, relations
from callover.audit.tally import Tally
from callover.audit.unreadable import damaged

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_WORDED = ("numbering", "footnotes", "endnotes", "header", "footer")
"""Kinds of parts beside the body that print something."""


def read(path: Path) -> Pack:
    """The pack in a Word document; raises Unreadable for a file that is none."""
    with archive(path) as parts:
        return _Document(path.name, parts, main_part(path.name, parts)).pack()


@dataclass(frozen=True)
class _Document:
    """An opened document: its parts, and the name of the one that holds its body."""

    name: str
    parts: Parts
    main: str

    def pack(self) -> Pack:
        root = tree(self.name, self.parts, self.main)
        body = None if root is None else root.find(f"{W}body")
        if root is None or body is None:
            raise damaged(self.name, "it has no text")
        reading = self._reading(root)
        blocks = (
            *self._edges(root, reading, "header"),
            *blocks_of(body, reading),
            *_notes(reading),
            *self._edges(root, reading, "footer"),
        )
        notes = (*self._missing(), *_unread(root), *reading.tally.notes)
        return Pack(self.name, Format.DOCX, blocks, reading.places.pages, self._title(), notes)

    def _reading(self, root: etree._Element) -> Reading:
        return Reading(
            Tally(self.name),
            Styles(self._beside("styles")),
            Numbering(self._beside("numbering")),
            Places(root),
            Notes(self._beside("footnotes"), self._beside("endnotes")),
        )

    def _beside(self, kind: str) -> etree._Element | None:
        """The part of a kind that belongs to the body."""
        found = relations(self.name, self.parts, self.main)
        part = next((each.part for each in found.values() if each.kind == kind), "")
        return tree(self.name, self.parts, part)

    def _missing(self) -> Iterator[str]:
        """Which parts with words, or with what tells headings, the document names and lacks."""
        found = relations(self.name, self.parts, self.main)
        for part in absent(found, self.parts, ("styles",)):
            yield f"The part {part} is missing: headings were told by the names of styles only."
        for part in absent(found, self.parts, _WORDED):
            yield f"The part {part} is missing: what it held was not read."

    def _edges(self, root: etree._Element, reading: Reading, kind: str) -> Iterator[Block]:
        """Headers or footers, each text once."""
        found = relations(self.name, self.parts, self.main)
        wanted = dict.fromkeys(each.get(f"{R}id", "") for each in root.iter(f"{W}{kind}Reference"))
        said: set[str] = set()
        for part in (found[id_].part for id_ in wanted if id_ in found):
            content = tree(self.name, self.parts, part)
            for block in () if content is None else blocks_of(content, reading):
                text = block.text if not hasattr(block, "rows") else repr(block)
                if text not in said:
                    said.add(text)
                    yield block

    def _title(self) -> str:
        core = tree(self.name, self.parts, "docProps/core.xml")
        return "" if core is None else str(core.findtext(f".//{_TITLE}") or "").strip()


def _notes(reading: Reading) -> Iterator[Block]:
    """The notes that the text refers to, each with its sign, placed where it is referred to."""
    for note in tuple(reading.notes.referred):
        sign = f"{note.sign} "
        for block in blocks_of(note.content, reading):
            said = replace(block, place=note.place)
            yield Paragraph(sign + said.text, said.place) if isinstance(said, Paragraph) else said
            sign = ""


def _unread(root: etree._Element) -> tuple[str, ...]:
    """What of a document is not in it but brought in from another file."""
    number = sum(1 for _ in root.iter(f"{W}altChunk"))
    said = "A part that was inserted as a file of its own was not read."
    return (said,) if number else ()
