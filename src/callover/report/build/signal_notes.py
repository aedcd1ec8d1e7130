"""How the evidence is read, in plain words, and which chart was chosen for each indicator."""

from __future__ import annotations

from dataclasses import replace

from callover.domain.indicators import Indicator
from callover.report import words
from callover.report.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
    TermList,
    text,
)
from callover.report.build.context import PackContext
from callover.report.build.data_book import COUNT, Measure
from callover.report.build.data_book import number as book_number

_TERMS = (
    (
        "Evidence",
        "Every count goes up and down by chance. The evidence says whether the latest month, the "
        "run of months, or the year against the year before moved more than that. It does not say "
        "why, nor whether a target is met: that is the rating.",
    ),
    (
        "Concern, Strong, Changed",
        "More than chance, for the worse; for the better; or where neither way is better.",
    ),
    (
        "No clear change",
        "What moved could well be chance. It is not a promise that nothing happened.",
    ),
    (
        "Not enough to say",
        "Too few months, a change in counting, or figures that are not shown.",
    ),
    (
        "Usual range",
        "Where a month lies nearly always if nothing has changed, worked out from earlier months "
        "and the season. More than chance are a month outside it, seven months on one side of what "
        "was expected, seven that only rise or only fall, and two of three near an end. A chart "
        "marks such months at its foot: a triangle where one lies outside, a diamond for the rest.",
    ),
    (
        "95 % sure",
        "The two numbers between which the true change very likely lies. Where one is a fall and "
        "the other a rise, the change is not clear.",
    ),
    (
        "False alarms",
        "Whoever looks at many figures finds some that stand out although nothing changed. The "
        "page At a glance says how many to expect, and which remain when at most one in ten of the "
        "list may be such an alarm (Benjamini and Hochberg).",
    ),
)


def signal_notes(ctx: PackContext) -> list[Block]:
    """The words of the evidence, and the chart chosen for each indicator."""
    if not ctx.indicators:
        return []
    terms = TermList(tuple((term, text(words.kept_together(said))) for term, said in _TERMS))
    return [Heading(2, "Evidence and chance", anchor="evidence"), terms, *_charts(ctx)]


def _charts(ctx: PackContext) -> list[Block]:
    """Print names the indicators by choice; the data book has a row for each."""
    found: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in ctx.indicators:
        found.setdefault(_choice(ctx, indicator), []).append(indicator)
    rows = tuple(
        Row((Cell(kind), Cell(reason), Cell(_named(members))))
        for (kind, reason), members in sorted(found.items(), key=lambda item: item[0])
    )
    table = Table(
        id="chart-choice",
        caption="How the usual range of each indicator was worked out",
        columns=(Column("Chart", width=1), Column("Why", width=4), Column("Indicators", width=5)),
        rows=rows,
        compact=True,
        sheet="Chart chosen",
    )
    lead = "The letters are the usual names of process charts; none: only years are compared."
    return [Paragraph(text(lead), "small"), replace(table, book=_book(ctx, table))]


def _choice(ctx: PackContext, indicator: Indicator) -> tuple[str, str]:
    """The chart's letter and why it was chosen, or ``none`` and what is missing."""
    signal = ctx.signal(indicator)
    if signal.chart is None:
        return "none", f"{words.capitalised(signal.why_not)}."
    return signal.chart.choice.kind.value, signal.chart.choice.why


def _named(indicators: list[Indicator]) -> str:
    return words.capitalised(words.joined([words.within(each.title) for each in indicators]))


def _book(ctx: PackContext, printed: Table) -> Table:
    columns = (
        Column("Indicator"), Column("Chart"), Column("Why"),
        Measure("Months looked at", COUNT).column, Column("With a season"),
        Column("Begins because"),
    )  # fmt: skip
    rows = tuple(Row(_book_cells(ctx, indicator)) for indicator in ctx.indicators)
    return replace(printed, columns=columns, rows=rows)


def _book_cells(ctx: PackContext, indicator: Indicator) -> tuple[Cell, ...]:
    kind, reason = _choice(ctx, indicator)
    chart = ctx.signal(indicator).chart
    months = book_number(float(len(chart.values)) if chart else None)
    season = ("yes" if chart.seasonal else "no") if chart else "not applicable"
    since = (chart.since if chart else "") or "not applicable"
    return (Cell(indicator.title), Cell(kind), Cell(reason), months, Cell(season), Cell(since))
