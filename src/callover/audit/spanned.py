"""Merged cells of a table: rows as a person sees them, every column below its heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from callover.audit.limits import MOST_COLUMNS, MOST_ROWS
from callover.audit.pack import Cell, Place, Row
from callover.audit.tally import Tally
from callover.audit.unreadable import too_much

WIDEST = 100
"""Columns that one cell may cover; Word's tables have 63 at most."""


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as its file gives it, with the number of rows it covers."""

    cell: Cell
    rows: int = 1


def left_over(tally: Tally, where: str, said: int, width: int, others: int) -> int:
    """How many columns a cell covers that is ``said`` to cover senselessly many, which is told:
    those that the ``others`` of its row leave of the table's ``width``, as a program shows it."""
    left = max(1, width - others)
    place = f" ({where})" if where else ""
    tally.note(
        f"A cell{place} is said to cover {said:,} columns of a table that has {max(width, left):,};"
        f" it was read as covering {left:,}."
    )
    return left


def lined_up(tally: Tally, rows: Iterable[Iterable[Spanned]]) -> tuple[Row, ...]:
    """Rows in which a cell that covers several rows stands in each of them."""
    from_above: dict[int, Spanned] = {}
    made: list[Row] = []
    for row in rows:
        cells, from_above = _row(tally, list(row), from_above)
        tally.cells(len(cells))
        made.append(cells)
        if len(made) > MOST_ROWS:
            raise too_much(tally.name, "has a table that is too long", MOST_ROWS, "rows")
    return tuple(made)


def _row(
    tally: Tally, row: list[Spanned], from_above: dict[int, Spanned]
) -> tuple[Row, dict[int, Spanned]]:
    """One row, and by column the cells that reach from it into the next."""
    cells: list[Cell] = []
    below: dict[int, Spanned] = {}
    column, waiting, last = 0, row[::-1], max(from_above, default=-1)
    while waiting or column <= last:
        above = from_above.get(column)
        spanned = above or (waiting.pop() if waiting else Spanned(Cell("", Place())))
        cells.append(continued(spanned.cell) if above else spanned.cell)
        if spanned.rows > 1:
            below[column] = replace(spanned, rows=spanned.rows - 1)
        column += spanned.cell.columns
        if column > MOST_COLUMNS:
            raise too_much(tally.name, "has a table that is too wide", MOST_COLUMNS, "columns")
    return tuple(cells), below


def continued(cell: Cell) -> Cell:
    """A merged cell in a further row: words are said again, a figure is not, for it counts once."""
    is_words = any(sign.isalpha() for sign in cell.text)
    return cell if is_words else replace(cell, text="")
