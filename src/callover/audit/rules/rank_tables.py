"""Tables of ranks beside the table of the figures that they rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid
from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import quoted_row
from callover.audit.reading.names import key_of
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.scores import RANK_ORDER

_ORDINAL = re.compile(r"(?P<rank>\d{1,3})(?:st|nd|rd|th)=?")
_LEAST_AREAS, _LEAST_ROWS = 4, 2


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A row of ranks by area, and its figures by area in another table."""

    section: Section
    heads: Sequence[str]
    row: Row
    ranks: dict[str, Cell]
    figures: dict[str, float]

    def misplaced(self, highest: bool) -> list[tuple[str, int]]:
        """The areas whose rank is not the place of their figure, with that place."""
        found = []
        for area, cell in self.ranks.items():
            own, values = self.figures[area], self.figures.values()
            place = 1 + sum(value > own if highest else value < own for value in values)
            alike = sum(value == own for value in values)
            if not 0 <= _rank(cell) - place < alike:
                found.append((area, place))
        return found


def rank_tables(claims: Claims, book: Book) -> Iterator[Finding]:
    """Ranks of rows of one table that another table of the same areas gives the figures of."""
    upright = (grid for grid in claims.grids if not grid.turned)
    rates_first = sorted(upright, key=lambda grid: "rate" not in grid.section.title.lower())
    grids = [(grid, frozenset(grid.heads.values())) for grid in rates_first]
    for section in claims.sections:
        for table in section.tables:
            rows = list(_rows(section, table, grids))
            ways = [[(row, row.misplaced(highest)) for row in rows] for highest in (True, False)]
            way = min(ways, key=lambda each: sum(len(wrong) for _, wrong in each))
            right = sum(not wrong for _, wrong in way)
            if right < max(_LEAST_ROWS, len(rows) - right):
                continue
            for row, wrong in way:
                for cell in row.ranks.values():
                    book.note(cell.place, cell.text)
                for area, place in wrong[:2]:
                    yield _found(claims, row, area, place)


_Headed = tuple[Grid, frozenset[str]]
"""A grid with all that heads its columns."""


def _rows(section: Section, table: Table, grids: Sequence[_Headed]) -> Iterator[_Ranked]:
    """The rows of ranks of a table for which a grid has the figures."""
    heads = [" ".join(cell.text.split()) for cell in table.rows[0]] if table.rows else []
    for row in table.rows[1:]:
        ranks = {
            head: cell
            for head, cell in zip(heads, row, strict=False)
            if head and _ORDINAL.fullmatch(cell.text.strip())
        }
        if len(ranks) < _LEAST_AREAS or not row[0].text.strip():
            continue
        figures = next(_figures(grids, key_of(row[0].text), ranks), None)
        if figures is not None:
            yield _Ranked(section, heads, row, ranks, figures)


def _figures(
    grids: Sequence[_Headed], name: str, ranks: dict[str, Cell]
) -> Iterator[dict[str, float]]:  # fmt: skip
    """What the rows of that name give for all of the areas, in the order of the grids."""
    for grid in (grid for grid, heads in grids if ranks.keys() <= heads):
        columns = {head: column for column, head in grid.heads.items() if head in ranks}
        for line in grid.lines:
            own = {
                area: line.numbers[column].value
                for area, column in columns.items()
                if column in line.numbers
            }
            if own.keys() == ranks.keys() and key_of(_BRACKETS.sub(" ", line.name)) == name:
                yield own


_BRACKETS = re.compile(r"\([^()]*\)")


def _rank(cell: Cell) -> int:
    found = _ORDINAL.fullmatch(cell.text.strip())
    return int(found["rank"]) if found else 0


def _found(claims: Claims, row: _Ranked, area: str, place: int) -> Finding:
    cell = row.ranks[area]
    excerpt = quoted_row(row.row, dict(enumerate(row.heads)))
    return finding(
        RANK_ORDER, Spot(row.section.title, cell.place, cell.text.strip(), excerpt), str(place),
        f"{area} is number {place} by {row.figures[area]:g}, as the other rows are ranked", None,
        claims.subjects.of_name(row.row[0].text), None, 0.85,
    )  # fmt: skip


CHECKS = (Check(RANK_ORDER, rank_tables),)
