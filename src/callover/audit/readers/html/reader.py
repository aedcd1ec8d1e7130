"""Reads a pack that is a web page: exactly what a person sees of it, links never followed."""

from __future__ import annotations

from pathlib import Path

from callover.audit.files import content
from callover.audit.pack import Format, Pack
from callover.audit.readers.html.look import look_of
from callover.audit.readers.html.places import marked
from callover.audit.readers.html.source import tree_of
from callover.audit.readers.html.tables import blocks_of
from callover.audit.tally import Tally
from callover.audit.wording import in_a_line


def read(path: Path) -> Pack:
    """The pack in a web page; raises Unreadable for a file that is none."""
    root = tree_of(path.name, content(path))
    blocks = tuple(marked(blocks_of(root, look_of(root), Tally(path.name))))
    title = root.findtext(".//title") or ""
    return Pack(path.name, Format.HTML, blocks, title=in_a_line(title).strip())
