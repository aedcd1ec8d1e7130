"""Text set in columns: parts of a page with a clear strip from top to bottom between two texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.readers.pdf.lines import Line
from callover.audit.readers.pdf.page import Rule

_DEEPEST = 3
_LEAST_LINES = 4
_LEAST_WIDTH = 0.28
"""Of the width of what is parted: narrower than this is the column of a table."""

_LEAST_WORDS = 3.5
"""Words in a line of text, on average, on either side."""

_LEAST_LETTERS = 0.65
"""Share of words with letters; the columns of a table of figures have fewer."""

_MOST_EDGES = 60


@dataclass(frozen=True, slots=True)
class _Cut:
    """Lines from ``start`` to ``end`` that nothing joins across a height at ``at``."""

    start: int
    end: int
    at: float


def parts_of(lines: Sequence[Line], across: Sequence[Rule], depth: int = 0) -> Iterator[list[Line]]:
    """Lines in parts to be read one after the other, each from top to bottom."""
    cut = _best(lines, across) if depth < _DEEPEST and len(lines) >= _LEAST_LINES else None
    if cut is None:
        if lines:
            yield list(lines)
        return
    yield from parts_of(lines[: cut.start], across, depth + 1)
    for side in _sides(lines[cut.start : cut.end], cut.at):
        yield from parts_of(side, across, depth + 1)
    yield from parts_of(lines[cut.end :], across, depth)


def _best(lines: Sequence[Line], across: Sequence[Rule]) -> _Cut | None:
    """The cut that parts most lines, None where nothing is set in columns."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = right - left
    edges = {
        round(segment.left)
        for line in lines
        for segment in line.segments
        if left + _LEAST_WIDTH * width <= segment.left <= right - _LEAST_WIDTH * width
    }
    cuts = [
        cut
        for edge in sorted(edges)[:_MOST_EDGES]
        for cut in _cuts(lines, edge - 1.5)
        if _is_text(lines[cut.start : cut.end], cut.at, width)
        and not _is_crossed(lines[cut.start : cut.end], cut.at, across)
    ]
    return max(cuts, key=lambda cut: (cut.end - cut.start, -cut.at), default=None)


def _cuts(lines: Sequence[Line], at: float) -> Iterator[_Cut]:
    """Stretches of lines without a word at a place."""
    start = 0
    for place, line in enumerate(lines):
        if any(each.left < at - 1 and each.right > at for each in line.segments):
            if place - start >= _LEAST_LINES:
                yield _Cut(start, place, at)
            start = place + 1
    if len(lines) - start >= _LEAST_LINES:
        yield _Cut(start, len(lines), at)


def _sides(lines: Sequence[Line], at: float) -> tuple[list[Line], list[Line]]:
    """What stands left and right of a place."""
    left, right = [], []
    for line in lines:
        before = tuple(each for each in line.segments if each.right <= at)
        behind = tuple(each for each in line.segments if each.right > at)
        left += [Line(before)] if before else []
        right += [Line(behind)] if behind else []
    return left, right


def _is_text(lines: Sequence[Line], at: float, width: float) -> bool:
    """Whether text stands on both sides, line upon line."""
    sides = _sides(lines, at)
    if not all(sides):
        return False
    top, bottom = min(side[0].middle for side in sides), max(side[-1].middle for side in sides)
    beside = sum(bottom <= line.middle <= top for line in lines)
    for side in sides:
        if len(side) < max(3, 0.4 * beside):
            return False
        words = [word.text for line in side for word in line.words]
        letters = sum(any(sign.isalpha() for sign in word) for word in words)
        across = max(line.right for line in side) - min(line.left for line in side)
        if len(words) < _LEAST_WORDS * len(side) or letters < _LEAST_LETTERS * len(words):
            return False
        if across < _LEAST_WIDTH * width:
            return False
    return True


def _is_crossed(lines: Sequence[Line], at: float, across: Sequence[Rule]) -> bool:
    """Whether a line is drawn from one side to the other, as between the rows of a table."""
    top, bottom = lines[0].middle, lines[-1].middle
    return any(bottom < r.at < top and r.start < at - 5 and r.end > at + 5 for r in across)
