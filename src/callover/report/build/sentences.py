"""Sentences made from figures: wherever a number stands in prose, it was computed here."""

from __future__ import annotations

from callover.domain.figures import Figure
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.peers import PeerGroup
from callover.domain.periods import Month, PeriodKind
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Span, Text
from callover.report.build.context import PackContext


def kind_of(ctx: PackContext, indicator: Indicator) -> SeriesKind:
    """How the indicator's series gets its values; a sum is a count for every reader."""
    kind = ctx.catalogue.series[indicator.series].kind
    return SeriesKind.COUNTED if kind is SeriesKind.SUM else kind


def headline(ctx: PackContext, indicator: Indicator) -> Text:
    """The one sentence that can be read out."""
    match kind_of(ctx, indicator):
        case SeriesKind.RATIO:
            spans = _ratio_headline(ctx, indicator)
        case SeriesKind.WINDOW:
            spans = _window_headline(ctx, indicator)
        case SeriesKind.SNAPSHOT:
            spans = _snapshot_headline(ctx, indicator)
        case _:
            spans = _count_headline(ctx, indicator)
    return spans or _nothing(ctx, indicator)


def _count_headline(ctx: PackContext, indicator: Indicator) -> Text:
    total = ctx.figure(indicator, "rolling12")
    if total.value is None:
        return _year_to_date_headline(ctx, indicator)
    noun = words.counted(total.value, indicator.unit)
    spans = [
        said(noun, total, strong=True),
        Span(f" in {words.period_to(PeriodKind.ROLLING12, total.month)}"),
        *_against_last_year(ctx, indicator, "rolling12", "than the year before"),
        Span("."),
        *_reference(ctx, indicator),
    ]
    return tuple(spans)


def _year_to_date_headline(ctx: PackContext, indicator: Indicator) -> Text:
    """Where twelve months cannot be summed: the year so far, then the last full year."""
    total = ctx.figure(indicator, "ytd")
    if total.value is None:
        return _lagging_headline(ctx, indicator)
    return (
        said(words.counted(total.value, indicator.unit), total, strong=True),
        Span(f" in {words.period_to(PeriodKind.YEAR_TO_DATE, total.month)}"),
        *_against_last_year(ctx, indicator, "ytd", "than in the same months last year"),
        Span("."),
    )


def _lagging_headline(ctx: PackContext, indicator: Indicator) -> Text:
    """Sources that lag, or give years only: the latest twelve months that are known."""
    total = ctx.latest_twelve(indicator)
    if total is None or total.value is None:
        return _month_headline(ctx, indicator)
    period = words.period_to(PeriodKind.ROLLING12, total.month)
    return (
        said(words.counted(total.value, indicator.unit), total, strong=True),
        Span(f" in {period}, the latest supplied"),
        *_against_last_year(ctx, indicator, "rolling12", "than the year before", total.month),
        Span("."),
    )


def _month_headline(ctx: PackContext, indicator: Indicator) -> Text:
    """Where only some months are held, which a sum over the year would need all of."""
    month = ctx.figure(indicator, "month")
    if month.value is None:
        return ()
    before = ctx.value(indicator, "month_previous")
    against = "" if before is None else f", {words.number(before)} a year before"
    return (
        said(words.counted(month.value, indicator.unit), month, strong=True),
        Span(f" in {ctx.month.name}{against}. Sums over the year need months that are not held."),
    )


def _against_last_year(
    ctx: PackContext, indicator: Indicator, measure: str, against: str, month: Month | None = None
) -> tuple[Span, ...]:
    """``: 5 % more than the year before (+919)``; the number always beside the per cent."""
    change = ctx.figure(indicator, f"{measure}_change", month)
    share = ctx.figure(indicator, f"{measure}_change_pct", month)
    if change.value is None:
        return ()
    if change.value == 0:
        return (Span(": "), said("no change", change, strong=True), Span(" on the year before"))
    phrase = words.more_or_fewer(change.value, share.value)
    main, _, number = phrase.partition(" (")
    spans = [Span(": "), said(main, share if share.known else change, strong=True)]
    spans.append(Span(f" {against}" + (f" ({number}" if number else "")))
    return tuple(spans)


def reference_change(ctx: PackContext, indicator: Indicator) -> tuple[PeerGroup, Figure] | None:
    """The group whose own change is known, published by the force or summed over its areas."""
    for group in ctx.groups_of(indicator):
        change = ctx.figure(indicator, "rolling12_change_pct", peer_group=group.id)
        if change.known:
            return group, change
    return None


def _reference(ctx: PackContext, indicator: Indicator) -> tuple[Span, ...]:
    """``Across the 32 boroughs of the Metropolitan Police the number rose 4 %.``"""
    found = reference_change(ctx, indicator)
    if found is None:
        return ()
    group, change = found
    moved = words.rose_or_fell(change.value or 0)
    where = words.within(group.title)
    return (Span(f" Across {where} the number "), said(moved, change), Span("."))


def _ratio_headline(ctx: PackContext, indicator: Indicator) -> Text:
    series = ctx.catalogue.series[indicator.series]
    measure, kind = "ytd", PeriodKind.YEAR_TO_DATE
    ratio = ctx.figure(indicator, measure)
    if ratio.value is None:
        measure, kind = "rolling12", PeriodKind.ROLLING12
        ratio = ctx.figure(indicator, measure)
    if ratio.value is None:
        return ()
    top = ctx.figure(indicator, measure, series=series.numerator)
    whole = ctx.figure(indicator, measure, series=series.denominator)
    spans = [said(words.percent(ratio.value, indicator.decimals), ratio, strong=True)]
    if top.value is not None and whole.value is not None:
        spans.append(Span(f" ({words.number(top.value)} of {words.number(whole.value)})"))
    spans.append(Span(f" in {words.period_to(kind, ratio.month)}"))
    change = ctx.figure(indicator, f"{measure}_change")
    if change.value is not None:
        spans += [
            Span(", "),
            said(words.higher_or_lower(change.value), change),
            Span(" on the year before"),
        ]
    return (*spans, Span("."))


def _window_headline(ctx: PackContext, indicator: Indicator) -> Text:
    level = ctx.figure(indicator, "level")
    if level.value is None:
        return ()
    spans = [
        said(words.percent(level.value, indicator.decimals), level, strong=True),
        Span(f" {level.reason}" if level.reason else ""),
    ]
    before = ctx.figure(indicator, "level_change")
    if before.value is not None:
        spans += [
            Span(", "),
            said(words.higher_or_lower(before.value), before),
            Span(" than the period before"),
        ]
    spans.append(Span("."))
    compared = [
        f"{group.short_title} {words.percent(average.value, indicator.decimals)}"
        for group in ctx.groups_of(indicator)
        if (average := ctx.figure(indicator, "average", peer_group=group.id)).value is not None
    ]
    return (*spans, Span(f" For comparison: {words.joined(compared)}." if compared else ""))


def _snapshot_headline(ctx: PackContext, indicator: Indicator) -> Text:
    level = ctx.figure(indicator, "level")
    if level.value is None:
        return ()
    when = f" {level.reason}" if level.reason else ""
    return (said(words.counted(level.value, indicator.unit), level, strong=True), Span(f"{when}."))


def _nothing(ctx: PackContext, indicator: Indicator) -> Text:
    """Says that there is nothing, why, and who owes it."""
    state = ctx.figure(indicator, "month").state
    sources = [*indicator.change_sources, *indicator.rate_sources]
    owner = ctx.catalogue.sources[sources[0]].owner if sources else "the source"
    return (
        Span("No figure", strong=True),
        Span(f" for {ctx.month.name}: {words.missing(state)}."),
        Span(f" {words.capitalised(owner)} supplies it."),
    )


def said(printed: str, figure: Figure, strong: bool = False) -> Span:
    """Printed text that remembers which figure it says."""
    return Span(printed, strong=strong, figure=figure.key)


def overview(ctx: PackContext, indicator: Indicator) -> tuple[Text, ...]:
    """What happened, computed: the year to date, then the parts that moved most."""
    sentences: list[Text] = []
    if kind_of(ctx, indicator) is SeriesKind.COUNTED:
        now, before = ctx.figure(indicator, "ytd"), ctx.figure(indicator, "ytd_previous")
        change, share = ctx.figure(indicator, "ytd_change"), ctx.figure(indicator, "ytd_change_pct")
        if now.value is not None and before.value is not None and change.value is not None:
            sentences.append(
                (
                    Span(words.capitalised(words.period_to(PeriodKind.YEAR_TO_DATE, now.month))),
                    Span(": "),
                    said(words.counted(now.value, indicator.unit), now),
                    Span(f" against {words.number(before.value)} a year before, "),
                    said(words.more_or_fewer(change.value, share.value), change),
                    Span("."),
                )
            )
            small = words.small_numbers(now.value, before.value)
            if small:
                sentences.append((Span(small),))
    sentences.extend(_target_sentence(ctx, indicator))
    parts = _parts_sentence(ctx, indicator)
    if parts:
        sentences.append(parts)
    return tuple(sentences)


def _target_sentence(ctx: PackContext, indicator: Indicator) -> list[Text]:
    """Where the year's target stands at this month, for targets that are spread over months."""
    to_date = ctx.figure(indicator, "target_to_date")
    now = ctx.figure(indicator, "ytd")
    if to_date.value is None or now.value is None or not indicator.unit.adds:
        return []
    gap = now.value - to_date.value
    where = (
        "on it" if gap == 0 else f"{words.number(abs(gap))} {'above' if gap > 0 else 'below'} it"
    )
    return [
        (
            Span(f"The target to {ctx.month.name} is "),
            said(words.number(to_date.value), to_date),
            Span(f"; the year so far is {where}."),
        )
    ]


def _parts_sentence(ctx: PackContext, indicator: Indicator) -> Text:
    """Which parts moved most over twelve months; only where parts add to the whole."""
    series = ctx.catalogue.series[indicator.series]
    names = indicator.breakdown or series.parts
    if not names or series.overlapping or indicator.unit is Unit.PERCENTAGE:
        return ()
    moved = []
    for name in names:
        change = ctx.figure(indicator, "rolling12_change", series=name)
        if change.value:
            moved.append((change.value, ctx.catalogue.series[name].title, change))
    if not moved:
        return ()
    moved.sort(key=lambda item: (-abs(item[0]), item[1]))
    listed = [f"{title.lower()} ({words.signed(value)})" for value, title, _ in moved[:3]]
    return (Span(f"Largest changes over twelve months: {words.joined(listed)}."),)


def benchmark(ctx: PackContext, indicator: Indicator) -> Text:
    """Rank and average in each peer group, or the reason why there is none."""
    spans: list[Span] = []
    for group in ctx.groups_of(indicator):
        rank = ctx.figure(indicator, "rank", peer_group=group.id)
        average = ctx.figure(indicator, "average", peer_group=group.id)
        if rank.value is None and average.value is None:
            continue
        said = []
        if rank.value is not None:
            said.append(words.rank(rank.value, rank.of or group.size or None, group.rank_order))
        if average.value is not None:
            decimals = indicator.rate.decimals if indicator.rate else max(1, indicator.decimals)
            said.append(f"average {words.number(average.value, decimals)}")
        published = " (as published)" if rank.published or average.published else ""
        spans.append(Span(f"{words.capitalised(group.title)}: {', '.join(said)}{published}. "))
    if spans:
        return tuple(spans)
    reason = indicator.no_benchmark_reason or _why_not_compared(ctx, indicator)
    bare = words.within(reason.rstrip("."))
    return (Span(f"Not compared: {bare}."),)


def _why_not_compared(ctx: PackContext, indicator: Indicator) -> str:
    """No rate for want of a denominator is said as such, with what to add."""
    rate = ctx.figure(indicator, "rate")
    if indicator.rate is not None and not ctx.figure(indicator, "rolling12").known:
        return "a rate needs twelve months, and not all of them are held"
    if indicator.rate is not None and rate.value is None:
        basis = ctx.catalogue.series[indicator.rate.denominator].title
        return f"{words.within(basis)} is not held (add its file)"
    return "no other area's figures are held"
