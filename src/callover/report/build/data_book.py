"""Tables in the shape that the data book wants: one kind of number a column, its unit in the
heading. Print has less room and reads across, so that the same content stands there otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callover.domain.indicators import Indicator
from callover.domain.peers import PeerGroup, RankOrder
from callover.domain.periods import Month
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Cell, Column, Row, Table

COUNT = "#,##0"
SIGNED = "+#,##0;-#,##0;0"
PERCENT = "0.0"
SIGNED_PERCENT = "+0.0;-0.0;0.0"
RANK = "0"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of numbers: its heading, with the unit, and its number format."""

    heading: str
    form: str = COUNT

    @property
    def column(self) -> Column:
        """The table column that holds it."""
        return Column(self.heading, numeric=True, number_format=self.form)


def unit_words(unit: Unit) -> str:
    """A unit as a heading or a cell names it."""
    return {Unit.PERCENTAGE: "%", Unit.MONEY: "pounds"}.get(unit, unit.value)


def with_unit(title: str, unit: Unit) -> Measure:
    """``Starts, orders`` or ``Satisfied, %``, with the format that goes with it."""
    form = PERCENT if unit is Unit.PERCENTAGE else COUNT
    return Measure(f"{title}, {unit_words(unit)}", form)


def rank_heading(group: PeerGroup) -> str:
    """Which group a column of ranks is about, in full, and which end of it is 1."""
    first = "lowest" if group.rank_order is RankOrder.LOWEST_FIRST else "highest"
    return f"Rank, {words.within(group.title)}, 1 is {first}"


def by_month(table: Table, measures: Sequence[Measure], months: Sequence[Month]) -> Table:
    """``table`` turned: a row a month, a column for each of its rows, which ``measures`` name.

    The table's own columns after the first are the year's months; ``months`` are those that the
    report reaches, the others have no row.
    """
    lines = tuple(
        Row((Cell(month.name), *(_plain(row.cells[place]) for row in table.rows)))
        for place, month in enumerate(months, 1)
    )
    columns = (Column("Month"), *(measure.column for measure in measures))
    return replace(table, columns=columns, rows=lines, row_headers=1, book=None)


def number(value: float | None, reason: str = "not applicable") -> Cell:
    """A cell for the data book alone: the full value, or why there is none."""
    return Cell(reason) if value is None else Cell("", value=value)


def split(value: float | None, unit: Unit, reason: str = "not available") -> tuple[Cell, Cell]:
    """A value in the column of numbers or in that of percentages, by its unit."""
    there = number(value, reason)
    return (number(None), there) if unit is Unit.PERCENTAGE else (there, number(None))


def unit_cell(indicator: Indicator) -> Cell:
    """What an indicator's figures count."""
    return Cell("per cent" if indicator.unit is Unit.PERCENTAGE else unit_words(indicator.unit))


def _plain(cell: Cell) -> Cell:
    """A cell without the link and key that its printed twin carries already."""
    return replace(cell, figure="", anchor="")
