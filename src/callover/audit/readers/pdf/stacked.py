"""Rows that a ruled table sets below one another in one field, without a line between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from callover.audit.readers.pdf.lines import Line

_LEAST_ROWS, _LEAST_COLUMNS = 3, 2
"""Figures below one another in so many columns, as many in each, are rows and no accident."""

Fields = Sequence[Sequence[Line]]
"""The lines in each field of a row."""


def rows_within(fields: Fields) -> list[list[list[Line]]]:
    """The rows that stand in one row of fields, each with its lines by field."""
    counts = Counter(len(lines) for lines in fields if _are_figures(lines))
    number, columns = counts.most_common(1)[0] if counts else (0, 0)
    if columns < _LEAST_COLUMNS:
        return [[list(lines) for lines in fields]]
    model = next(lines for lines in fields if len(lines) == number and _are_figures(lines))
    heights = [line.middle for line in model]
    rows: list[list[list[Line]]] = [[[] for _ in fields] for _ in heights]
    for place, lines in enumerate(fields):
        for line in lines:
            rows[_nearest(heights, line)][place].append(line)
    return rows


def _are_figures(lines: Sequence[Line]) -> bool:
    is_long = len(lines) >= _LEAST_ROWS
    return is_long and all(len(line.segments) == 1 and line.segments[0].is_number for line in lines)


def _nearest(heights: Sequence[float], line: Line) -> int:
    return min(range(len(heights)), key=lambda at: abs(heights[at] - line.middle))
