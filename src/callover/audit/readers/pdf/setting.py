"""The words of a PDF set as text again: spaces between them, words broken at a line end joined."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from callover.audit.pack import Place
from callover.audit.readers.pdf.page import Page, Word
from callover.audit.wording import tidy

SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010", SOFT)
_LEADERS = re.compile(r"(?:[.…_·] ?){4,}")
"""The dots of a table of contents between a title and its page."""

_AROUND = ".,;:()[]'’“”"
_SAME_LINE = 0.5


class Setting:
    """The pages' words by page and place, and how they read in a row.

    ``known`` are all words of the document, those of ``pages`` where not given.
    """

    def __init__(self, pages: Sequence[Page], known: frozenset[str] | None = None) -> None:
        self._pages = {page.number: page for page in pages}
        self._lines = {page.number: line_heights(page.words) for page in pages}
        self._known = vocabulary(pages) if known is None else known

    def word(self, run: tuple[int, int]) -> Word:
        """A word by its page and place."""
        return self._pages[run[0]].words[run[1]]

    def place(self, runs: Iterable[tuple[int, int]]) -> Place:
        """Page and line of the first of some words."""
        run = next(iter(runs), None)
        if run is None:
            return Place()
        lines = self._lines[run[0]]
        return Place(run[0], _line(lines, self.word(run).middle))

    def text(self, runs: Sequence[tuple[int, int]]) -> str:
        """Words in a row as they read."""
        return tidy(_LEADERS.sub(" ", "".join(self._pieces(runs)).replace(SOFT, "-")))

    def _pieces(self, runs: Sequence[tuple[int, int]]) -> Iterator[str]:
        """Each word with what stands between it and the one before."""
        last: tuple[int, int] | None = None
        for place, run in enumerate(runs):
            word = self.word(run)
            text = word.text
            if last is not None and not (word.glued and last == (run[0], run[1] - 1)):
                yield "" if self._is_broken(self.word(last), word) else " "
            if place + 1 < len(runs) and text.endswith(_HYPHENS):
                text = self._unbroken(word, self.word(runs[place + 1]))
            yield text
            last = run

    def _is_broken(self, word: Word, after: Word) -> bool:
        """Whether a word ends its line with a hyphen and goes on in the next."""
        is_next_line = after.middle < word.middle - _SAME_LINE * word.size or after.left < word.left
        long = len(word.text) > 1 and word.text[-2].isalpha()
        return is_next_line and long and word.text.endswith(_HYPHENS) and after.text[:1].isalpha()

    def _unbroken(self, word: Word, after: Word) -> str:
        """A word before its rest: without the hyphen if the document writes it so elsewhere."""
        if not self._is_broken(word, after):
            return word.text
        stem, rest = word.text[:-1], after.text.strip(_AROUND)
        known = f"{stem.strip('([“')}{rest}".lower() in self._known
        return stem if known else f"{stem}-"


def vocabulary(pages: Iterable[Page]) -> frozenset[str]:
    """Every word of a document, without signs around it."""
    words = (word.text.strip(_AROUND) for page in pages for word in page.words)
    return frozenset(word.lower() for word in words)


def line_heights(words: Iterable[Word]) -> list[float]:
    """Heights of the lines of a page, from the lowest to the highest."""
    found: list[float] = []
    for middle, size in sorted((word.middle, word.size) for word in words):
        if not found or middle - found[-1] > _SAME_LINE * max(size, 4):
            found.append(middle)
    return found


def _line(lines: Sequence[float], middle: float) -> int:
    """The number of a line, counted from the top."""
    place = bisect_left(lines, middle - 0.01)
    if place == len(lines) or (place and lines[place] - middle > middle - lines[place - 1]):
        place -= 1
    return len(lines) - place
