"""Footnotes and endnotes: their signs as they are printed, and their words."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from callover.audit.counted import in_roman
from callover.audit.pack import Place
from callover.audit.readers.docx.names import W
from callover.audit.wording import raised


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the text refers to: its sign, its content, and where it is referred to."""

    sign: str
    content: etree._Element
    place: Place


class Notes:
    """The notes of a document, in the order in which the text refers to them."""

    def __init__(self, feet: etree._Element | None, ends: etree._Element | None) -> None:
        self._feet, self._ends = _by_id(feet), _by_id(ends)
        self._counts = {"feet": 0, "ends": 0}
        self.referred: list[Note] = []

    def mark(self, reference: etree._Element, place: Place) -> str:
        """The sign of the note that ``reference`` points to; it is then among the ``referred``."""
        is_foot = reference.tag == f"{W}footnoteReference"
        content = (self._feet if is_foot else self._ends).get(reference.get(f"{W}id", ""))
        if content is None:
            return ""
        kind = "feet" if is_foot else "ends"
        self._counts[kind] += 1
        number = self._counts[kind]
        sign = raised(str(number) if is_foot else in_roman(number))
        self.referred.append(Note(sign, content, place))
        return sign


def _by_id(tree: etree._Element | None) -> dict[str, etree._Element]:
    """Notes by their id, without the lines that separate them from the text."""
    found = [] if tree is None else list(tree)
    return {each.get(f"{W}id", ""): each for each in found if not each.get(f"{W}type")}
