"""Reads a pack that is a web page: exactly what a person sees of it, links never followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from callover.audit.files import content
from callover.audit.pack import Format, Pack
from callover.audit.readers.html.look import look_of
from callover.audit.readers.html.places import marked
from callover.audit.readers.html.source import tree_of
from callover.audit.readers.html.tables import blocks_of
from callover.audit.report.words import counted
from callover.audit.tally import Tally
from callover.audit.wording import in_a_line

_FRAMES = ("iframe", "frame", "object", "embed")


def read(path: Path) -> Pack:
    """The pack in a web page; raises Unreadable for a file that is none."""
    root = tree_of(path.name, content(path))
    tally = Tally(path.name)
    blocks = tuple(marked(blocks_of(root, look_of(root), tally)))
    title = in_a_line(root.findtext(".//title") or "").strip()
    return Pack(path.name, Format.HTML, blocks, 0, title, (*tally.notes, *_unread(root)))


def _unread(root: etree._Element) -> Iterator[str]:
    """What the page shows of other files, which are never fetched."""
    number = sum(1 for each in root.iter(*_FRAMES) if each.get("src") or each.get("data"))
    if number:
        verb = "shows another file and was" if number == 1 else "show other files and were"
        yield f"{counted(number, 'frame')} of the page {verb} not read: audit what is in it apart."
