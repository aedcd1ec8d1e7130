"""Five-year trends: a line the size of a word an indicator, and its figures (REP-19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callover.domain.disclosure import is_printed
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.periods import FinancialYear
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Block, Cell, Column, Paragraph, Row, Section, Table, text
from callover.report.build.context import PackContext
from callover.report.build.data_book import SIGNED_PERCENT, Measure, number, unit_cell
from callover.report.build.sentences import kind_of
from callover.report.build.year_marks import BROKEN, DOUBTED, mark_notes, year_marks

YEARS = 5


def complete_years(ctx: PackContext) -> tuple[FinancialYear, ...]:
    """The five financial years that were complete before the report's month (or with it)."""
    last = ctx.month.financial_year
    newest = last.start if ctx.month == last.last else last.start - 1
    return tuple(FinancialYear(year) for year in range(newest - YEARS + 1, newest + 1))


def year_cells(ctx: PackContext, indicator: Indicator) -> list[Cell]:
    """An indicator's value in each of the five years; the reason where there is none."""
    cells = []
    marks = year_marks(ctx, indicator, complete_years(ctx))
    for year in complete_years(ctx):
        figure = ctx.figure(indicator, "rolling12", month=year.last)
        if figure.value is None:
            cells.append(Cell(words.in_a_narrow_cell(figure)))
        elif indicator.unit is Unit.PERCENTAGE:
            printed = words.percent(figure.value, indicator.decimals)
            cells.append(marks.on(year, Cell(printed, value=figure.value, figure=figure.key)))
        else:
            printed = words.number(figure.value)
            cells.append(marks.on(year, Cell(printed, value=figure.value, figure=figure.key)))
    return cells


def trends(ctx: PackContext) -> Section | None:
    """The five years of every indicator that has at least two of them."""
    years = complete_years(ctx)
    rows, shown = [], []
    for indicator in ctx.indicators:
        if kind_of(ctx, indicator) in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
            continue
        cells = year_cells(ctx, indicator)
        if sum(cell.value is not None for cell in cells) < 2:
            continue
        name = Cell(indicator.title, anchor=ctx.page_title(indicator))
        rows.append(Row((name, *cells, _recent(ctx, indicator, cells), _course(cells, indicator))))
        shown.append(indicator)
    if not rows:
        return None
    marks = mark_notes((each, year_marks(ctx, each, years)) for each in shown)
    table = Table(
        id="five-years",
        caption=f"Financial years {years[0]} to {years[-1]}",
        columns=(
            Column("Indicator", width=3.7),
            *(Column(str(year), numeric=True, number_format="#,##0") for year in years),
            Column("Recent trend", width=1.7),
            Column("First to last known", width=2.8, numeric=True),
        ),
        rows=tuple(rows),
        notes=(
            text(f"{words.EN_DASH}: the source published no total for that year."),
            text(
                "Recent trend: whether the five years rise or fall by more than chance, and would "
                "without any one of them; of the rate, where there is one. “Too few” where they "
                "are not five, not counted alike, or whom the rate counts was counted anew."
            ),
            text("The line runs from the lowest to the highest of the years; its dot is the last."),
            *((text(words.NARROW_MARKS),) if ctx.edition == "public" else ()),
            *marks,
        ),
        sheet="Five years",
    )
    lead = text(
        "Totals of complete financial years, April to March, as each source published them."
    )
    table = replace(table, book=_book(table, shown))
    blocks: tuple[Block, ...] = (Paragraph(lead), table)
    return Section("five-years", "Five-year trends", blocks, kind="appendix")


def _recent(ctx: PackContext, indicator: Indicator, years: Sequence[Cell]) -> Cell:
    """The verdict on the five years, in the fewest words; copied years give none."""
    if any(cell.mark == DOUBTED for cell in years):
        return Cell("too few")
    figure = ctx.figure(indicator, "recent_trend")
    if not figure.text:
        hidden = is_printed(figure.reason)
        return Cell(words.in_a_narrow_cell(figure) if hidden else "too few")
    return Cell(figure.text.replace("no significant change", "no clear change"), figure=figure.key)


def _course(cells: Sequence[Cell], indicator: Indicator) -> Cell:
    """First to last known with its line; copied years are no part of it."""
    course = tuple(None if cell.mark == DOUBTED else cell.value for cell in cells)
    known = [value for value in course if value is not None]
    if len(known) < 2:
        return Cell("no trend")
    mark = BROKEN if any(cell.mark == BROKEN for cell in cells) else ""
    return replace(_first_to_last(known, indicator), trend=course, mark=mark)


def _book(table: Table, indicators: list[Indicator]) -> Table:
    """With the unit of each row, and changes in points in a column of their own."""
    name, *years, _ = table.columns
    changes = (
        Measure("First to last known, %", SIGNED_PERCENT).column,
        Measure("First to last known, percentage points", SIGNED_PERCENT).column,
    )
    rows = []
    for row, indicator in zip(table.rows, indicators, strict=True):
        first, *cells, last = row.cells
        change = replace(last, trend=())
        points = change.text.endswith("points")
        share = change if change.value is not None else number(None)
        both = (number(None), change) if points else (share, number(None))
        rows.append(Row((first, unit_cell(indicator), *cells, *both)))
    unit, plain = Column("Unit"), [replace(year, number_format="") for year in years]
    marks = table.notes[2:]
    notes = (text("[x] in a year: the source published no total for it."), *marks)
    columns = (name, unit, *plain, *changes)
    return replace(table, columns=columns, rows=tuple(rows), notes=notes)


def _first_to_last(known: list[float], indicator: Indicator) -> Cell:
    first, last = known[0], known[-1]
    if indicator.unit is Unit.PERCENTAGE:
        return Cell(f"{words.signed(last - first, 1)} points", value=last - first)
    if first == 0:  # no per cent of nothing
        return Cell(words.signed(last - first))
    return Cell(words.signed_percent((last / first - 1) * 100), value=(last / first - 1) * 100)
