"""Paragraphs and tables of a sheet: what stands together between empty rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from callover.audit.pack import Block, Cell, Paragraph, Place, Table
from callover.audit.readers.xlsx.grid import Grid, Shown
from callover.audit.readers.xlsx.merges import Merges
from callover.audit.report.words import counted
from callover.audit.spanned import Spanned, lined_up
from callover.audit.tally import Tally
from callover.data.hidden import letters

_NOTHING = Shown("")


def blocks_of(sheet: str, grid: Grid, tally: Tally) -> Iterator[Block]:
    """A sheet's blocks from top to bottom."""
    merges = Merges(grid.merges, grid.rows)
    for numbers in _together(sorted(grid.rows), merges):
        first, last = _table_within(numbers, grid)
        for number in numbers[:first]:
            yield from _paragraphs(sheet, number, grid, tally)
        if first < last:
            yield _table(sheet, numbers[first:last], grid, merges, tally)
        for number in numbers[last:]:
            yield from _paragraphs(sheet, number, grid, tally)
    if merges.hidden:
        tally.note(
            f"Sheet {sheet!r}: what stands under merged cells was not read, for the sheet does not"
            f" show it ({counted(merges.hidden, 'cell')})."
        )


def _together(numbers: Sequence[int], merges: Merges) -> Iterator[list[int]]:
    """Rows in groups, an empty row between one group and the next."""
    group: list[int] = []
    reach = 0
    for number in numbers:
        if group and number > reach + 1:
            yield group
            group = []
        group.append(number)
        reach = max(reach, merges.reach(number))
    if group:
        yield group


def _table_within(numbers: Sequence[int], grid: Grid) -> tuple[int, int]:
    """From where to where a group is a table: its first to its last row of several cells."""
    several = [place for place, number in enumerate(numbers) if len(grid.rows[number]) > 1]
    return (several[0], several[-1] + 1) if several else (len(numbers), len(numbers))


def _paragraphs(sheet: str, number: int, grid: Grid, tally: Tally) -> Iterator[Block]:
    for column, shown in sorted(grid.rows[number].items()):
        tally.block(shown.text)
        yield Paragraph(shown.text, _place(sheet, number, column))


def _table(sheet: str, numbers: Sequence[int], grid: Grid, merges: Merges, tally: Tally) -> Table:
    """The rows as a table; columns that are empty in all of them are left out."""
    columns = sorted({column for number in numbers for column in grid.rows[number]})
    rows = lined_up(
        tally,
        (
            _row(sheet, number, columns, numbers, place + 1, grid, merges)
            for place, number in enumerate(numbers)
        ),
    )
    if rows and _is_heading(numbers, grid):
        rows = (tuple(replace(cell, heading=True) for cell in rows[0]), *rows[1:])
    tally.block()
    return Table(rows, _place(sheet, numbers[0], columns[0]))


def _row(
    sheet: str,
    number: int,
    columns: Sequence[int],
    rows: Sequence[int],
    after: int,
    grid: Grid,
    merges: Merges,
) -> Iterator[Spanned]:
    """The cells of a row without those that a merged cell covers.

    ``rows`` are the table's; those from ``after`` on stand below this one.
    """
    shown, beginning = grid.rows[number], merges.beginning(number)
    covered = {column for each in merges.covered(number) for column in _within(columns, each)}
    for column in columns:
        if column in covered:
            merges.hidden += column in shown
            continue
        cell = Cell(shown.get(column, _NOTHING).text, _place(sheet, number, column))
        merge = beginning.get(column)
        if merge is None:
            yield Spanned(cell)
            continue
        wide = _within(columns, merge.columns)
        covered |= set(wide)
        below = bisect_right(rows, merge.bottom, lo=after) - after
        yield Spanned(replace(cell, columns=len(wide)), 1 + below)


def _within(columns: Sequence[int], wanted: range) -> Sequence[int]:
    """Those of the sorted columns that lie in a range."""
    return columns[bisect_left(columns, wanted.start) : bisect_left(columns, wanted.stop)]


def _is_heading(numbers: Sequence[int], grid: Grid) -> bool:
    """Whether the first row heads the others: words above rows with numbers."""
    first = grid.rows[numbers[0]].values()
    rest = (shown for number in numbers[1:] for shown in grid.rows[number].values())
    return not any(shown.is_number for shown in first) and any(shown.is_number for shown in rest)


def _place(sheet: str, row: int, column: int) -> Place:
    return Place(line=row, spot=f"{sheet}!{letters(column)}{row}")
