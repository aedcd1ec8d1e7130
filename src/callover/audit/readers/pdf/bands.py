"""Text set in columns: parts of a page with a clear strip from top to bottom between two texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.limits import MOST_PAGE_LINES
from callover.audit.readers.pdf.lines import Line, Segment
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
    rest = list(lines)
    while depth < _DEEPEST and _LEAST_LINES <= len(rest) <= MOST_PAGE_LINES:
        cut = _best(rest, across)
        if cut is None:
            break
        yield from parts_of(rest[: cut.start], across, depth + 1)
        for side in _sides(rest[cut.start : cut.end], cut.at):
            yield from parts_of(side, across, depth + 1)
        rest = rest[cut.end :]
    if rest:
        yield rest


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
    held = [[(each.left, each.right) for each in line.segments] for line in lines]
    found: dict[tuple[int, int], _Cut] = {}
    for edge in sorted(edges)[:_MOST_EDGES]:
        for cut in _cuts(held, edge - 1.5):
            found.setdefault((cut.start, cut.end), cut)
    likely = sorted(found.values(), key=lambda cut: (cut.start - cut.end, cut.at))
    return next(
        (cut for cut in likely if _parts(lines[cut.start : cut.end], cut.at, width, across)), None
    )


def _parts(lines: Sequence[Line], at: float, width: float, across: Sequence[Rule]) -> bool:
    """Whether a cut parts two texts."""
    return _is_text(lines, at, width) and not _is_crossed(lines, at, across)


def _cuts(lines: Sequence[Sequence[tuple[float, float]]], at: float) -> Iterator[_Cut]:
    """Stretches of lines without a word at a place; lines are where their segments stand."""
    start = 0
    for place, segments in enumerate(lines):
        if any(left < at - 1 and right > at for left, right in segments):
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
    before = [(line, [each for each in line.segments if each.right <= at]) for line in lines]
    behind = [(line, [each for each in line.segments if each.right > at]) for line in lines]
    sides = [[(line, held) for line, held in side if held] for side in (before, behind)]
    if not all(sides):
        return False
    top = min(side[0][0].middle for side in sides)
    bottom = max(side[-1][0].middle for side in sides)
    beside = sum(bottom <= line.middle <= top for line in lines)
    return all(
        len(side) >= max(3, 0.4 * beside)
        and _reads([each for _, held in side for each in held], len(side), width)
        for side in sides
    )


def _reads(segments: Sequence[Segment], lines: int, width: float) -> bool:
    """Whether segments are wide enough, and words enough, to be text."""
    words = sum(len(each.words) for each in segments)
    letters = sum(each.worded for each in segments)
    across = max(each.right for each in segments) - min(each.left for each in segments)
    is_text = words >= _LEAST_WORDS * lines and letters >= _LEAST_LETTERS * words
    return is_text and across >= _LEAST_WIDTH * width


def _is_crossed(lines: Sequence[Line], at: float, across: Sequence[Rule]) -> bool:
    """Whether a line is drawn from one side to the other, as between the rows of a table."""
    top, bottom = lines[0].middle, lines[-1].middle
    return any(bottom < r.at < top and r.start < at - 5 and r.end > at + 5 for r in across)
