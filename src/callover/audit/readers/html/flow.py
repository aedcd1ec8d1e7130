"""The blocks of a page in reading order: its elements walked once, hidden ones passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from callover.audit.counted import BULLET, counted
from callover.audit.pack import Block, Heading, Paragraph, Place
from callover.audit.readers.html.look import Look, named
from callover.audit.readers.html.source import line_of
from callover.audit.tally import Tally
from callover.audit.wording import in_a_line, raised, tidy

BREAKING = named(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre search section summary table tbody td tfoot th thead title tr ul"
)
"""Elements that begin and end a paragraph."""

_LISTS = ("ol", "ul", "menu", "dir")
_LEVELS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class _List:
    """An open list: how it numbers its items, and the number of the next."""

    style: str
    next: int


@dataclass(slots=True)
class Flow:
    """A walk through one element; tables are handed out as elements for their own reader."""

    look: Look
    tally: Tally
    _text: list[str] = field(default_factory=list)
    _line: int = 0
    _level: int = 0
    _mark: str = ""
    _verbatim: int = 0
    _lists: list[_List] = field(default_factory=list)

    def blocks(self, root: etree._Element) -> Iterator[Block | etree._Element]:
        """Headings and paragraphs of ``root``, and its tables as they stand in the tree."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                yield from self._ends(element, element is root)
            elif element is not root and self._is_whole(element):
                walk.skip_subtree()
                if element.tag == "table" and not self.look.hides(element):
                    yield from self._flushed()
                    yield element
            else:
                yield from self._begins(element)
        yield from self._flushed()

    def _is_whole(self, element: etree._Element) -> bool:
        """Whether nothing below an element is walked: a table, raised text, something hidden."""
        if self.look.hides(element) or element.tag == "table":
            return True
        if element.tag == "sup":
            self._add(raised(in_a_line("".join(element.itertext()))), element)
        return bool(element.tag == "sup")

    def _begins(self, element: etree._Element) -> Iterator[Block]:
        tag = str(element.tag)
        if tag in BREAKING:
            yield from self._flushed()
            self._level = _LEVELS.get(tag, self._level)
            self._verbatim += tag == "pre"
            self._open_list(element, tag)
        elif tag == "br":
            self._add("\n", element)
        elif self._text and self.look.parts(element):
            self._add("\t", element)
        self._add(self._worded(element.text), element)

    def _ends(self, element: etree._Element, is_root: bool) -> Iterator[Block]:
        tag = str(element.tag)
        if tag in BREAKING:
            yield from self._flushed()
            self._level = 0 if tag in _LEVELS else self._level
            self._verbatim -= tag == "pre" and not self.look.hides(element)
            self._close_list(element, tag)
        if not is_root:
            self._add(self._worded(element.tail), element)

    def _worded(self, text: str | None) -> str:
        return (text or "") if self._verbatim > 0 else in_a_line(text or "")

    def _add(self, text: str, element: etree._Element) -> None:
        if text.strip() and not self._line:
            self._line = line_of(element)
        if text:
            self._text.append(text)

    def _open_list(self, element: etree._Element, tag: str) -> None:
        if tag in _LISTS:
            style = element.get("type", "1") if tag == "ol" else BULLET
            shown = style if self.look.marks(element) else ""
            self._lists.append(_List(shown, _number(element.get("start"), 1)))
        elif tag == "li" and self._lists:
            listed = self._lists[-1]
            number = _number(element.get("value"), listed.next)
            listed.next = number + 1
            self._mark = BULLET if listed.style == BULLET else f"{counted(number, listed.style)}."
            self._mark = self._mark if listed.style else ""

    def _close_list(self, element: etree._Element, tag: str) -> None:
        if tag in _LISTS and self._lists and not self.look.hides(element):
            self._lists.pop()
        elif tag == "li":
            self._mark = ""

    def _flushed(self) -> Iterator[Block]:
        """The paragraph or heading gathered so far, if it says anything."""
        text = tidy("".join(self._text))
        place = Place(line=self._line)
        self._text.clear()
        self._line = 0
        if not text:
            return
        text, self._mark = f"{self._mark} {text}".lstrip(), ""
        self.tally.block(text)
        yield Heading(text, self._level, place) if self._level else Paragraph(text, place)


def _number(said: str | None, otherwise: int) -> int:
    """A number of a list as an attribute gives it; a senseless one is passed over."""
    plain = (said or "").strip()
    is_number = plain.removeprefix("-").isdecimal() and len(plain) <= 6
    return int(plain) if is_number else otherwise
