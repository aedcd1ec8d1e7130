"""Blocks of a PDF without tags, by what stands where on its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from callover.audit.copies import alternated, in_two
from callover.audit.pack import Block, Cell, Heading, Paragraph, Table
from callover.audit.readers.pdf.bands import parts_of
from callover.audit.readers.pdf.columns import Run, rows_of, runs_in
from callover.audit.readers.pdf.edges import without_edges
from callover.audit.readers.pdf.flowing import Type, paragraphs_of, type_of
from callover.audit.readers.pdf.grids import Grid, GridCell, grids_of
from callover.audit.readers.pdf.halves import WORTH_A_PROCESS, in_halves
from callover.audit.readers.pdf.lines import Line, lines_of
from callover.audit.readers.pdf.over import Found, joined
from callover.audit.readers.pdf.page import Page
from callover.audit.readers.pdf.pages import some_pages
from callover.audit.readers.pdf.setting import Setting
from callover.audit.readers.pdf.stacked import rows_within
from callover.audit.spanned import Spanned, lined_up
from callover.audit.tally import Tally
from callover.audit.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its ruled tables and the lines around them."""

    page: Page
    grids: list[Grid]
    lines: list[Line]


def sheets_of(path: Path, number: int) -> list[Sheet]:
    """All pages of a PDF, as far as each can be read by itself."""
    return in_halves(path.name, range(number), _some_sheets, path)


def _some_sheets(numbers: Sequence[int], path: Path) -> list[Sheet]:
    with uncollected():
        return [sheet_of(page) for page in some_pages(numbers, path, by_tags=False)]


def sheet_of(page: Page) -> Sheet:
    """A page with what stands where on it."""
    grids = grids_of(page)
    return Sheet(page, grids, lines_of(page, _outside(page, grids)))


def blocks_by_place(sheets: Sequence[Sheet], tally: Tally) -> list[Block]:
    """All blocks of some pages; a table that goes on over a page end is one."""
    lines = without_edges([sheet.lines for sheet in sheets])
    reader = _Geometry(Setting([sheet.page for sheet in sheets]), tally, type_of(lines))

    def blocks(some: Sequence[tuple[Sheet, Sequence[Line]]]) -> list[list[Found]]:
        return [list(reader.page(sheet.page, sheet.grids, own)) for sheet, own in some]

    pairs = list(zip(sheets, lines, strict=True))
    long = len(pairs) >= WORTH_A_PROCESS
    return joined(alternated(in_two(pairs, blocks)) if long else blocks(pairs))


def _outside(page: Page, grids: Sequence[Grid]) -> list[int]:
    """The words of a page that stand in no ruled table."""
    within = {place for grid in grids for cell in grid.cells for place in cell.words}
    return [place for place in range(len(page.words)) if place not in within]


@dataclass(frozen=True, slots=True)
class _Geometry:
    """Makes blocks from lines; ``type`` are the document's sizes of type."""

    setting: Setting
    tally: Tally
    type: Type

    def page(self, page: Page, grids: Sequence[Grid], lines: Sequence[Line]) -> Iterator[Found]:
        """The blocks of a page from the top, ruled tables between the lines around them."""
        waiting = list(lines)
        for grid in grids:
            above = [line for line in waiting if line.middle > grid.heights[0]]
            waiting = [line for line in waiting if line.middle <= grid.heights[0]]
            yield from self._flow(page, above)
            yield self._ruled(page, grid)
        yield from self._flow(page, waiting)

    def _flow(self, page: Page, lines: Sequence[Line]) -> Iterator[Found]:
        """Paragraphs, headings and tables without lines between their columns."""
        for part in parts_of(lines, page.across):
            text: list[Line] = []
            for each in runs_in(part, page.across):
                if isinstance(each, Line):
                    text.append(each)
                    continue
                yield from self._text(text)
                text = []
                yield self._aligned(page, each)
            yield from self._text(text)

    def _text(self, lines: Sequence[Line]) -> Iterator[Found]:
        for group in paragraphs_of(lines, self.type.leading):
            runs = [run for line in group for run in line.runs]
            text = self.setting.text(runs)
            if not text:
                continue
            self.tally.block(text)
            level, place = self.type.level(group), self.setting.place(runs)
            yield Found(Heading(text, level, place) if level else Paragraph(text, place))

    def _aligned(self, page: Page, run: Run) -> Found:
        rows = [self._row(run, lines) for lines in rows_of(run, page.across)]
        lefts = tuple(left for left, _ in run.columns)
        return self._table(rows, lefts, [r for line in run.lines for r in line.runs])

    def _row(self, run: Run, lines: Sequence[Line]) -> list[Spanned]:
        """The cells of a row, a cell for each column that nothing reaches into from its left."""
        held: dict[int, list[tuple[int, int]]] = {}
        wide: dict[int, int] = {}
        for line in lines:
            for segment in line.segments:
                covered = run.covered(segment)
                held.setdefault(covered.start, []).extend(segment.runs)
                wide[covered.start] = max(wide.get(covered.start, 1), len(covered))
        cells: list[Spanned] = []
        column = 0
        while column < len(run.columns):
            runs = held.get(column, [])
            over = 1
            while over < wide.get(column, 1) and column + over not in held:
                over += 1
            cells.append(self._cell(runs, over, 1))
            column += over
        return cells

    def _ruled(self, page: Page, grid: Grid) -> Found:
        by_row: list[list[tuple[GridCell, list[Line]]]] = [[] for _ in grid.heights[1:]]
        for cell in grid.cells:
            by_row[cell.row].append((cell, lines_of(page, cell.words) if cell.words else []))
        rows = [row for cells in by_row for row in self._ruled_rows(cells, len(grid.columns) - 1)]
        every = [r for row in by_row for _, lines in row for line in lines for r in line.runs]
        return self._table(rows, grid.columns[:-1], every)

    def _ruled_rows(
        self, cells: Sequence[tuple[GridCell, list[Line]]], columns: int
    ) -> Iterator[list[Spanned]]:
        """A row of fields, or the rows that stand in it where no cell is merged."""
        is_plain = len(cells) == columns and all(cell.rows == 1 for cell, _ in cells)
        fields = [lines for _, lines in cells]
        for row in rows_within(fields) if is_plain else [fields]:
            yield [
                self._cell([run for line in lines for run in line.runs], cell.columns, cell.rows)
                for (cell, _), lines in zip(cells, row, strict=True)
            ]

    def _cell(self, runs: Sequence[tuple[int, int]], columns: int, rows: int) -> Spanned:
        text = self.setting.text(runs)
        return Spanned(Cell(text, self.setting.place(runs), columns), rows)

    def _table(
        self,
        rows: Sequence[list[Spanned]],
        lefts: tuple[float, ...],
        runs: Sequence[tuple[int, int]],
    ) -> Found:
        self.tally.block()
        made = tuple(row for row in lined_up(self.tally, rows) if any(cell.text for cell in row))
        return Found(Table(made, self.setting.place(runs)), lefts)
