"""The twelve-month table of an indicator's page, April to March, future months blank (REP-11)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from callover.domain.figures import Figure
from callover.domain.indicators import Indicator, SeriesKind
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
    rank_heading,
    with_unit,
)
from callover.report.build.sentences import kind_of

_STATE_MARKS = {
    State.PROVISIONAL: "p",
    State.DERIVED: "d",
    State.ESTIMATED: "e",
}
_MARK_WORDS = {
    "p": "p: provisional.",
    "d": "d: derived, exactly implied by other published figures.",
    "e": "e: estimated.",
    "n/s": "n/s: not supplied.",
    "n/a": "n/a: there can be no such value.",
    "<10": "<10: fewer than 10.",
}
_SHORT = {
    State.SUPPRESSED: "<10",
    State.NOT_SUPPLIED: "n/s",
    State.LATE: "late",
    State.NOT_DUE: "",
    State.NOT_APPLICABLE: "n/a",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: what it is called and how to ask for it and print it."""

    title: str
    measure: str
    style: str  # count, percent, change_pct, rate, rank
    peer_group: str = ""
    series: str = ""
    source: str = ""
    decimals: int = 0
    heading: str = ""  # in full, for the data book; the title where it says enough


def monthly_table(ctx: PackContext, indicator: Indicator) -> Table | None:
    """The table, or None where no month of the year has any figure."""
    months = ctx.month.financial_year.months
    rows, kept, marks = [], list[Line](), set[str]()
    for line in _lines(ctx, indicator):
        cells = [_cell(ctx, indicator, line, month) for month in months]
        if any(cell.text for cell in cells):
            rows.append(Row((Cell(line.title), *cells)))
            kept.append(line)
            marks |= {cell.mark or cell.text for cell in cells} & _MARK_WORDS.keys()
    if not rows:
        return None
    table = Table(
        id=f"months-{indicator.id}",
        caption=f"{indicator.title}, {ctx.month.financial_year}, month by month",
        columns=(
            Column(str(ctx.month.financial_year), width=2.6),
            *(Column(m.short_name[:3], numeric=True, width=1) for m in months),
        ),
        rows=tuple(rows),
        notes=_notes(ctx, indicator, marks),
        sheet=f"{indicator.number} {indicator.title}",
        compact=True,
    )
    measures = [_measure(ctx, indicator, line) for line in kept]
    reached = [month for month in months if month <= ctx.month]
    return replace(table, book=by_month(table, measures, reached))


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


def _lines(ctx: PackContext, indicator: Indicator) -> list[Line]:
    kind = kind_of(ctx, indicator)
    if kind is SeriesKind.RATIO:
        return _ratio_lines(ctx, indicator)
    if kind in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
        style = "percent" if kind is SeriesKind.WINDOW else "count"
        return [Line("Latest known", "level", style, decimals=indicator.decimals)]
    return _count_lines(ctx, indicator)


def _count_lines(ctx: PackContext, indicator: Indicator) -> list[Line]:
    """Month, year to date, change, rolling 12, rate, ranks; rate and its base from one source."""
    rate = ctx.figure(indicator, "rate") if indicator.rate else None
    rate_source = rate.source if rate is not None and rate.known else ""
    lines = [
        Line("Month", "month", "count", heading="In the month"),
        Line("Year to date", "ytd", "count"),
        Line(
            "on last year",
            "ytd_change_pct",
            "change_pct",
            heading="Year to date, change on last year",
        ),
        Line("Target to date", "target_to_date", "count"),
        Line("Rolling 12", "rolling12", "count", source=rate_source, heading="Rolling 12 months"),
    ]
    if indicator.rate is not None:
        title = words.capitalised(words.per_words(indicator.rate.per, ""))
        full = f"Rolling 12 months, {words.per_words(indicator.rate.per, ctx.rate_of(indicator))}"
        lines.append(Line(title, "rate", "rate", decimals=indicator.rate.decimals, heading=full))
    lines += [
        Line(
            f"Rank of {group.size or '?'}, {group.short_title}",
            "rank",
            "rank",
            group.id,
            heading=rank_heading(group),
        )
        for group in ctx.groups_of(indicator)
    ]
    lines += [
        Line(
            ctx.catalogue.series[name].title,
            "rolling12",
            "count",
            series=name,
            heading=f"{ctx.catalogue.series[name].title}, rolling 12 months",
        )
        for name in indicator.breakdown
        if ctx.catalogue.series[indicator.series].overlapping
    ]
    return lines


def _ratio_lines(ctx: PackContext, indicator: Indicator) -> list[Line]:
    series = ctx.catalogue.series[indicator.series]
    lines = []
    parts = (series.numerator, series.denominator)
    titles = told_apart([ctx.catalogue.series[part].title for part in parts])
    for measure, when in (("month", "month"), ("ytd", "year to date")):
        for part, title in zip(parts, titles, strict=True):
            full = f"{ctx.catalogue.series[part].title}, {'in the ' * (when == 'month')}{when}"
            lines.append(Line(f"{title}, {when}", measure, "count", series=part, heading=full))
    lines.append(Line("Per cent, year to date", "ytd", "percent", decimals=indicator.decimals))
    lines.append(Line("Per cent, rolling 12", "rolling12", "percent", decimals=indicator.decimals))
    return lines


def told_apart(titles: list[str]) -> list[str]:
    """Titles without the words that all of them begin with: ``Completed``, ``Ended``."""
    split = [title.split() for title in titles]
    same = 0
    while all(len(each) > same + 1 for each in split) and len({each[same] for each in split}) == 1:
        same += 1
    return [words.capitalised(" ".join(each[same:])) for each in split]


def _cell(ctx: PackContext, indicator: Indicator, line: Line, month: Month) -> Cell:
    if month > ctx.month:
        return Cell("")
    figure = ctx.figure(indicator, line.measure, month, line.peer_group, line.source, line.series)
    if figure.value is None:
        return Cell(_SHORT.get(figure.state, "") if line.measure in ("month", "rolling12") else "")
    printed = _printed(figure, line)
    mark = _STATE_MARKS.get(figure.state, "") if line.style != "rank" else ""
    return Cell(printed, value=figure.value, figure=figure.key, mark=mark)


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
