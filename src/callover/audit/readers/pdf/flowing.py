"""Lines of text put together into paragraphs and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callover.audit.readers.pdf.lines import LEADERS, Line

_SAME_SIZE = 0.06
_LARGER = 1.1
_LEADING, _MOST_LEADING = 1.4, 2.6
"""Of the height of a line: steps from line to line where a document has too few to tell, and at
most."""

_WIDER = 1.22
"""A step so much wider than the one before ends a paragraph."""

_SHORT = 0.75
"""A line that ends before this share of its paragraph's width, with a full stop, ends it."""

_LONG, _MOST_LONG = 9, 0.15
"""Words of a line of text; a share of such lines that type of headings does not have."""

_WORDS = re.compile(r"[^\W\d_]{3}")
_NO_HEADING = re.compile(
    r"\W*\d[\d,.]*(?!\.?\s+[A-Z]|[\d,./])|.{0,12}\b(?:red|amber|green)\b.{0,25}$", re.I
)
"""A figure in large type, and a rating: they head nothing."""

_LONGEST_HEADING = 200
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of type of a document: that of its text, and those of headings, largest first.

    ``leading`` is the step from line to line within its paragraphs, by the height of a line.
    """

    body: float
    headings: tuple[float, ...]
    leading: float = _LEADING

    def level(self, lines: Sequence[Line]) -> int:
        """The level of a heading that these lines are, 0 for text."""
        size = max(line.size for line in lines)
        text = " ".join(line.text for line in lines)
        if len(text) > _LONGEST_HEADING or _NO_HEADING.match(text) or not _WORDS.search(text):
            return 0
        for level, each in enumerate(self.headings, 1):
            if abs(size - each) <= _SAME_SIZE * each:
                return min(level, _DEEPEST_HEADING)
        is_bold = all(line.bold for line in lines) and len(lines) <= 2
        is_title = is_bold and size >= 0.95 * self.body and not text.endswith((".", ",", ";"))
        return min(len(self.headings) + 1, _DEEPEST_HEADING) if is_title else 0


def type_of(pages: Iterable[Sequence[Line]]) -> Type:
    """The type in which pages are set; a size that long lines have is none of headings."""
    pages = list(pages)
    lines = [line for page in pages for line in page]
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.size):
        if not groups or line.size < groups[-1][0].size * (1 - _SAME_SIZE):
            groups.append([])
        groups[-1].append(line)
    if not groups:
        return Type(0, ())
    long = [sum(map(_is_long, group)) for group in groups]
    place = max(range(len(groups)), key=lambda at: (long[at], len(groups[at])))
    body = _usual(groups[place])
    sizes = [
        _usual(group)
        for group, number in zip(groups, long, strict=True)
        if _usual(group) >= _LARGER * body and number <= _MOST_LONG * len(group)
    ]
    return Type(body, tuple(sizes), _leading(pages))


def _leading(pages: Iterable[Sequence[Line]]) -> float:
    """The most frequent step between two long lines."""
    steps = Counter(
        round((line.middle - after.middle) / line.size, 1)
        for page in pages
        for line, after in pairwise(page)
        if _is_long(line) and _is_long(after)
    )
    likely = {step: number for step, number in steps.items() if 0.9 <= step <= _MOST_LEADING}
    return max(likely, key=lambda step: (likely[step], -step), default=_LEADING)


def _usual(lines: Sequence[Line]) -> float:
    """The size in the middle of some lines, the largest first."""
    return lines[len(lines) // 2].size


def _is_long(line: Line) -> bool:
    return len(line.segments) == 1 and len(line.words) >= _LONG


def paragraphs_of(lines: Sequence[Line], leading: float) -> Iterator[list[Line]]:
    """Lines that belong together, in groups."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(group: Sequence[Line], line: Line, leading: float) -> bool:
    """Whether a line continues the paragraph above it."""
    last = group[-1]
    if LEADERS.search(last.text):
        return False
    step = last.middle - line.middle
    if abs(line.size - last.size) > _SAME_SIZE * last.size or line.bold != last.bold:
        return False
    if (
        step <= 0
        or step > _WIDER * leading * line.size
        or line.segments[0].words[0].text in _BULLETS
    ):
        return False
    if len(group) > 1 and step > _WIDER * (group[-2].middle - last.middle):
        return False
    first = line.segments[0]
    is_item = len(first.words) > 1 and _is_mark(first.words[0].text)
    width = max(each.right for each in group) - min(each.left for each in group)
    is_short = last.right - last.left < _SHORT * width and last.text.endswith((".", ":", "!", "?"))
    return not is_item and not is_short and line.left - last.right < 0


_BULLETS = frozenset("•▪●○◦‣⁃■□–—·")


def _is_mark(text: str) -> bool:
    """Whether a word numbers an item: ``3.``, ``b)``."""
    return (
        len(text) <= 4
        and text.endswith((".", ")"))
        and text[:-1].strip("(").isalnum()
        and (text[:-1].strip("(").isdecimal() or len(text.strip("().")) == 1)
    )
