"""The twelve-month table of an indicator's page, April to March, future months blank (REP-11)."""

from __future__ import annotations

from dataclasses import replace

from callover.domain.disclosure import is_printed
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report import words
from callover.report.blocks import Cell, Column, Row, Table, Text, plain, text
from callover.report.build.comparisons import comparisons
from callover.report.build.context import PackContext
from callover.report.build.data_book import (
    PERCENT,
    RANK,
    SIGNED_PERCENT,
    Measure,
    by_month,
    with_unit,
)
from callover.report.build.monthly_lines import Line, lines_of

_MARK_WORDS = {
    "p": "p: provisional.",
    "d": "d: derived, exactly implied by other published figures.",
    "e": "e: estimated.",
    **words.NARROW_STATE_MARKS,
    **words.PUBLIC_MARKS,
    words.EN_DASH: f"{words.EN_DASH}: cannot be worked out from what is held.",
}
_SHORT = {State.SUPPRESSED: "<10", **words.NARROW_STATES}


def monthly_table(ctx: PackContext, indicator: Indicator) -> Table | None:
    """The table, or None where no month of the year has any figure, or all have one same level."""
    months = ctx.month.financial_year.months
    rows, kept, marks = [], list[Line](), set[str]()
    for line in lines_of(ctx, indicator):
        cells = [_cell(ctx, indicator, line, month) for month in months]
        if any(cell.text for cell in cells):
            rows.append(Row((Cell(line.title), *cells)))
            kept.append(line)
            marks |= {cell.mark or cell.text for cell in cells} & _MARK_WORDS.keys()
    if not rows or _is_one_level(kept, rows):
        return None
    table = _table(ctx, indicator, rows, marks)
    measures = [_measure(ctx, indicator, line) for line in kept]
    reached = [month for month in months if month <= ctx.month]
    dashed = tuple(_dashed(row, len(reached)) for row in rows)
    if dashed != table.rows:
        marks.add(words.EN_DASH)
    notes = _notes(ctx, indicator, marks)
    return replace(table, rows=dashed, notes=notes, book=by_month(table, measures, reached))


def _is_one_level(lines: list[Line], rows: list[Row]) -> bool:
    """Whether a latest level alone stands in every month: the page says it already, with when."""
    said = {cell.text for row in rows for cell in row.cells[1:] if cell.text}
    return [line.measure for line in lines] == ["level"] and len(said) == 1


def _table(ctx: PackContext, indicator: Indicator, rows: list[Row], marks: set[str]) -> Table:
    """The rows under the months' names, with the notes that they need."""
    year = ctx.month.financial_year
    return Table(
        id=f"months-{indicator.id}",
        caption=f"{indicator.title}, {year}, month by month",
        columns=(
            Column(str(year), width=2.6),
            *(Column(m.short_name[:3], numeric=True, width=1) for m in year.months),
        ),
        rows=tuple(rows),
        notes=_notes(ctx, indicator, marks),
        sheet=f"{indicator.number} {indicator.title}",
        compact=True,
    )


def _dashed(row: Row, reached: int) -> Row:
    """No empty cell in the months that the report reaches: a dash, which a note explains."""
    name, *cells = row.cells
    filled = [
        Cell(words.EN_DASH) if place < reached and not cell.text else cell
        for place, cell in enumerate(cells)
    ]
    return replace(row, cells=(name, *filled))


def _measure(ctx: PackContext, indicator: Indicator, line: Line) -> Measure:
    """The line as a column of the data book, its unit and number format with it."""
    title = line.heading or line.title
    match line.style:
        case "percent":
            return Measure(title if "per cent" in title.lower() else f"{title}, %", PERCENT)
        case "change_pct":
            return Measure(f"{title}, %", SIGNED_PERCENT)
        case "rate":
            return Measure(title, "#,##0." + "0" * line.decimals if line.decimals else "#,##0")
        case "rank":
            return Measure(title, RANK)
    return with_unit(title, ctx.catalogue.series[line.series or indicator.series].unit)


def _cell(ctx: PackContext, indicator: Indicator, line: Line, month: Month) -> Cell:
    if month > ctx.month:
        return Cell("")
    figure = ctx.figure(indicator, line.measure, month, line.peer_group, line.source, line.series)
    if figure.value is None:
        return Cell(_short(figure, line))
    printed = _printed(figure, line)
    mark = words.STATE_MARKS.get(figure.state, "") if line.style != "rank" else ""
    return Cell(printed, value=figure.value, figure=figure.key, mark=mark)


def _short(figure: Figure, line: Line) -> str:
    """A word or two for a narrow cell without a value."""
    if is_printed(figure.reason):
        return words.in_a_narrow_cell(figure)
    return _SHORT.get(figure.state, "") if line.measure in ("month", "rolling12") else ""


def _printed(figure: Figure, line: Line) -> str:
    value = figure.value or 0.0
    match line.style:
        case "percent":
            return words.percent(value, line.decimals)
        case "change_pct":
            return words.signed_percent(value)
        case "rate":
            return words.number(value, line.decimals)
        case _:
            return words.number(value)


def _notes(ctx: PackContext, indicator: Indicator, marks: set[str]) -> tuple[Text, ...]:
    """Marks opened, source named, changes of denominator announced."""
    opened = [said for mark, said in _MARK_WORDS.items() if mark in marks]
    if ctx.month != ctx.month.financial_year.last:
        opened.append(f"Nothing stands yet for months after {ctx.month.name}.")
    notes = [text(" ".join(opened))] if opened else []
    sources = " ".join(source_sentences(ctx, indicator))
    said = (*text(sources), *comparisons(ctx, indicator))
    if plain(said).strip():
        notes.append(said)
    return tuple(notes)


def source_sentences(ctx: PackContext, indicator: Indicator) -> list[str]:
    """Which source speaks where, and where the denominator changes within the year."""
    said: list[str] = []
    monthly, headline = ctx.figure(indicator, "month"), ctx.figure(indicator, "rolling12")
    if monthly.known and headline.known and monthly.source != headline.source:
        other = ctx.figure(indicator, "rolling12", source=monthly.source)
        gap = (headline.value or 0) - (other.value or 0)
        if other.value is not None:
            said.append(
                f"The table is from {ctx.source_title(monthly.source)}; the headline is from "
                f"{ctx.source_title(headline.source)}, {words.number(abs(gap))} "
                f"{'higher' if gap > 0 else 'lower'}: the two count at different times."
            )
    elif headline.known:
        said.append(f"Source: {ctx.source_title(headline.source)}.")
    said.extend(_denominator_changes(ctx, indicator))
    return said


def _denominator_changes(ctx: PackContext, indicator: Indicator) -> list[str]:
    """A change of rate that the denominator made is said, not left to be read as crime."""
    said: list[str] = []
    before = None
    for month in ctx.month.financial_year.months:
        if month > ctx.month or indicator.rate is None:
            break
        now = ctx.value(indicator, "rate_denominator", month=month)
        if now is not None and before is not None and now != before:
            said.append(
                f"The population used changes in {month.name} from {words.number(before)} to "
                f"{words.number(now)}: that step in the rate is not crime."
            )
        before = now if now is not None else before
    return said
