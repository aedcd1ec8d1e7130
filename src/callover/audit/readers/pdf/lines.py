"""Lines of a page and their segments: words with no more than a space between them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from callover.audit.readers.pdf.page import Page, Rule, Word

Run = tuple[int, int]
"""A word by its page and its place on it."""

_GAP = 0.42
"""Of the height of a line: a wider space parts two segments; a justified space is narrower."""

_FRAME = 1.8
"""Of the height of a line: an upright no longer than this frames a word."""

_BULLET = re.compile(r"[•▪●○◦‣⁃■□–—·o*-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)]")
LEADERS = re.compile(r"(?:[.…_·] ?){4,}")
"""The dots of a table of contents between a title and its page."""

_NUMBER = re.compile(r"[-+−–(£$€]*\d[\d,.\s]*\s?[%)kmp]*[ᵃ-ᶻ*†‡¹²³]*|[-–—]|n/?a", re.IGNORECASE)


@dataclass(frozen=True)
class Segment:
    """Words in a row, from the left."""

    words: tuple[Word, ...]
    runs: tuple[Run, ...]

    @cached_property
    def left(self) -> float:
        """Where it begins."""
        return min(word.left for word in self.words)

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def text(self) -> str:
        """Its words, for telling what it is."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def worded(self) -> int:
        """How many of its words have letters."""
        return sum(any(sign.isalpha() for sign in word.text) for word in self.words)

    @cached_property
    def is_number(self) -> bool:
        """Whether it is a figure or the sign for none."""
        return _NUMBER.fullmatch(self.text) is not None

    @property
    def is_bullet(self) -> bool:
        """Whether it is the bullet or number of an item of a list."""
        return len(self.words) == 1 and _BULLET.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Line:
    """Segments at one height; ``middle`` is that height, ``size`` the height of its type."""

    segments: tuple[Segment, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All its words from left to right."""
        return tuple(word for segment in self.segments for word in segment.words)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All its words by place."""
        return tuple(run for segment in self.segments for run in segment.runs)

    @cached_property
    def size(self) -> float:
        """The height of its tallest type."""
        return max(word.size for word in self.words)

    @cached_property
    def middle(self) -> float:
        """Its height on the page."""
        tall = [word.middle for word in self.words if word.size >= 0.8 * self.size]
        return sum(tall) / len(tall)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.segments[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(segment.right for segment in self.segments)

    @cached_property
    def text(self) -> str:
        """Its words, for telling what it is."""
        return " ".join(segment.text for segment in self.segments)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)


def lines_of(page: Page, places: Iterable[int]) -> list[Line]:
    """The lines that some of a page's words make, from the top."""
    waiting = sorted(places, key=lambda place: -page.words[place].middle)
    groups: list[list[int]] = []
    height, size = 0.0, 0.0
    for place in waiting:
        word = page.words[place]
        if not groups or height - word.middle > 0.5 * max(word.size, size):
            groups.append([])
            height, size = word.middle, word.size
        groups[-1].append(place)
        if word.size > size:
            height, size = word.middle, word.size
    down = sorted(page.down)
    return [Line(tuple(_segments(page, group, down))) for group in groups]


def _segments(page: Page, places: Sequence[int], down: Sequence[Rule]) -> list[Segment]:
    """The segments of a line; ``down`` are the uprights of its page from the left."""
    ordered = sorted(places, key=lambda place: (page.words[place].left, place))
    groups: list[list[int]] = [[ordered[0]]]
    for before, place in pairwise(ordered):
        if _are_apart(page.words[before], page.words[place], down):
            groups.append([])
        groups[-1].append(place)
    made = [
        Segment(tuple(page.words[p] for p in group), tuple((page.number, p) for p in group))
        for group in groups
    ]
    return _with_leaders(_with_bullet(made))


def _are_apart(before: Word, word: Word, down: Sequence[Rule]) -> bool:
    gap = word.left - before.right
    if gap > _GAP * max(before.size, word.size):
        return True
    if gap < 0.5:
        return False
    first = bisect_left(down, (before.right - 1,))
    last = bisect_right(down, (word.left + 1, math.inf), first)
    return any(
        rule.start <= word.middle <= rule.end and rule.end - rule.start > _FRAME * word.size
        for rule in down[first:last]
    )


def _with_bullet(segments: list[Segment]) -> list[Segment]:
    """A bullet at the start of a line belongs to the words behind it."""
    if len(segments) > 1 and segments[0].is_bullet and not segments[1].is_number:
        return [_joined(segments[0], segments[1]), *segments[2:]]
    return segments


def _with_leaders(segments: list[Segment]) -> list[Segment]:
    """A line with a row of dots is an entry of a table of contents and no row of a table."""
    if len(segments) > 1 and any(LEADERS.search(each.text) for each in segments):
        whole = segments[0]
        for each in segments[1:]:
            whole = _joined(whole, each)
        return [whole]
    return segments


def _joined(first: Segment, second: Segment) -> Segment:
    return Segment(first.words + second.words, first.runs + second.runs)
