"""Columns that fields beneath one another make, and the cells of a line by its fields' places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from callover.audit.readers.text.fields import LEAST_FIELDS, SLACK, Field, Line
from callover.audit.readers.text.stretch import Found


def columns_of(body: Sequence[Line]) -> list[Field] | None:
    """What the fields of the lines of numbers cover: a column for each field of the fullest line.

    A few lines may have two blanks within a label. None where fields are not beneath one another.
    """
    data = [line for line in body if line.is_data]
    most = max(len(line.fields) for line in data)
    columns: list[Field] = []
    edges = sorted((field.start, field.end) for line in data for field in line.fields)
    start, end = edges[0]
    for first, last in edges:
        if first > end:
            columns.append(Field(start, end, ""))
            start = first
        end = max(end, last)
    columns.append(Field(start, end, ""))
    if len(columns) == most:
        return columns
    by_edges = _by_edges(data, most)
    few = sum(len(line.fields) > len(columns) for line in data)
    is_label_split = len(columns) >= LEAST_FIELDS and 4 * few < len(data)
    return columns if by_edges is None and is_label_split else by_edges


def _by_edges(data: Sequence[Line], most: int) -> list[Field] | None:
    """Columns of lines whose fields overlap with their neighbours' but are flush left or right."""
    full = [line for line in data if len(line.fields) == most]
    columns: list[Field] = []
    for place in range(most):
        fields = [line.fields[place] for line in full]
        starts, ends = [each.start for each in fields], [each.end for each in fields]
        flush_left = max(starts) - min(starts) <= SLACK
        if len(full) < 2 or not (flush_left or max(ends) - min(ends) <= SLACK):
            return None
        columns.append(Field(min(starts), max(starts) + 1, "") if flush_left
                       else Field(min(ends) - 1, max(ends), ""))  # fmt: skip
    return columns


def is_beyond(line: Line, columns: Sequence[Field]) -> bool:
    """Whether a line leaves the first column empty."""
    return len(columns) > 1 and line.fields[0].start >= columns[0].end


def cells_of(line: Line, columns: Sequence[Field], is_heading: bool) -> tuple[Found, ...] | None:
    """The cells of a line, an empty one for each column in which nothing stands; None for a line
    whose fields stand in no columns of their own."""
    fields = line.fields
    if len(fields) == len(columns) and (is_heading or _stand_in(fields, columns)):
        return tuple(Found(field.text) for field in fields)
    if is_heading and is_beyond(line, columns):
        if len(fields) == len(columns) - 1:
            return (Found(""), *(Found(field.text) for field in fields))
        if (over := _over_several(fields, columns)) is not None:
            return over
    places = [_place(field, columns) for field in fields]
    pairs = list(zip(fields, places, strict=True))
    if not line.is_data and any(_reaches_out(*each, columns) for each in pairs):
        return None
    if not is_heading and not _stand_in(fields, [columns[place] for place in places]):
        return None
    return _in_order(pairs, len(columns))


def _stand_in(fields: Sequence[Field], columns: Sequence[Field]) -> bool:
    """Whether each field is in its column: they have signs or an edge in common."""
    pairs = zip(fields, columns, strict=True)
    return all(field.overlap(own) > 0 or field.shares_an_edge(own) for field, own in pairs)


def _in_order(pairs: Sequence[tuple[Field, int]], width: int) -> tuple[Found, ...] | None:
    """Cells of fields with their columns; None where two share one that is not the first."""
    texts: dict[int, str] = {}
    last = 0
    for field, place in pairs:
        if place < last or (place and place in texts):
            return None
        last = place
        texts[place] = f"{texts.get(place, '')} {field.text}".strip()
    return tuple(Found(texts.get(place, "")) for place in range(width))


def _reaches_out(field: Field, place: int, columns: Sequence[Field]) -> bool:
    """Whether a heading stands over another column too, as a title over them all does."""
    beside = (columns[at] for at in (place - 1, place + 1) if 0 <= at < len(columns))
    return any(field.overlap(each) > 0 for each in beside)


def _over_several(fields: Sequence[Field], columns: Sequence[Field]) -> tuple[Found, ...] | None:
    """Headings that stand over equally many columns each; None where they do not."""
    wide, rest = divmod(len(columns) - 1, len(fields))
    for place, field in enumerate(fields):
        own = columns[1 + place * wide : 1 + (place + 1) * wide]
        if rest or not own or field.overlap(own[0].joined(own[-1])) <= 0:
            return None
    return (Found(""), *(Found(field.text, wide) for field in fields))


def _place(field: Field, columns: Sequence[Field]) -> int:
    """The column that a field stands in: by what both cover, by their edges, or the nearest."""
    first = bisect_left(columns, field.start, key=lambda each: each.end) - 1
    last = bisect_right(columns, field.end, key=lambda each: each.start)
    near = range(max(0, first), min(len(columns), last + 1))
    return max(near, key=lambda at: _fit(field, columns[at]))


def _fit(field: Field, column: Field) -> tuple[bool, int, float]:
    overlap = field.overlap(column)
    edge = field.shares_an_edge(column)
    return overlap > 0, overlap if overlap > 0 else edge, -abs(field.centre - column.centre)
