"""One page an indicator (REP-09 to REP-13): what is it, how bad, one sentence, key figures, charts,
the twelve-month table, what happened, what is being done, about the measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from callover.domain.indicators import Indicator
from callover.report import words
from callover.report.blocks import (
    Block,
    Cell,
    Chart,
    Chips,
    Column,
    Columns,
    Heading,
    KeyFacts,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    every,
    plain,
    text,
)
from callover.report.build.agreed import agreed_changes, rule_words, target_words
from callover.report.build.chips import result_chips, travel_chips, verdict_chip
from callover.report.build.comparisons import benchmark
from callover.report.build.context import PackContext
from callover.report.build.contradicted import warning_note
from callover.report.build.key_facts import key_facts
from callover.report.build.monthly_table import monthly_table
from callover.report.build.pace import component_table
from callover.report.build.pictures import pictures
from callover.report.build.sentences import headline, overview
from callover.report.build.summary import headline_figure
from callover.report.build.trends import complete_years, year_cells
from callover.report.build.written import analyst_blocks, due_words
from callover.report.build.year_marks import BROKEN, DOUBTED
from callover.report.commentary import Commentary
from callover.report.signal_words import decisive


def indicator_page(ctx: PackContext, indicator: Indicator) -> Section:
    """The one-page summary of an indicator, and of those that share its page."""
    blocks = _top(ctx, indicator)
    sharing = ctx.catalogue.sharing(indicator.id)
    for other in sharing:
        blocks.append(Heading(2, other.title, anchor=f"page-{other.id}"))
        blocks.extend(_top(ctx, other))
    if sharing:
        blocks = [_lower(block) for block in blocks]
    blocks.append(_account(_happened(ctx, indicator), _doing(ctx, indicator)))
    blocks.append(_about(ctx, indicator, f"years-{indicator.id}" in _charts(blocks)))
    return Section(
        ctx.page_title(indicator),
        indicator.title,
        tuple(blocks),
        kind="indicator",
        kicker=_kicker(ctx, indicator),
        level=2,
    )


SHARED_HEIGHT = 95
"""Points: the height of charts where several indicators share a page."""


def _lower(block: Block) -> Block:
    if isinstance(block, Chart):
        return replace(block, height=min(block.height, SHARED_HEIGHT))
    if isinstance(block, Columns):
        return replace(block, columns=tuple(tuple(map(_lower, each)) for each in block.columns))
    return block


def _account(happened: tuple[Block, ...], doing: tuple[Block, ...]) -> Columns:
    """Side by side; a long account beside one action has more of the width."""
    written = _length([each for each in happened if isinstance(each, Paragraph)])
    actions = sum(len(each.rows) for each in doing if isinstance(each, Table))
    return Columns((happened, doing), (1.9, 1) if written > _LONG and actions < 2 else (1.45, 1))


_LONG = 900
"""Characters of an account that fills half a page beside its actions."""


def _kicker(ctx: PackContext, indicator: Indicator) -> str:
    """Number, group, strategic groups, portfolio: the quiet line above the title."""
    group = dict(ctx.catalogue.groups)[indicator.group]
    strategic = dict(ctx.catalogue.strategic_groups)
    flags = words.joined([strategic[key] for key in indicator.strategic_groups], "and")
    parts = [f"Indicator {indicator.number}", group, flags, indicator.portfolio]
    return " · ".join(part for part in parts if part)


def _top(ctx: PackContext, indicator: Indicator) -> list[Block]:
    """Rating, sentence, key figures, charts and the twelve-month table."""
    blocks: list[Block] = [
        Chips(
            (
                *result_chips(ctx.rating(indicator)),
                verdict_chip(ctx.judged(indicator).standing),
                *travel_chips(ctx, indicator),
            )
        ),
        Paragraph(headline(ctx, indicator), style="lead"),
        *warning_note(ctx, indicator),
    ]
    facts = key_facts(ctx, indicator)
    if len(facts) > 1:
        blocks.append(KeyFacts(facts))
    blocks.extend(agreed_changes(ctx, indicator))
    blocks.extend(pictures(ctx, indicator))
    table = monthly_table(ctx, indicator)
    blocks.extend(each for each in (table, component_table(ctx, indicator)) if each is not None)
    return blocks


def _happened(ctx: PackContext, indicator: Indicator) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(2, "What happened")]
    said = overview(ctx, indicator)
    if said:
        blocks.append(Paragraph(tuple(span for each in said for span in (*each, Span(" ")))))
    blocks.append(Paragraph(benchmark(ctx, indicator)))
    blocks.extend(analyst_blocks(ctx, indicator))
    return tuple(blocks)


def _doing(ctx: PackContext, indicator: Indicator) -> tuple[Block, ...]:
    """Actions with owner and due date; what is overdue says by how many days."""
    blocks: list[Block] = [Heading(2, "What we are doing")]
    written = ctx.commentary.get(indicator.id)
    if written is None or not written.actions:
        blocks.append(Paragraph(text("No action is recorded for this indicator."), style="quiet"))
        return tuple(blocks)
    blocks.append(_actions(indicator, written, ctx.known_at.date()))
    return tuple(blocks)


def _actions(indicator: Indicator, written: Commentary, today: date) -> Table:
    rows = []
    for action in written.actions:
        late = bool(action.overdue_days(today))
        due = Cell(due_words(action, today), strong=late)
        rows.append(Row((Cell(action.action), Cell(action.owner), due)))
    return Table(
        id=f"actions-{indicator.id}",
        caption=f"Actions on {words.within(indicator.title)}",
        columns=(Column("Action", width=2.4), Column("Owner", width=1.8), Column("Due", width=1.4)),
        rows=tuple(rows),
        compact=True,
    )


def _charts(blocks: list[Block]) -> set[str]:
    return {block.id for block in every(tuple(blocks)) if isinstance(block, Chart)}


def _about(ctx: PackContext, indicator: Indicator, years_drawn: bool) -> Panel:
    """Definition; target and rule; read with care; five years where no chart has them; trace."""
    texts = indicator.texts
    about: list[Paragraph] = [
        _said("About this measure", texts.definition),
        _said("How it works", texts.how_it_works),
    ]
    aim: list[Paragraph] = [
        _said("What good looks like", texts.what_good_looks_like),
        _said("Why it matters", texts.why_it_matters),
        _said(
            f"Target {ctx.month.financial_year}",
            target_words(ctx.target(indicator), indicator, ctx.month),
        ),
        _said("Rating rule", rule_words(ctx, indicator)),
    ]
    care = _evidence(ctx, indicator)
    if texts.issues or texts.lag_note or ctx.breaks(indicator):
        care.insert(0, _said("Read with care", _care(ctx, indicator)))
    # Many pages are full to the last line. Five years are a line across the page; the trace is
    # two, unless it makes the longest column a line longer at most.
    trace = _trace(ctx, indicator)
    wide = [] if years_drawn else _five_years(ctx, indicator)
    shortest, *_, longest = sorted((about, aim, care), key=_length)
    fits = _length([*shortest, trace]) <= _length(longest) + _LINE
    (shortest if fits else wide).append(trace)
    return Panel((Columns((tuple(about), tuple(aim), tuple(care)), (1, 1, 1)), *wide))


_LINE = 40
"""Characters of a line in a column of the panel."""


def _length(paragraphs: list[Paragraph]) -> int:
    """How much is written, in characters."""
    return sum(len(plain(each.spans)) for each in paragraphs)


def _evidence(ctx: PackContext, indicator: Indicator) -> list[Paragraph]:
    """What the verdict rests on; why there is none stands in the notes, for all indicators."""
    if not ctx.judged(indicator).says:
        return []
    return [_said("Evidence", words.kept_together(decisive(ctx.signal(indicator))))]


def _said(title: str, sentence: str) -> Paragraph:
    return Paragraph((Span(f"{title}. ", strong=True), Span(sentence)), style="small")


def _care(ctx: PackContext, indicator: Indicator) -> str:
    parts = [indicator.texts.issues, indicator.texts.lag_note]
    parts += [f"{words.day(each.on)}: {each.note}" for each in ctx.breaks(indicator)]
    return " ".join(part for part in parts if part)


_YEAR_MARKS = {BROKEN: " (counting changed)", DOUBTED: " (copied)"}


def _five_years(ctx: PackContext, indicator: Indicator) -> list[Paragraph]:
    """A line of yearly totals, where any is held."""
    years = zip(complete_years(ctx), year_cells(ctx, indicator), strict=True)
    said = [
        f"{year}: {words.in_full(cell.text) or cell.text}{_YEAR_MARKS.get(cell.mark, '')}"
        for year, cell in years
        if cell.text != words.EN_DASH
    ]
    return [_said("Five years", " · ".join(said))] if said else []


def _trace(ctx: PackContext, indicator: Indicator) -> Paragraph:
    sources = dict.fromkeys((*indicator.change_sources, *indicator.rate_sources))
    shown = headline_figure(ctx, indicator)
    measure = shown.measure
    held = [name for name in sources if ctx.figure(indicator, measure, source=name).known]
    named = words.joined([ctx.source_title(name) for name in held or list(sources)[:1]])
    if ctx.edition == "public":
        return _said("Source", f"{named}.")
    return _said(
        "Trace",
        f"{named}; files, lines and dates: "
        f"callover explain {indicator.id} {measure} --month {shown.month} "
        f"--area {ctx.partnership.area} --as-known-at {ctx.known_at.date()}",
    )
