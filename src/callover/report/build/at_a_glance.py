"""One row an indicator: latest value, course, rating, evidence, change; where the two part."""

from __future__ import annotations

from dataclasses import replace

from callover.analysis.exceptions import Exceptions, Judged
from callover.domain.indicators import Indicator
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
    text,
)
from callover.report.build.chips import rating_chip, verdict_cell
from callover.report.build.context import PackContext
from callover.report.build.data_book import (
    COUNT,
    PERCENT,
    SIGNED,
    SIGNED_PERCENT,
    Measure,
    split,
    unit_cell,
)
from callover.report.build.data_book import number as book_number
from callover.report.build.summary import change_cell, headline_figure, latest_cell
from callover.report.build.time_pictures import course_of
from callover.report.build.verdicts import evidence
from callover.report.charts import trend_finding, trend_words


def at_a_glance(ctx: PackContext) -> Section | None:
    """The page after the summary; None where nothing is reported."""
    if not ctx.indicators:
        return None
    found = ctx.exceptions()
    blocks: tuple[Block, ...] = (
        Paragraph(
            text(
                "The rating says whether the target is met. The evidence says whether the figure "
                "moved more than chance makes it move, for the better or for the worse."
            )
        ),
        _table(ctx),
        Paragraph(text(by_chance(found)), style="small"),
        *_kept(ctx, found),
        *_parting(ctx, found),
    )
    return Section("at-a-glance", "At a glance", blocks)


def by_chance(found: Exceptions) -> str:
    """How many verdicts to expect where nothing happened."""
    said = sum(each.says for each in found.judged)
    if not said:
        return "Nothing can be said of any indicator yet."
    share = words.number(found.expected_alarms, 1)
    indicators = "one indicator" if said == 1 else f"{words.number(said)} indicators"
    return (
        f"The evidence speaks of {indicators}. By chance alone about {share} of them would stand "
        "out although nothing changed."
    )


def _kept(ctx: PackContext, found: Exceptions) -> list[Block]:
    """What remains by Benjamini and Hochberg, by name."""
    if not any(each.says for each in found.judged):
        return []
    lead = "Held to at most one false alarm in ten (Benjamini and Hochberg)"
    names = [_title(ctx, each, within=True) for each in found.kept]
    rest = f", {len(names)} remain: " if len(names) > 1 else ", one remains: "
    spans = text(f"{lead}{rest}{words.joined(names)}." if names else f"{lead}, none remains.")
    return [Paragraph(spans, style="small")]


def _parting(ctx: PackContext, found: Exceptions) -> list[Block]:
    """Where colour and evidence disagree, and why."""
    heading = Heading(2, "Where colour and evidence disagree", anchor="disagree")
    if not found.disagreeing:
        return [heading, Paragraph(text("Nowhere this month."))]
    return [heading, BulletList(tuple(_parted(ctx, each) for each in found.disagreeing))]


def _parted(ctx: PackContext, judged: Judged) -> Text:
    indicator = ctx.catalogue.indicators[judged.signal.indicator]
    said = judged.disagreement.value if judged.disagreement else ""
    title = Span(indicator.title, strong=True, anchor=ctx.page_title(indicator))
    return (title, Span(f": {said}. {evidence(judged)}"))


def _title(ctx: PackContext, judged: Judged, within: bool = False) -> str:
    title = ctx.catalogue.indicators[judged.signal.indicator].title
    return words.within(title) if within else title


def _table(ctx: PackContext) -> Table:
    ordered = [i for group, _ in ctx.catalogue.groups for i in ctx.indicators if i.group == group]
    table = Table(
        id="at-a-glance",
        caption=f"Every indicator at {ctx.month.name}, in one row",
        columns=(
            Column("Indicator", width=3.7),
            Column("Latest", numeric=True, width=1.1),
            Column("Twelve months", width=3),
            Column("Rating", width=1.8),
            Column("Evidence", width=2.65),
            Column("Change", width=2.55),
        ),
        rows=tuple(_row(ctx, indicator) for indicator in ordered),
        notes=(
            text(
                "Twelve months: the line of the chart on the indicator's page, with its lowest and "
                "highest month; the dot is the latest."
            ),
            text(
                f"Change: the number alone where the year before has fewer than {words.LEAST_BASE}."
            ),
            *((text(words.NARROW_MARKS),) if ctx.edition == "public" else ()),
        ),
        compact=True,
        sheet="At a glance",
    )
    return replace(table, book=_book(ctx, table, ordered))


def _row(ctx: PackContext, indicator: Indicator) -> Row:
    shown = ctx.rating(indicator).shown
    return Row(
        (
            Cell(indicator.title, anchor=ctx.page_title(indicator)),
            latest_cell(ctx, indicator),
            _course(ctx, indicator),
            Cell(shown.words, chip=rating_chip(shown)),
            verdict_cell(ctx, indicator),
            change_cell(ctx, indicator),
        )
    )


def _course(ctx: PackContext, indicator: Indicator) -> Cell:
    """The line with the range in words; without a line, why.

    Its course is said only where no month is withheld: the ends would be those of other months.
    """
    points = course_of(ctx, indicator)
    trend = tuple(point.value for point in points)
    if not any(value is not None for value in trend):
        return Cell("no months")
    decimals = indicator.decimals if indicator.unit is Unit.PERCENTAGE else 0
    withheld = any(point.withheld for point in points)
    said = "" if withheld else trend_finding(trend, decimals)
    return Cell(trend_words(trend, decimals), trend=trend, alt=said)


def _book(ctx: PackContext, printed: Table, indicators: list[Indicator]) -> Table:
    """A kind of number a column, with the probability by chance and the sentence."""
    measures = (
        Measure("Latest, number", COUNT),
        Measure("Latest, %", PERCENT),
        Measure("Lowest of twelve months", "#,##0.##"),
        Measure("Highest of twelve months", "#,##0.##"),
        Measure("Change, number", SIGNED),
        Measure("Change, percentage points", SIGNED_PERCENT),
        Measure("Probability by chance", "0.0000"),
    )
    columns = (
        Column("Indicator"), Column("Unit"), Column("Rating"), Column("Evidence"),
        *(measure.column for measure in measures),
        Column("Remains when false alarms are held to one in ten"), Column("Why"),
    )  # fmt: skip
    rows = tuple(
        _book_row(ctx, indicator, row)
        for indicator, row in zip(indicators, printed.rows, strict=True)
    )
    return replace(printed, columns=columns, rows=rows, notes=printed.notes[2:])


def _book_row(ctx: PackContext, indicator: Indicator, row: Row) -> Row:
    title, _, course, rating, verdict, change = row.cells
    judged = ctx.judged(indicator)
    known = [value for value in course.trend if value is not None]
    latest = split(headline_figure(ctx, indicator).value, indicator.unit)
    changed = split(change.value, indicator.unit, change.text.lower() or "not available")
    probability = book_number(judged.signal.p if judged.says else None, "not available")
    return Row(
        (
            replace(title, anchor=""), unit_cell(indicator), rating, verdict, *latest,
            book_number(min(known, default=None), "not available"),
            book_number(max(known, default=None), "not available"),
            *changed, probability, Cell("yes" if judged.kept else "no"), Cell(evidence(judged)),
        )
    )  # fmt: skip
