"""Notes: sources and how fresh they are, denominators, states, findings, differences of rating."""

from __future__ import annotations

from datetime import date

from callover.domain.errors import Severity
from callover.domain.indicators import DenominatorUse, Indicator
from callover.domain.periods import Month
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
    Table,
    TermList,
    text,
)
from callover.report.build.context import PackContext
from callover.report.build.reach import NOT_FED
from callover.report.build.signal_notes import signal_notes


def not_yet_fed(ctx: PackContext, unfed: tuple[Indicator, ...]) -> Section:
    """One page for all indicators that no source has fed: what is missing and who could give it."""
    rows = []
    for indicator in unfed:
        sources = dict.fromkeys((*indicator.change_sources, *indicator.rate_sources))
        known = [ctx.catalogue.sources[name] for name in sources if name in ctx.catalogue.sources]
        rows.append(
            Row(
                (
                    Cell(str(indicator.number)),
                    Cell(indicator.title),
                    Cell(words.joined([source.title for source in known], "or")),
                    Cell(known[0].owner if known else ""),
                    Cell(f"callover template {known[0].id}" if known else ""),
                )
            )
        )
    table = Table(
        id="not-yet-fed",
        caption="Indicators not yet fed",
        columns=(
            Column("No.", numeric=True, width=0.6),
            Column("Indicator", width=3),
            Column("Source", width=3),
            Column("Who supplies it", width=2.4),
            Column("Start with", width=2.6),
        ),
        rows=tuple(rows),
        row_headers=2,
        sheet="Not yet fed",
    )
    lead = (
        "Nothing has been received for the indicators below. Each gets a page of its own once its "
        "source is added."
    )
    return Section(NOT_FED, "Indicators not yet fed", (Paragraph(text(lead)), table), "appendix")


def notes(ctx: PackContext) -> Section:
    """Everything a reader needs to check a number (DAT, BEN-13, RAG-12)."""
    blocks: list[Block] = [
        Heading(2, "Sources", anchor="sources"),
        _sources(ctx),
        *_apart(ctx),
        Heading(2, "Denominators", anchor="denominators"),
        *_denominators(ctx),
        Heading(2, "States of a value", anchor="states"),
        TermList(_STATES),
        *signal_notes(ctx),
        *_withheld(ctx),
        *_differences(ctx),
        *_findings(ctx),
        *_warnings(ctx),
        *_terms(ctx),
    ]
    return Section("notes", "Notes", tuple(blocks), kind="appendix")


_STATES = (
    ("Final", text("As the source published it.")),
    ("Provisional", text("The source says that it may still change.")),
    ("Derived", text("Not printed by the source, but exactly implied by what it printed.")),
    ("Estimated", text("An estimate; never used for limits or signals.")),
    ("Suppressed", text("Withheld because it is small; it is not zero.")),
    ("Not due", text("The period has not been published yet.")),
    ("Late", text("It should be here and is not.")),
    ("Not supplied", text("The source says that it has none, or gave nothing.")),
    ("Not applicable", text("There can be no such value.")),
)


def _sources(ctx: PackContext) -> Table:
    rows = [
        Row(
            (
                Cell(note.title),
                Cell(note.owner),
                Cell(note.latest),
                Cell(note.received),
                Cell(note.state),
            )
        )
        for note in ctx.sources
    ]
    return Table(
        id="sources",
        caption="Sources: what they gave and how fresh it is",
        columns=(
            Column("Source", width=2.6),
            Column("Who supplies it", width=2.4),
            Column("Latest period", width=1.5),
            Column("Known since", width=1.5),
            Column("State", width=2.2),
        ),
        rows=tuple(rows),
        sheet="Sources",
    )


def _apart(ctx: PackContext) -> list[Block]:
    """What the sources' files hold beside the areas' figures: counted, shown, in no area."""
    items = [text(f"{note.title}: {what}.") for note in ctx.sources for what in note.remarks]
    if not items:
        return []
    return [Paragraph(text("Of the files that were read, apart from the figures of areas:")),
            BulletList(tuple(items))]  # fmt: skip


def _denominators(ctx: PackContext) -> list[Block]:
    items = []
    for use in ctx.catalogue.denominator_uses:
        title = ctx.catalogue.series[use.kind].title
        for_whom = ""
        if use.indicators:
            titles = [words.within(ctx.catalogue.indicators[name].title) for name in use.indicators]
            for_whom = f" for {words.joined(titles)}"
        which = use.note or words.capitalised(f"{_vintage(use)}.")
        items.append(text(f"From {use.from_month.name}{for_whom}: {words.within(title)}. {which}"))
    return [BulletList(tuple(items))] if items else [Paragraph(text("No rates are made."))]


def _vintage(use: DenominatorUse) -> str:
    """Which count: ``the middle of 2015``, ``27 March 2011``, ``the latest held``."""
    known = {"year_before": "the estimate of the year before", "latest": "the latest held"}
    if use.vintage in known:
        return known[use.vintage]
    try:
        return words.day(date.fromisoformat(use.vintage))
    except ValueError:
        return f"the middle of {use.vintage}" if use.vintage.isdigit() else use.vintage


def _withheld(ctx: PackContext) -> list[Block]:
    """What is not shown to the public, and why."""
    if ctx.edition != "public":
        return []
    said = (
        "This edition is for the public. A count below the limit of its source is printed as "
        "“fewer than 10”, never as 0, or as “withheld” where even that would say too much. Other "
        "counts are withheld because a small one could be worked out from them: “withheld” says "
        "nothing of the size. So are rates, shares, changes, ranks, ratings and chart points that "
        "rest on any of these. What the sources publish themselves is shown in full."
    )
    return [Heading(2, "What is not shown", anchor="withheld"), Paragraph(text(said))]


def _differences(ctx: PackContext) -> list[Block]:
    """Where the computed colour is not the one printed elsewhere, or a person set another."""
    rows = []
    for indicator in ctx.indicators:
        result = ctx.rating(indicator)
        other = result.printed or (result.override.rating if result.override else None)
        if other is None or other is result.computed:
            continue
        rows.append(
            Row(
                (
                    Cell(indicator.title),
                    Cell(result.computed.words),
                    Cell(other.words),
                    Cell(
                        result.override.reason
                        if result.override
                        else words.kept_together(result.reason)
                    ),
                )
            )
        )
    if not rows:
        return []
    table = Table(
        id="rating-differences",
        caption="Computed ratings that differ from the colour printed or set elsewhere",
        columns=(
            Column("Indicator", width=3),
            Column("Computed", width=1.2),
            Column("Printed or set", width=1.4),
            Column("Why", width=5),
        ),
        rows=tuple(rows),
        sheet="Rating differences",
    )
    return [Heading(2, "Differences of rating", anchor="rating-differences"), table]


_ORDER = {Severity.WRONG: 0, Severity.SUSPICIOUS: 1, Severity.EXPLAINABLE: 2}
_MOST_FINDINGS = 60


def _findings(ctx: PackContext) -> list[Block]:
    """What contradicts itself in the data, worst first; what does not fit is counted."""
    if not ctx.findings:
        return []
    ordered = sorted(ctx.findings, key=lambda f: (_ORDER[f.severity], f.source, f.series, f.period))
    shown = ordered[:_MOST_FINDINGS]
    rows = tuple(
        Row(
            (
                Cell(ctx.source_title(finding.source)),
                Cell(_period(finding.period)),
                Cell(finding.severity.value),
                Cell(finding.message),
            )
        )
        for finding in shown
    )
    blocks: list[Block] = [
        Heading(2, "Findings", anchor="findings"),
        Table(
            id="findings",
            caption="What contradicts itself in the data as received",
            columns=(
                Column("Source", width=2),
                Column("Period", width=1.4),
                Column("Kind", width=1.2),
                Column("What does not agree", width=6),
            ),
            rows=rows,
            sheet="Findings",
        ),
    ]
    if len(ordered) > len(shown):
        more = words.number(len(ordered) - len(shown))
        blocks.append(
            Paragraph(text(f"{more} more stand in the status of the workspace."), "small")
        )
    return blocks


def _period(stored: str) -> str:
    """``July 2016`` for ``2016-07-01 to 2016-07-31``; what is no pair of days stays as it is."""
    try:
        start, end = (date.fromisoformat(part) for part in stored.split(" to "))
    except ValueError:
        return stored
    if start == end:
        return words.day(start)
    first, last = Month.containing(start), Month.containing(end)
    if (start, end) == (first.first_day, last.last_day):
        return words.months(first, last)
    return f"{words.day(start, short=True)} to {words.day(end, short=True)}"


def _warnings(ctx: PackContext) -> list[Block]:
    """Commentary that looks stale or types a number that no figure has."""
    if not ctx.warnings or ctx.edition == "public":
        return []
    items = tuple(text(warning) for warning in dict.fromkeys(ctx.warnings))
    return [Heading(2, "Commentary to check", anchor="commentary-check"), BulletList(items)]


def _terms(ctx: PackContext) -> list[Block]:
    if not ctx.catalogue.terms:
        return []
    items = tuple((term, text(meaning)) for term, meaning in sorted(ctx.catalogue.terms.items()))
    return [Heading(2, "Words used", anchor="terms"), TermList(items)]
