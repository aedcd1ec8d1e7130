"""The executive summary: what does well, what does badly, what turned (REP-03)."""

from __future__ import annotations

from callover.analysis.exceptions import Standing
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.periods import PeriodKind
from callover.domain.ratings import Rating
from callover.report import words
from callover.report.blocks import Block, BulletList, Heading, Paragraph, Section, Span, Text, text
from callover.report.build.at_a_glance import by_chance
from callover.report.build.attention import COLOURS, QUARTER, Chosen, chosen, turned
from callover.report.build.comparisons import reference_change
from callover.report.build.context import PackContext
from callover.report.build.contradicted import WARNING, spaced_warning, warning
from callover.report.build.reach import not_comparable, not_fed
from callover.report.build.sentences import headline, kind_of, said
from callover.report.build.summary import headline_figure

CLEAR = {
    Standing.CONCERN: "for the worse",
    Standing.STRONG: "for the better",
    Standing.CHANGED: "where neither way is better",
}


def executive_summary(ctx: PackContext) -> Section:
    """Good performance and areas for improvement, a line each, and changes of colour."""
    lists = chosen(ctx)
    blocks: list[Block] = []
    for name, title in (("success", "Good performance"), ("improvement", "Areas for improvement")):
        entries = [e for e in lists[name] if headline_figure(ctx, e.indicator).known]
        if entries:
            blocks.append(Heading(2, title, anchor=f"summary-{name}"))
            blocks.append(BulletList(tuple(_line(ctx, entry) for entry in entries)))
    if blocks:
        blocks.insert(0, Paragraph(text(_lead(ctx))))
        blocks.insert(0, Paragraph(_clear(ctx)))
    else:
        blocks.append(Paragraph(text("No indicator is red or green on its own rule this month.")))
    blocks.extend(_turned(ctx))
    blocks.extend(_baseline(ctx))
    blocks.extend(_left_open(ctx))
    return Section("executive-summary", "Executive summary", tuple(blocks), new_page=False)


def _left_open(ctx: PackContext) -> list[Block]:
    """How many indicators the lists above cannot speak of, and why."""
    said: list[Text] = []
    lacking = sum(ctx.rating(each).shown is Rating.NO_DATA for each in ctx.indicators)
    held = not_comparable(ctx)
    if lacking:
        verb = "has" if lacking == 1 else "have"
        said.append(text(f"{words.number(lacking)} {verb} no data."))
    if held:
        verb = "has" if held == 1 else "have"
        said.append(text(f"{words.number(held)} {verb} figures, but none to compare them with."))
    if ctx.unfed:
        said.append(not_fed(ctx))
    spans = tuple(span for each in said for span in (*each, Span(" ")))[:-1]
    return [Paragraph((Span("Not judged: ", strong=True), *spans))] if said else []


def _clear(ctx: PackContext) -> Text:
    """How many changes are more than chance, for the better and for the worse."""
    found = ctx.exceptions()
    speaking = sum(each.says for each in found.judged)
    if not speaking:
        return text(by_chance(found))
    counts = {each: len(found.of(each)) for each in CLEAR}
    clear = sum(counts.values())
    said = [f"{words.number(n)} {CLEAR[each]}" for each, n in counts.items() if n]
    of = "change" if speaking == 1 else "changes"
    many = words.number(clear) if clear else "none"
    lead = f"Of {words.number(speaking)} {of} that can be judged, {many} "
    verb = "is clear" if clear < 2 else "are clear"
    by_kind = f": {words.joined(said)}" if said else ""
    share = words.number(found.expected_alarms, 1)
    return text(
        f"{lead}{verb}{by_kind}. By chance alone about {share} would look clear. ", _more(), "."
    )


def _more() -> Span:
    return Span("More on ", page_of="at-a-glance", anchor="at-a-glance")


def _lead(ctx: PackContext) -> str:
    """What the lines compare, said once."""
    return (
        f"Twelve months to {ctx.month.name} against the twelve before, unless a line names another "
        "period; the largest change first."
    )


def _line(ctx: PackContext, entry: Chosen) -> Text:
    indicator = entry.indicator
    anchor = ctx.page_title(indicator)
    title = Span(indicator.title, strong=True, anchor=anchor)
    line = _count_line(ctx, indicator) or headline(ctx, indicator)
    return (title, Span(": "), *line, *spaced_warning(ctx, indicator))


def _count_line(ctx: PackContext, indicator: Indicator) -> Text:
    """``up by 5 % (+919) to 17,825 offences (Met: up by 4 %).``; nothing for other figures."""
    now = ctx.figure(indicator, "rolling12")
    known = now if now.known else ctx.latest_twelve(indicator)
    if kind_of(ctx, indicator) is not SeriesKind.COUNTED or known is None or known.value is None:
        return ()
    change = ctx.figure(indicator, "rolling12_change", known.month)
    if change.value is None:
        return ()
    in_per_cent = ctx.value(indicator, "rolling12_change_pct", month=known.month)
    share = words.of_a_base(change.value, in_per_cent)
    counted = words.counted(known.value, indicator.unit)
    if change.value == 0 or share is None:
        moved = words.counted_change(change.value, indicator.unit)
        spans = [said(moved, change), Span(" at " if change.value == 0 else ", now ")]
    else:
        spans = [
            said(words.up_or_down(share), change),
            Span(f" ({words.signed(change.value)}) to "),
        ]
    older = "" if now.known else f" in {words.period_to(PeriodKind.ROLLING12, known.month)}"
    reference = _reference(ctx, indicator) if now.known else ()
    return (*spans, said(counted, known), *reference, Span(f"{older}."))


def _reference(ctx: PackContext, indicator: Indicator) -> Text:
    found = reference_change(ctx, indicator)
    if found is None:
        return ()
    group, change = found
    moved = words.up_or_down(change.value or 0)
    return (Span(f" ({group.short_title}: "), said(moved, change), Span(")"))


def _doubt(ctx: PackContext, indicator: Indicator) -> str:
    """The warning within brackets, where the colour rests on wrong figures."""
    return f"; {words.within(WARNING)}" if warning(ctx, indicator) else ""


def _turned(ctx: PackContext) -> list[Block]:
    """Whose colour is another than a quarter before, so far as both can be worked out."""
    moved = turned(ctx)
    if not moved:
        return []
    before = (ctx.month - QUARTER).name
    blocks: list[Block] = [Heading(2, f"Changed colour since {before}", anchor="summary-turned")]
    items = []
    for title, better in (("Worse", False), ("Better", True)):
        listed = [
            f"{indicator.title} ({_colour(then)} to {_colour(now)}{_doubt(ctx, indicator)})"
            for indicator, then, now in moved
            if (COLOURS.index(now) < COLOURS.index(then)) is better
        ]
        if listed:
            items.append((Span(f"{title}: ", strong=True), Span(f"{words.joined(listed)}.")))
    return [*blocks, BulletList(tuple(items))]


def _colour(rating: Rating) -> str:
    return rating.words.lower()


def _baseline(ctx: PackContext) -> list[Block]:
    """Sums that are watched against a fixed year, such as the MOPAC 7."""
    blocks: list[Block] = []
    for name, head in ctx.catalogue.headlines.items():
        now = ctx.figure(name, "rolling12")
        change = ctx.figure(name, "baseline_change_pct")
        if now.value is None or change.value is None or head.baseline_year is None:
            continue
        moved = _unlike(ctx, head) or (
            Span(words.up_or_down(change.value), figure=change.key),
            Span(f" on {head.baseline_year}."),
        )
        counted = Span(f": {words.counted(now.value, head.unit)} in twelve months, ")
        blocks.append(Paragraph((Span(head.title, strong=True), counted, *moved)))
    return blocks


def _unlike(ctx: PackContext, head: Indicator) -> Text:
    """Both numbers without a claim, where a part of the sum was counted otherwise in between."""
    year, before = head.baseline_year, ctx.figure(head.id, "baseline")
    if year is None or before.value is None:
        return ()
    apart = {
        f"{words.within(part.title)} from {changed.said}"
        for part in ctx.catalogue.added_in(head)
        if (changed := ctx.counted_apart(part, ctx.figure(part, "rolling12"), year.last))
    }
    if not apart:
        return ()
    return (
        said(words.number(before.value), before),
        Span(f" in {year}. Counting changed in {words.joined(sorted(apart))}: the two years "),
        Span("are not alike", strong=True),
        Span("."),
    )
