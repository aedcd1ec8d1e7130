"""Tables of measures that a partner reports as one, such as the fire brigade's (FIR-01)."""

from __future__ import annotations

from dataclasses import replace

from callover.domain.disclosure import is_printed
from callover.domain.figures import Figure
from callover.domain.indicators import MeasureTable, TableRow
from callover.domain.ratings import Direction
from callover.domain.states import State
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    text,
)
from callover.report.build.chips import trend_chip
from callover.report.build.context import PackContext
from callover.report.build.data_book import SIGNED, Measure, by_month, number, with_unit


def measure_table(ctx: PackContext, table: MeasureTable) -> Section | None:
    """Month, year to date, target, rolling 12, last year, trend; then the months one by one.

    None where the partner supplied nothing for this year.
    """
    if not any(_ask(ctx, table, row, "month").known for row in table.rows):
        return None
    blocks: tuple[Block, ...] = (
        Paragraph(text(f"From {ctx.source_title(table.source)}. {table.note}".strip())),
        _standing(ctx, table),
        Heading(2, "Month by month", anchor=f"{table.id}-months"),
        _months(ctx, table),
        *_findings(ctx, table),
    )
    return Section(table.id, table.title, blocks, kind="appendix")


def _ask(ctx: PackContext, table: MeasureTable, row: TableRow, measure: str) -> Figure:
    return ctx.figure(table.id, measure, series=row.series, source=table.source)


def _standing(ctx: PackContext, table: MeasureTable) -> Table:
    before = ctx.month.financial_year.start - 1
    columns = (
        Column("Measure", width=4),
        Column(ctx.month.short_name, numeric=True, width=1),
        Column("Year to date", numeric=True, width=1.1),
        Column("Target to date", numeric=True, width=1.1),
        Column("Against target", width=2.4),
        Column("Rolling 12", numeric=True, width=1.1),
        Column(f"{before}/{(before + 1) % 100:02d} total", numeric=True, width=1.2),
        Column("Trend", width=1.2),
        Column("Good is", width=0.9),
    )
    rows = tuple(_standing_row(ctx, table, row) for row in table.rows)
    said = [place for place in range(len(columns)) if _says_something(rows, place)]
    trend = text("Trend: the rolling 12 months against last year's total.")
    missing = text("Twelve months are not supplied; a column without any figure is left out.")
    whole = Table(
        id=table.id,
        caption=f"{table.title} at {ctx.month.name}",
        columns=columns,
        rows=rows,
        notes=(trend,),
        sheet=table.title,
    )
    return replace(
        whole,
        columns=tuple(columns[place] for place in said),
        rows=tuple(Row(tuple(row.cells[place] for place in said)) for row in rows),
        notes=(trend if len(said) == len(columns) else missing,),
        book=_book(ctx, table, whole),
    )


def _book(ctx: PackContext, table: MeasureTable, whole: Table) -> Table:
    """With each row's unit, and the gap to the target as a number beside whether it is met."""
    rows = []
    for row, line in zip(table.rows, whole.rows, strict=True):
        name, month, ytd, target, against, *others = line.cells
        unit = Cell("per cent" if row.rolling else ctx.catalogue.series[row.series].unit.value)
        said = against.text.rsplit(", ", 1)[-1]
        said = "not applicable" if said in (_NO_TARGET, _NOT_KNOWN) else said
        gap = number(_gap(ctx, table, row))
        rows.append(Row((name, unit, month, ytd, target, gap, Cell(said), *others)))
    name_column, month_column, ytd_column, target_column, _, *rest = whole.columns
    gap_column = Measure("Difference from target", SIGNED).column
    columns = (name_column, Column("Unit"), month_column, ytd_column, target_column,
               gap_column, Column("Target met"), *rest)  # fmt: skip
    return replace(whole, columns=columns, rows=tuple(rows))


def _gap(ctx: PackContext, table: MeasureTable, row: TableRow) -> float | None:
    """How far the year to date (of a percentage, the rolling 12 months) is above its target."""
    now = _ask(ctx, table, row, "rolling12" if row.rolling else "ytd").value
    target = _target(ctx, row)
    return None if now is None or target is None else now - target


def _says_something(rows: tuple[Row, ...], place: int) -> bool:
    """Whether a column holds a figure or a word in any row, not only that none was supplied."""
    return any(
        row.cells[place].value is not None or row.cells[place].text not in _SILENT for row in rows
    )


_NO_TARGET, _NOT_KNOWN = "no target", "not known"
_SILENT = (
    "",
    _NO_TARGET,
    _NOT_KNOWN,
    "watched",
    words.missing(State.NOT_SUPPLIED),
    words.missing(State.LATE),
    words.missing(State.NOT_DUE),
)


def _standing_row(ctx: PackContext, table: MeasureTable, row: TableRow) -> Row:
    month, ytd = _ask(ctx, table, row, "month"), _ask(ctx, table, row, "ytd")
    rolling = _ask(ctx, table, row, "rolling12")
    last = _last_year(ctx, table, row)
    target = _target(ctx, row)
    trend = Cell("not known")
    if rolling.value is not None and last.value is not None:
        chip = trend_chip(rolling.value, last.value)
        trend = Cell(chip.words, chip=chip)
    good = {Direction.LOWER: "fewer", Direction.HIGHER: "more"}.get(row.direction, "watched")
    percent = row.rolling
    return Row(
        (
            Cell(row.title),
            _cell(month, percent),
            Cell("not added up") if percent else _cell(ytd, percent),
            _target_cell(target, percent),
            Cell(_against(ytd if not percent else rolling, target, row)),
            _cell(rolling, percent),
            _cell(last, percent),
            trend,
            Cell(good),
        )
    )


def _target_cell(target: float | None, percent: bool) -> Cell:
    if target is None:
        return Cell("none")
    return Cell(words.percent(target) if percent else words.number(target), value=target)


def _last_year(ctx: PackContext, table: MeasureTable, row: TableRow) -> Figure:
    """The total of the financial year before."""
    last = ctx.month.financial_year.first - 1
    return ctx.figure(table.id, "rolling12", last, series=row.series, source=table.source)


def _target(ctx: PackContext, row: TableRow) -> float | None:
    if row.target is None or row.target.year != ctx.month.financial_year:
        return None
    return row.target.value if row.rolling else row.target.to_date(ctx.month)


def _against(figure: Figure, target: float | None, row: TableRow) -> str:
    """``23 below, met`` or ``21 above, not met``: which side, and whether that is good."""
    if target is None:
        return _NO_TARGET
    if figure.value is None:
        return _NOT_KNOWN
    gap = figure.value - target
    met = gap <= 0 if row.direction is Direction.LOWER else gap >= 0
    size = words.points(gap) if row.rolling else words.number(abs(gap))
    side = "on target" if gap == 0 else f"{size} {'above' if gap > 0 else 'below'}"
    return f"{side}, {'met' if met else 'not met'}"


def _cell(figure: Figure, percent: bool) -> Cell:
    if figure.value is None:
        return Cell(words.no_value(figure))
    printed = words.percent(figure.value) if percent else words.number(figure.value)
    return Cell(printed, value=figure.value, figure=figure.key)


def _months(ctx: PackContext, table: MeasureTable) -> Table:
    months = ctx.month.financial_year.months
    rows, measures = [], []
    for row in table.rows:
        unit = Unit.PERCENTAGE if row.rolling else ctx.catalogue.series[row.series].unit
        measures.append(with_unit(row.title, unit))
        cells = [Cell(row.title)]
        for month in months:
            if month > ctx.month:
                cells.append(Cell(""))
                continue
            figure = ctx.figure(table.id, "month", month, series=row.series, source=table.source)
            cells.append(_narrow(_cell(figure, row.rolling), figure))
        rows.append(Row(tuple(cells)))
    printed = Table(
        id=f"{table.id}-months",
        caption=f"{table.title}, {ctx.month.financial_year}, month by month",
        columns=(
            Column("Measure", width=4),
            *(Column(m.short_name[:3], numeric=True) for m in months),
        ),
        rows=tuple(rows),
        notes=_month_notes(ctx, rows),
        sheet=f"Months, {words.within(table.title)}",
        compact=True,
    )
    reached = [month for month in months if month <= ctx.month]
    return replace(printed, book=by_month(printed, measures, reached))


def _narrow(cell: Cell, figure: Figure) -> Cell:
    """Twelve narrow columns hold no words."""
    if cell.value is None and is_printed(figure.reason):
        return Cell(words.in_a_narrow_cell(figure))
    sign = words.NARROW_STATES.get(figure.state, "") if cell.value is None else ""
    return Cell(sign) if sign else cell


def _month_notes(ctx: PackContext, rows: list[Row]) -> tuple[Text, ...]:
    """What the marks mean, and why the months to come are blank."""
    signs = {cell.text for row in rows for cell in row.cells}
    said = [mark for sign, mark in words.NARROW_STATE_MARKS.items() if sign in signs]
    if ctx.edition == "public":
        said.append(words.NARROW_MARKS)
    if ctx.month != ctx.month.financial_year.last:
        said.append(f"Nothing stands yet for months after {ctx.month.name}.")
    return (text(" ".join(said)),) if said else ()


def _findings(ctx: PackContext, table: MeasureTable) -> list[Block]:
    found = [f for f in ctx.findings if f.source == table.source]
    return [Note(text(finding.message), "finding") for finding in found[:6]]
