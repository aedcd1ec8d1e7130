"""Empty cells that a tagged table leaves out: cells are put back below the heading they stand in.

Some programs tag only cells with words in them. Without this an empty August would let September's
figure slip below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from callover.audit.readers.pdf.page import Tag
from callover.audit.readers.pdf.setting import Setting

Cells = list[Tag | None]
"""The cells of a row in order; None is one without words that the tags do name."""

Strip = tuple[float, float]


def with_gaps(rows: Sequence[Cells], setting: Setting) -> list[Cells]:
    """Rows with an empty cell wherever a shorter row leaves a column of the widest out."""
    width = max((len(row) for row in rows), default=0)
    whole = next((row for row in rows if len(row) == width and _is_plain(row)), None)
    if whole is None or any(cell.rows > 1 for row in rows for cell in row if cell):
        return list(rows)
    columns = [_strip(cell, setting) for cell in whole if cell]
    known = [strip for strip in columns if strip]
    if len(known) < width:
        return list(rows)
    return [_spread(row, known, setting) for row in rows]


def _is_plain(row: Cells) -> bool:
    return all(cell is not None and cell.columns == 1 for cell in row)


def _spread(row: Cells, columns: Sequence[Strip], setting: Setting) -> Cells:
    """A row with each cell in the nearest column that leaves room for those behind it."""
    if len(row) == len(columns) or not _is_plain(row):
        return row
    spread: Cells = [None] * len(columns)
    after = 0
    for place, cell in enumerate(row):
        strip = _strip(cell, setting) if cell else None
        last = len(columns) - (len(row) - place)
        reach = range(after, last + 1)
        column = min(reach, key=lambda at: _apart(columns[at], strip)) if strip else after
        spread[column] = cell
        after = column + 1
    return spread


def _strip(cell: Tag, setting: Setting) -> Strip | None:
    """From where to where a cell's words reach, on the first page that has any."""
    runs = cell.runs()
    words = [setting.word(run) for run in runs if run[0] == runs[0][0]]
    if not words:
        return None
    return min(word.left for word in words), max(word.right for word in words)


def _apart(column: Strip, strip: Strip | None) -> float:
    """How far a cell stands from a column: by their nearer edges, else by their middles."""
    if strip is None:
        return 0.0
    edges = min(abs(column[0] - strip[0]), abs(column[1] - strip[1]))
    return min(edges, abs(sum(column) - sum(strip)) / 2)
