"""What the styles of a document say: which are headings, captions and numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from callover.audit.limits import DEEPEST
from callover.audit.readers.docx.names import W, at, value, whole

_HEADING = re.compile(r"heading ?([1-9])")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; ``level`` is 0 where it is no heading, ``outline`` None where not said."""

    name: str
    based: str
    outline: int | None
    numbering: tuple[str, int] | None


class Styles:
    """The paragraph styles of a document by their id, with what they inherit."""

    def __init__(self, tree: etree._Element | None) -> None:
        found = [] if tree is None else tree.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): _style(style) for style in found}

    def level(self, style: str) -> int:
        """The level of a heading style, 0 for any other; a title is a heading of level 1.

        A style that the document does not define is taken for what its id says.
        """
        if style not in self._styles:
            return _level_named(style.lower())
        for each in self._with_bases(style):
            if each.outline is not None:
                return each.outline + 1 if each.outline < 9 else 0
            if level := _level_named(each.name):
                return level
        return 0

    def is_caption(self, style: str) -> bool:
        """Whether a style is that of captions, or made from it."""
        return any(each.name == "caption" for each in self._with_bases(style))

    def numbering(self, style: str) -> tuple[str, int] | None:
        """The list and level that a style numbers its paragraphs in."""
        found = (each.numbering for each in self._with_bases(style))
        return next((each for each in found if each), None)

    def _with_bases(self, style: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < DEEPEST:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based


def _level_named(name: str) -> int:
    named = _HEADING.fullmatch(name)
    return int(named[1]) if named else int(name == "title")


def _style(style: etree._Element) -> Style:
    outline = value(style, "pPr/outlineLvl")
    numbered = at(style, "pPr/numPr")
    numbering = None
    if numbered is not None and value(numbered, "numId"):
        numbering = (value(numbered, "numId"), whole(value(numbered, "ilvl")))
    return Style(
        value(style, "name").lower(),
        value(style, "basedOn"),
        whole(outline, 9) if outline else None,
        numbering,
    )
