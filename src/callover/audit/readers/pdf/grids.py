"""Tables with lines between their columns: the lines say what is a cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callover.audit.readers.pdf.page import Page, Rule

_NEAR = 2.0
"""Points within which two lines are one, or meet."""

_MOST_PAIRS = 500_000
"""Lines across times lines down; a page with more is a drawing."""

_MOST_CELLS = 5_000
_FILLED = 0.25
"""Share of cells with words in them; the grid behind a chart has fewer."""


@dataclass(frozen=True)
class GridCell:
    """A cell: its first row and column, how many it covers, and its words by their place."""

    row: int
    column: int
    rows: int
    columns: int
    words: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """A ruled table: heights of its lines from the top, its columns from the left, its cells."""

    heights: tuple[float, ...]
    columns: tuple[float, ...]
    cells: tuple[GridCell, ...]


def grids_of(page: Page) -> list[Grid]:
    """The ruled tables of a page, from the top."""
    across, down = _one_each(page.across), _one_each(page.down)
    if not across or not down or len(across) * len(down) > _MOST_PAIRS:
        return []
    found = [_grid(page, *component) for component in _components(across, down)]
    return sorted((grid for grid in found if grid), key=lambda grid: -grid.heights[0])


def _one_each(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that lie on one another or go on from one another as one."""
    merged: list[Rule] = []
    for rule in sorted(rules):
        for place in range(len(merged) - 1, max(-1, len(merged) - 40), -1):
            other = merged[place]
            touches = rule.start <= other.end + _NEAR and other.start <= rule.end + _NEAR
            if rule.at - other.at <= _NEAR and touches:
                ends = min(rule.start, other.start), max(rule.end, other.end)
                merged[place] = Rule(other.at, *ends)
                break
        else:
            merged.append(rule)
    return merged


def _components(
    across: Sequence[Rule], down: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, in groups of lines across and lines down."""
    group = list(range(len(across) + len(down)))

    def root(member: int) -> int:
        while group[member] != member:
            group[member] = group[group[member]]
            member = group[member]
        return member

    for i, flat in enumerate(across):
        for j, upright in enumerate(down):
            if _meet(flat, upright):
                group[root(i)] = root(len(across) + j)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, flat in enumerate(across):
        parts.setdefault(root(i), ([], []))[0].append(flat)
    for j, upright in enumerate(down):
        parts.setdefault(root(len(across) + j), ([], []))[1].append(upright)
    return list(parts.values())


def _meet(flat: Rule, upright: Rule) -> bool:
    return (
        flat.start - _NEAR <= upright.at <= flat.end + _NEAR
        and upright.start - _NEAR <= flat.at <= upright.end + _NEAR
    )


def _grid(page: Page, across: list[Rule], down: list[Rule]) -> Grid | None:
    """A grid of at least two rows and columns that is filled with words, None otherwise."""
    if not across or not down:
        return None
    xs = _positions([r.at for r in down] + [e for r in across for e in (r.start, r.end)])
    ys = _positions([r.at for r in across] + [e for r in down for e in (r.start, r.end)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 2 or columns < 2 or rows * columns > _MOST_CELLS:
        return None
    ys.reverse()
    cells = _filled(page, _cells(xs, ys, across, down), xs, ys)
    filled = [cell for cell in cells if cell.words]
    rows_of_several = sum(number > 1 for number in Counter(c.row for c in filled).values())
    if len(filled) < _FILLED * len(cells) or rows_of_several < 2:
        return None
    return Grid(tuple(ys), tuple(xs), tuple(cells))


def _positions(values: Iterable[float]) -> list[float]:
    """Different positions in order, those within reach of one another once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * _NEAR:
            found.append(value)
    return found


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> list[tuple[int, int, int, int]]:
    """Row, column, rows and columns of each cell; where no line parts two fields they are one."""
    taken: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, int, int]] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide = 1
            height = (ys[row] + ys[row + 1]) / 2
            while column + wide < len(xs) - 1 and not _parted(down, xs[column + wide], height):
                wide += 1
            tall = 1
            middle = (xs[column] + xs[column + 1]) / 2
            while row + tall < len(ys) - 1 and not _parted(across, ys[row + tall], middle):
                tall += 1
            taken |= {(row + r, column + c) for r in range(tall) for c in range(wide)}
            cells.append((row, column, tall, wide))
    return cells


def _parted(rules: Sequence[Rule], at: float, point: float) -> bool:
    """Whether a line at a position covers a point of it."""
    return any(
        abs(rule.at - at) <= 2 * _NEAR and rule.start - _NEAR <= point <= rule.end + _NEAR
        for rule in rules
    )


def _filled(
    page: Page,
    cells: Sequence[tuple[int, int, int, int]],
    xs: Sequence[float],
    ys: Sequence[float],
) -> list[GridCell]:
    """The cells with the words whose middle lies in them."""
    owner = {
        (row + r, column + c): place
        for place, (row, column, tall, wide) in enumerate(cells)
        for r in range(tall)
        for c in range(wide)
    }
    words: list[list[int]] = [[] for _ in cells]
    depths = [-y for y in ys]
    for place, word in enumerate(page.words):
        column = bisect_right(xs, (word.left + word.right) / 2) - 1
        row = bisect_right(depths, -word.middle) - 1
        if (row, column) in owner:
            words[owner[row, column]].append(place)
    return [GridCell(*cell, tuple(held)) for cell, held in zip(cells, words, strict=True)]
