"""The words of a page with their boxes, from the letters that pdfium finds."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from callover.audit.limits import MOST_PAGE_CHARACTERS
from callover.audit.readers.pdf.page import Word
from callover.audit.readers.pdf.rules import address_of
from callover.audit.readers.pdf.turn import Box, Turn
from callover.audit.wording import raised

_BOLD = 600
_GAP, _BACK, _DRIFT = 0.22, 0.4, 0.5
"""Of a letter's height: a gap that ends a word, a step back and a step up or down that do."""

_LEAST_OUTSIDE = 0.4
"""Share of words outside drawings of a page that is not itself packed as one."""

_OTHER = 0.05
"""A change of size that ends a word."""

_BELOW = 0.22
"""Of the size of type: how far it reaches below its line."""

_SMALL, _LIFTED = 0.86, 0.12
"""A raised sign is smaller than the letter before it, and its foot stands higher."""


@dataclass(slots=True)
class _Run:
    """Letters of one word so far."""

    letters: list[str]
    left: float
    right: float
    bottom: float
    top: float
    bold: bool
    mark: int
    glued: bool
    raised: bool = False
    begin: float = 0.0
    item: int = 0

    def word(self) -> Word:
        """The finished word; a raised one in raised signs."""
        text = "".join(self.letters)
        size = self.top - self.bottom
        box = (self.left, self.right, self.bottom, self.top)
        return Word(
            raised(text) if self.raised else text,
            *box,
            size,
            self.bold,
            self.mark,
            self.glued,
            self.item,
        )


@dataclass(slots=True)
class _Setter:
    """Puts letters together into words."""

    words: list[Word] = field(default_factory=list)
    run: _Run | None = None
    last: _Run | None = None

    def space(self) -> None:
        """The word so far ends, and the next one is apart from it."""
        self.end()
        self.last = None

    def end(self) -> None:
        """The word so far ends."""
        if self.run is not None:
            self.words.append(self.run.word())
            self.last, self.run = self.run, None

    def letter(self, sign: str, box: Box, bold: bool, mark: int, item: int) -> None:
        """One more letter, of the same word if it stands right behind the last."""
        left, right, bottom, top = box
        run = self.run
        if run is not None and run.item == item and run.bottom == bottom:
            # most letters: of the same text, on the same line, right behind the last
            step, size = left - run.right, top - bottom
            if left == run.begin or -_BACK * size < step < _GAP * size:
                run.letters.append(sign)
                run.right, run.begin = max(run.right, right), left
                return
        if run is not None and run.mark == mark and self._follows(run, box) and _like(run, box):
            run.letters.append(sign)
            run.right, run.begin = max(run.right, right), left
            return
        self.end()
        last = self.last
        near = last is not None and self._follows(last, box)
        is_raised = last is not None and near and self._lifted(last, bottom, top)
        self.run = _Run([sign], *box, bold, mark, near, is_raised, left, item)

    @staticmethod
    def _follows(run: _Run, box: Box) -> bool:
        left, _, bottom, top = box
        size = max(run.top - run.bottom, top - bottom)
        step = left - run.right
        drift = abs((bottom + top) - (run.bottom + run.top)) / 2
        is_ligature = left == run.begin  # ff is one letter to the font and two to pdfium
        return (is_ligature or -_BACK * size < step < _GAP * size) and drift < _DRIFT * size

    @staticmethod
    def _lifted(last: _Run, bottom: float, top: float) -> bool:
        height = last.top - last.bottom
        if last.raised:
            return abs((top - bottom) - height) < 0.05 * height and abs(bottom - last.bottom) < 1
        return top - bottom < _SMALL * height and bottom - last.bottom > _LIFTED * height


def _like(run: _Run, box: Box) -> bool:
    """Whether a letter is set in the size of a word."""
    _, _, bottom, top = box
    return abs((top - bottom) - (run.top - run.bottom)) < _OTHER * (top - bottom)


def words_of(page: pdfium.PdfPage, turn: Turn) -> list[Word]:
    """All words of a page in the order in which they were set.

    Raises OverflowError for too many.
    """
    text = page.get_textpage()
    handle = text.raw
    number = raw.FPDFText_CountChars(handle)
    if number > MOST_PAGE_CHARACTERS:
        raise OverflowError
    setter = _Setter()
    looks: dict[int, _Look] = {}
    rect = raw.FS_RECTF()
    at = ctypes.byref(rect)
    for place in range(number):
        code = raw.FPDFText_GetUnicode(handle, place)
        item = raw.FPDFText_GetTextObject(handle, place)
        if code in _BLANKS or not item:
            setter.space()
            continue
        address = address_of(item)
        look = looks.get(address) or looks.setdefault(address, _look(handle, place, item, turn))
        raw.FPDFText_GetLooseCharBox(handle, place, at)
        left, right, _, _ = turn.box(rect.left, rect.right, rect.bottom, rect.top)
        box = left, right, look.bottom, look.top
        setter.letter(_SIGNS.get(code) or _sign(code), box, look.bold, look.mark, address)
    setter.end()
    return setter.words


class _Look(NamedTuple):
    """What all letters of one text share."""

    bold: bool
    mark: int
    bottom: float
    top: float


def _look(handle: Any, place: int, item: Any, turn: Turn) -> _Look:
    """The type and the line of a text by its first letter; the boxes of letters differ by font."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, place, matrix)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, place, x, y)
    _, line = turn.point(x.value, y.value)
    size = raw.FPDFText_GetFontSize(handle, place) * math.hypot(matrix.c, matrix.d)
    bold = raw.FPDFText_GetFontWeight(handle, place) >= _BOLD
    mark = raw.FPDFPageObj_GetMarkedContentID(item)
    return _Look(bold, mark, line - _BELOW * size, line + (1 - _BELOW) * size)


_BLANKS = frozenset((0, 9, 10, 13, 32, 160, 0xFEFF, 0x200B))
_SIGNS = {2: "\u00ad", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
"""What pdfium or a font says in a sign of its own; 2 is a hyphen at the end of a line."""


def _sign(code: int) -> str:
    is_half = 0xD800 <= code <= 0xDFFF
    return "\ufffd" if is_half or code > 0x10FFFF else chr(code)


def without_drawings(words: list[Word], texts: Set[int]) -> list[Word]:
    """The words of a page without those within its drawings, such as the labels of a chart.

    All are kept where most stand in a drawing: some programs pack whole pages as one.
    """
    kept = [word for word in words if word.item not in texts]
    return kept if len(kept) >= _LEAST_OUTSIDE * len(words) else words
