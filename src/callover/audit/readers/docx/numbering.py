"""Automatic numbers of a document's lists and headings, counted as the word processor does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from callover.audit.counted import BULLET, counted
from callover.audit.readers.docx.names import W, value, whole

_STYLES = {
    "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
    "decimalZero": "01",
}  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str


class Numbering:
    """The lists of a document; asked for each numbered paragraph in turn, it says its mark."""

    def __init__(self, tree: etree._Element | None) -> None:
        abstract = [] if tree is None else tree.findall(f"{W}abstractNum")
        self._levels = {each.get(f"{W}abstractNumId", ""): _levels(each) for each in abstract}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for each in [] if tree is None else tree.findall(f"{W}num"):
            self._add(each)
        self._counts: dict[str, dict[int, int]] = {}

    def _add(self, num: etree._Element) -> None:
        number = num.get(f"{W}numId", "")
        self._lists[number] = value(num, "abstractNumId")
        self._restarts[number] = {
            whole(each.get(f"{W}ilvl", "0")): whole(value(each, "startOverride"), 1)
            for each in num.findall(f"{W}lvlOverride")
            if value(each, "startOverride")
        }

    def mark(self, number: str, level: int) -> str:
        """The number or bullet of the next paragraph at a level of a list; "" for none."""
        abstract = self._lists.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels or level > _DEEPEST:
            return ""
        counts = self._counts.setdefault(abstract, {})
        self._count(number, level, levels, counts)
        if levels[level].style == "bullet":
            return BULLET
        return _PLACE.sub(
            lambda found: _said(int(found[1]) - 1, levels, counts), levels[level].text
        )

    def _count(
        self, number: str, level: int, levels: dict[int, _Level], counts: dict[int, int]
    ) -> None:
        """One more at a level: those below begin again, those above that never began begin."""
        fresh = self._restarts.get(number, {}).pop(level, None)
        if fresh is not None or level not in counts:
            counts[level] = levels[level].start if fresh is None else fresh
        else:
            counts[level] += 1
        for above in range(level):
            if above in levels:
                counts.setdefault(above, levels[above].start)
        for below in [each for each in counts if each > level]:
            del counts[below]


def _said(level: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level not in levels:
        return ""
    number = counts.get(level, levels[level].start)
    return counted(number, _STYLES.get(levels[level].style, "1"))


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {
        whole(each.get(f"{W}ilvl", "0")): _Level(
            whole(value(each, "start"), 1),
            value(each, "numFmt") or "decimal",
            "" if value(each, "numFmt") == "none" else value(each, "lvlText"),
        )
        for each in abstract.findall(f"{W}lvl")
    }
