"""An indicator beside its peers, its reference area and a fixed year, in sentences."""

from __future__ import annotations

from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.domain.peers import PeerGroup, RankOrder
from callover.domain.periods import PeriodKind
from callover.domain.states import State
from callover.report import words
from callover.report.blocks import Span, Text
from callover.report.build.context import PackContext

_OTHER_END = {
    RankOrder.LOWEST_FIRST: RankOrder.HIGHEST_FIRST,
    RankOrder.HIGHEST_FIRST: RankOrder.LOWEST_FIRST,
}


def benchmark(ctx: PackContext, indicator: Indicator) -> Text:
    """Rank from both ends and averages in each peer group, or why there is none (BEN-01 to -13)."""
    groups = ctx.groups_of(indicator)
    compared = {group.id: _in_group(ctx, indicator, group) for group in groups}
    if not any(compared.values()):
        reason = indicator.no_benchmark_reason or _why_not_compared(ctx, indicator)
        bare = words.within(reason.rstrip("."))
        return (Span(f"Not compared: {bare}."),)
    spans: list[Span] = []
    for group in groups:
        said = compared[group.id] or _not_in(ctx, indicator, group)
        spans += [Span(". " if spans else ""), *said]
    return (*spans, *_published_by(ctx, indicator))


def _in_group(ctx: PackContext, indicator: Indicator, group: PeerGroup) -> tuple[Span, ...]:
    """``Met: 21st lowest of 32 (12th highest), average 86.85``; nothing without either."""
    rank, average = (
        compared(ctx, indicator, "rank", group),
        compared(ctx, indicator, "average", group),
    )
    said = [*_ranked(ctx, indicator, group, rank), *_averaged(ctx, indicator, group, average)]
    lag = "" if rank.month == ctx.month else f" at {max(rank.month, average.month).name}"
    spans = [Span(f"{words.capitalised(group.short_title)}{lag}: ")] if said else []
    for place, span in enumerate(said):
        spans += [Span(", "), span] if place else [span]
    return tuple(spans)


def compared(ctx: PackContext, indicator: Indicator, measure: str, group: PeerGroup) -> Figure:
    """A rank or average at the report's month; of a source that lags, at its latest figure's."""
    now = ctx.figure(indicator, measure, peer_group=group.id)
    latest = None if now.known else ctx.latest_twelve(indicator)
    return now if latest is None else ctx.figure(indicator, measure, latest.month, group.id)


def _published_by(ctx: PackContext, indicator: Indicator) -> tuple[Span, ...]:
    """Names the publisher of ranks and averages that were not computed here."""
    asked = [
        (group, compared(ctx, indicator, measure, group))
        for group in ctx.groups_of(indicator)
        for measure in ("rank", "average")
    ]
    known = [(group, figure) for group, figure in asked if figure.value is not None]
    published = [(group, figure) for group, figure in known if figure.published]
    if not published:
        return (Span("."),)
    titles = [ctx.source_title(figure.source).split(",")[0] for _, figure in published]
    by = words.joined(list(dict.fromkeys(titles)))
    names = list(dict.fromkeys(group.short_title for group, _ in published))
    which = "" if len(published) == len(known) else f"{words.joined(names)} "
    return (Span(f"; {which}as published by {by}."),)


def _ranked(ctx: PackContext, indicator: Indicator, group: PeerGroup, rank: Figure) -> list[Span]:
    """The place from the end that is rank 1 and, in brackets, from the other."""
    if rank.value is None:
        return []
    size = rank.of or group.size or None
    printed = words.rank(rank.value, size, group.rank_order)
    other = ctx.figure(indicator, "rank_from_top", rank.month, group.id)
    if other.value is not None:
        end = words.rank(other.value, size, _OTHER_END[group.rank_order])
        printed += f" ({end.rsplit(' of ', 1)[0]})"
    return [Span(printed, figure=rank.key)]


def _averaged(
    ctx: PackContext, indicator: Indicator, group: PeerGroup, average: Figure
) -> list[Span]:
    """The mean of the members' rates and, where members are held, the rate of all together."""
    if average.value is None:
        return []
    decimals = indicator.rate.decimals if indicator.rate else max(1, indicator.decimals)
    spans = [Span(f"average {words.number(average.value, decimals)}", figure=average.key)]
    pooled = ctx.figure(indicator, "pooled_average", average.month, group.id)
    if pooled.value is not None:
        printed = f"all together {words.number(pooled.value, decimals)}"
        spans.append(Span(printed, figure=pooled.key))
    return spans


def _not_in(ctx: PackContext, indicator: Indicator, group: PeerGroup) -> tuple[Span, ...]:
    """That one of several groups says nothing, and why."""
    reason = ctx.figure(indicator, "rank", peer_group=group.id).reason.rstrip(".")
    return (Span(f"{words.capitalised(group.short_title)}: not available ({reason})"),)


def _why_not_compared(ctx: PackContext, indicator: Indicator) -> str:
    """No rate for want of a denominator is said as such, with what to add."""
    rate = ctx.figure(indicator, "rate")
    if indicator.rate is not None and not ctx.figure(indicator, "rolling12").known:
        return "a rate needs twelve months, and not all of them are held"
    if indicator.rate is not None and rate.value is None:
        basis = ctx.catalogue.series[indicator.rate.denominator].title
        return f"{words.within(basis)} is not held (add its file)"
    if reference_change(ctx, indicator) is not None:
        return "ranks and averages are not published"
    return "no other area's figures are held"


def reference_change(ctx: PackContext, indicator: Indicator) -> tuple[PeerGroup, Figure] | None:
    """The group whose own change is known, published by the force or summed over its areas."""
    for group in ctx.groups_of(indicator):
        change = ctx.figure(indicator, "rolling12_change_pct", peer_group=group.id)
        if change.known:
            return group, change
    return None


def reference_sentence(ctx: PackContext, indicator: Indicator) -> tuple[Span, ...]:
    """``Across the 32 boroughs of the Metropolitan Police the number rose 4 %.`` (BEN-06)"""
    found = reference_change(ctx, indicator)
    if found is None:
        return ()
    group, change = found
    moved = Span(words.rose_or_fell(change.value or 0), figure=change.key)
    return (Span(f" Across {words.within(group.title)} the number "), moved, Span("."))


def _gap(ctx: PackContext, indicator: Indicator) -> Text:
    """``Gap to Met's change: +1.4 points.`` (MEA-19)"""
    found = reference_change(ctx, indicator)
    if found is None:
        return ()
    gap = ctx.figure(indicator, "rolling12_gap", peer_group=found[0].id)
    if gap.value is None:
        return ()
    points = Span(f"{words.signed(gap.value, 1)} points", figure=gap.key)
    return (Span(f"Gap to {found[0].short_title}'s change: "), points, Span("."))


def comparisons(ctx: PackContext, indicator: Indicator) -> Text:
    """The gap to the reference area's change, the change since the baseline year, and a rate that
    is made with an estimate."""
    found = (_gap(ctx, indicator), _since_baseline(ctx, indicator), _estimated(ctx, indicator))
    return tuple(span for spans in found if spans for span in (Span(" "), *spans))


def _estimated(ctx: PackContext, indicator: Indicator) -> Text:
    """Whose estimate a rate divides by, and of which day."""
    base = ctx.figure(indicator, "rate_denominator")
    if base.state is not State.ESTIMATED:
        return ()
    return (Span(f"The rate is an estimate too: it is for {base.reason}."),)


def detected(ctx: PackContext, indicator: Indicator) -> Text:
    """``35.3 % were detected, 2.9 percentage points higher than the year before.`` (MEA-24)"""
    now = ctx.figure(indicator, "detection_rate")
    if now.value is None:
        return ()
    spans = [Span("Of those recorded, "), Span(words.percent(now.value, 1), figure=now.key)]
    spans.append(Span(" were detected"))
    change = ctx.figure(indicator, "detection_rate_change")
    before = ctx.value(indicator, "detection_rate_previous")
    if change.value is not None and before is not None:
        spans += [
            Span(f" ({words.percent(before, 1)} a year before, "),
            Span(words.higher_or_lower(change.value), figure=change.key),
            Span(")"),
        ]
    return (*spans, Span(f", {ctx.source_title(now.source)}."))


def _since_baseline(ctx: PackContext, indicator: Indicator) -> Text:
    """``On 2011/12: down by 8 % (−1,571).`` (MEA-20)"""
    change = ctx.figure(indicator, "baseline_change_pct")
    number = ctx.value(indicator, "baseline_change")
    if change.value is None or number is None or indicator.baseline_year is None:
        return ()
    now, last = ctx.figure(indicator, "rolling12"), indicator.baseline_year.last
    changed = ctx.counted_apart(indicator, now, last)
    return (
        Span(f"On {indicator.baseline_year}: "),
        Span(words.up_or_down(change.value), figure=change.key),
        Span(f" ({words.signed(number)})."),
        *([Span(f" Counting changed on {changed.said}.")] if changed else []),
    )


def small_base(ctx: PackContext, indicator: Indicator) -> str:
    """The warning where a percentage of the page rests on few (MEA-22); empty where none does."""
    for measure, kind in (("rolling12", PeriodKind.ROLLING12), ("ytd", PeriodKind.YEAR_TO_DATE)):
        now, before = ctx.figure(indicator, measure), ctx.value(indicator, f"{measure}_previous")
        if now.value is not None and before is not None:
            said = words.small_numbers(now.value, before)
            if said:
                when = words.capitalised(words.period_to(kind, now.month))
                return f"{when}: {said[:1].lower()}{said[1:]}"
    return ""
