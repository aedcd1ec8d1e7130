"""Tables without lines between their columns: what stands below one another is a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callover.audit.readers.pdf.lines import Line, Segment
from callover.audit.readers.pdf.page import Rule

_FAR = 3.2
"""Of the height of a line: beyond such a gap another table or paragraph begins."""

_SHARED = 0.12
"""Share of lines that may cross the space between two columns: headings over several of them."""

_TIGHT = 1.2
"""Lines of one row lie closer than rows, by at least so much."""

_LEADING = 1.7
"""Of the height of a line: lines of one cell lie no further apart."""

_MOST_LOOSE = 6
"""Lines of one cell between two rows of a table with lines between its rows."""

_LOOKED_AT = 12
"""Lines above that a further one is compared with."""

_ALIGNED = 2.0
_OTHER_SIZE = 0.12
"""Points and a share: segments begin below one another; type is of another size."""

_NARROWEST = 1.5


Strip = tuple[float, float]
"""Left and right edge of a column."""


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that may be a table, with the strips of its columns."""

    lines: Sequence[Line]
    columns: Sequence[Strip]

    def covered(self, segment: Segment) -> range:
        """The columns that a segment stands in."""
        begin, end = segment.left, segment.right
        held = [
            place
            for place, strip in enumerate(self.columns)
            if strip[0] < end and begin < strip[1] and _overlap(segment, strip)
        ]
        if held:
            return range(held[0], held[-1] + 1)
        middle = (segment.left + segment.right) / 2
        near = min(range(len(self.columns)), key=lambda i: abs(sum(self.columns[i]) / 2 - middle))
        return range(near, near + 1)

    def column(self, segment: Segment) -> int:
        """The column that a segment begins in."""
        return self.covered(segment).start


def _overlap(segment: Segment, strip: Strip) -> bool:
    """Whether a segment shares more than its edge with a column."""
    left, right = strip
    shared = min(segment.right, right) - max(segment.left, left)
    return shared > 0.2 * min(segment.right - segment.left, right - left)


def runs_in(lines: Sequence[Line], across: Sequence[Rule]) -> Iterator[Line | Run]:
    """Lines of text one by one, and runs of lines that are tables."""
    place = 0
    while place < len(lines):
        end = _end_of_run(lines, place, across) if len(lines[place].segments) > 1 else place
        run = _table(lines[place:end]) if end - place > 1 else None
        if run is None:
            yield lines[place]
            place += 1
        else:
            yield run
            place = end


def _end_of_run(lines: Sequence[Line], start: int, across: Sequence[Rule]) -> int:
    """The line behind the last one of several segments that belongs to those above it."""
    end, place = start + 1, start + 1
    run = Run(lines[start:end], _strips(lines[start:end]))
    while place < len(lines) and _may_follow(lines, start, end, place, across):
        line = lines[place]
        if len(line.segments) > 1:
            if not _fits(run, line):
                break
            end = place + 1
            near = [
                *lines[start : min(end, start + 2)],
                *lines[max(start + 2, end - _LOOKED_AT) : end],
            ]
            held = [each for each in near if len(each.segments) > 1]
            run = Run(held, _strips(held))
        place += 1
    # the last row's cells may go on for a line or two
    while end < len(lines) and _goes_on(lines[start:end], lines[end]):
        end += 1
    return end


def _fits(run: Run, line: Line) -> bool:
    """Whether the segments of a line stand in columns of their own, in type of the same size."""
    first = run.lines[-1]
    aligned = sum(
        any(abs(a.left - b.left) < _ALIGNED for b in first.segments) for a in line.segments
    )
    if aligned == len(line.segments) > 2:
        return True
    if abs(line.size - first.size) > _OTHER_SIZE * first.size:
        return False
    known = [each for each in line.segments if any(_touch(each, strip) for strip in run.columns)]
    covered = [run.covered(segment) for segment in known]
    apart = len({each.start for each in covered}) == len(covered)
    wide = sum(len(each) > 1 for each in covered)
    return bool(known) and apart and wide <= max(1, 0.4 * len(covered))


def _may_follow(
    lines: Sequence[Line], start: int, end: int, place: int, across: Sequence[Rule]
) -> bool:
    """Whether a line may belong to a table whose last row so far ended before ``end``."""
    line, above = lines[place], lines[place - 1]
    step = above.middle - line.middle
    table = lines[max(start, end - _LOOKED_AT) : end]
    steps = [a.middle - b.middle for a, b in pairwise(table)]
    if step > _FAR * max(line.size, above.size) or (len(steps) > 1 and step > 2 * max(steps)):
        return False
    if len(line.segments) > 1:
        return True
    loose = place - end
    if loose >= _MOST_LOOSE or (loose >= 2 and not _is_ruled(lines[end - 1], line, across)):
        return False
    return not _is_prose(line, table)


def _is_ruled(above: Line, line: Line, across: Sequence[Rule]) -> bool:
    return any(line.middle < rule.at < above.middle for rule in across)


def _is_prose(line: Line, table: Sequence[Line]) -> bool:
    """Whether a line of one segment runs through the columns of the table so far."""
    left = min(each.left for each in table)
    right = max(each.right for each in table)
    begins = line.left < left + 1.5 * line.size
    return begins and line.right - line.left > 0.7 * (right - left) and len(line.words) > 6


def _goes_on(table: Sequence[Line], line: Line) -> bool:
    last = table[-1]
    is_close = last.middle - line.middle < _LEADING * last.size
    first = last.segments[0]
    starts_inside = line.left > last.left + 2 * last.size
    is_rest = line.text[:1].islower() and line.right < last.segments[-1].left
    is_below = is_rest and abs(line.left - first.left) < _ALIGNED
    return is_close and (starts_inside or is_below) and len(line.segments) == 1


def _table(lines: Sequence[Line]) -> Run | None:
    """The lines with their columns; None where they have none in common."""
    several = [line for line in lines if len(line.segments) > 1]
    if len(several) < 2:
        return None
    run = Run(lines, _as_headed(several, _strips(several)))
    if len(run.columns) < 2:
        return None
    held = [{run.column(segment) for segment in line.segments} for line in several]
    kept = sum(len(each) > 1 for each in held)
    return run if kept >= max(2, 0.6 * len(several)) else None


def _strips(lines: Sequence[Line]) -> list[Strip]:
    """Where columns are: between strips that hardly any line crosses.

    A heading over a column without any entry has a strip of its own.
    """
    segments = [segment for line in lines for segment in line.segments]
    strips = _covered_by(segments, int(_SHARED * len(lines)))
    alone = [each for each in segments if not any(_touch(each, strip) for strip in strips)]
    return sorted(strips + _covered_by(alone, 0))


def _as_headed(lines: Sequence[Line], strips: Sequence[Strip]) -> list[Strip]:
    """Strips of which never both are filled, but which one heading spans, as the one they are."""
    made = [strips[0]]
    for strip in strips[1:]:
        pair = (made[-1], strip)
        spanning = [line for line in lines if any(_spans(s, pair) for s in line.segments)]
        filled = [
            line
            for line in lines
            if all(any(_touch(s, each) for s in line.segments) for each in pair)
        ]
        if spanning and len(filled) == len(spanning):
            made[-1] = (made[-1][0], strip[1])
        else:
            made.append(strip)
    return made


def _spans(segment: Segment, strips: Sequence[Strip]) -> bool:
    return all(_touch(segment, strip) for strip in strips)


def _touch(segment: Segment, strip: Strip) -> bool:
    return segment.left < strip[1] and strip[0] < segment.right


def _covered_by(segments: Sequence[Segment], most: int) -> list[Strip]:
    """Strips in which more than ``most`` segments stand below one another."""
    edges = sorted(
        edge for segment in segments for edge in ((segment.left, 1), (segment.right, -1))
    )
    strips: list[Strip] = []
    depth, begin = 0, 0.0
    for at, step in edges:
        if step > 0 and depth == most:
            begin = at
        if step < 0 and depth == most + 1:
            if strips and begin - strips[-1][1] < _NARROWEST:
                begin = strips.pop()[0]
            strips.append((begin, at))
        depth += step
    return strips


def rows_of(run: Run, across: Sequence[Rule]) -> list[list[Line]]:
    """The lines of each row of a table."""
    ruled = [rule for rule in across if _covers(rule, run)]
    pitches = [a.middle - b.middle for a, b in pairwise(run.lines)]
    rows: list[list[Line]] = [[run.lines[0]]]
    parted = [any(b.middle < rule.at < a.middle for rule in ruled)
              for a, b in pairwise(run.lines)]  # fmt: skip
    is_ruled = sum(parted) >= 3 or (sum(parted) >= 2 and len(run.lines) <= 8)
    for line, pitch, rule in zip(run.lines[1:], pitches, parted, strict=True):
        if not rule and _continues(
            run, rows[-1], line, pitch, min(pitches), max(pitches), is_ruled
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _covers(rule: Rule, run: Run) -> bool:
    left = min(line.left for line in run.lines)
    right = max(line.right for line in run.lines)
    return min(rule.end, right) - max(rule.start, left) > 0.6 * (right - left)


def _continues(
    run: Run, row: Sequence[Line], line: Line, pitch: float, least: float, most: float, ruled: bool
) -> bool:
    """Whether a line belongs to the row above it, no line being drawn between them."""
    filled = {run.column(s): s for each in row for s in each.segments}
    columns = {run.column(s) for s in line.segments}
    if any(s.is_number and run.column(s) in filled and filled[run.column(s)].is_number
           for s in line.segments):  # fmt: skip
        return False
    if ruled:
        return True
    if most > _TIGHT * least:
        return pitch <= (least + most) / 2 if most < 2.2 * least else pitch < _TIGHT * least
    return 0 not in columns or line.text[:1].islower()
