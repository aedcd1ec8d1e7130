"""Sentences made from figures: wherever a number stands in prose, it was computed here."""

from __future__ import annotations

from callover.domain.disclosure import NOT_SHOWN
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.periods import Month, PeriodKind
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Span, Text, text
from callover.report.build.comparisons import detected, reference_sentence, small_base
from callover.report.build.context import PackContext
from callover.report.build.count_tables import pointer
from callover.report.build.pace import pace_sentence
from callover.report.build.year_end import year_end_sentence


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
        *reference_sentence(ctx, indicator),
        *_practice_changed(ctx, indicator, total),
    ]
    return tuple(spans)


def _practice_changed(ctx: PackContext, indicator: Indicator, total: Figure) -> tuple[Span, ...]:
    """Says that the two stretches compared were not counted alike."""
    latest = ctx.counted_apart(indicator, total)
    if latest is None:
        return ()
    return (
        Span(f" Counting changed on {latest.said}: the two years "),
        Span("are not alike", strong=True),
        Span("."),
    )


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
        *_practice_changed(ctx, indicator, total),
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
        *_practice_changed(ctx, indicator, total),
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
    in_per_cent = words.of_a_base(change.value, share.value) is not None
    spans = [Span(": "), said(main, share if in_per_cent else change, strong=True)]
    spans.append(Span(f" {against}" + (f" ({number}" if number else "")))
    return tuple(spans)


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
        return (*spans, Span("."), *_practice_changed(ctx, indicator, ratio))
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
    if ctx.edition == "public" and ctx.rating(indicator).reason == NOT_SHOWN:
        return text("Its figures are small, or would give a small one away.")
    month = ctx.figure(indicator, "month")
    sources = [*indicator.change_sources, *indicator.rate_sources]
    owner = ctx.catalogue.sources[sources[0]].owner if sources else "the source"
    return (
        Span("No figure", strong=True),
        Span(f" for {ctx.month.name}: {words.no_value(month)}."),
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
    small = small_base(ctx, indicator) if kind_of(ctx, indicator) is SeriesKind.COUNTED else ""
    if small:
        sentences.append((Span(small),))
    sentences.extend(pace_sentence(ctx, indicator))
    sentences.extend(year_end_sentence(ctx, indicator))
    found = detected(ctx, indicator)
    if found:
        sentences.append(found)
    sentences.extend(pointer(ctx, indicator))
    parts = _parts_sentence(ctx, indicator)
    if parts:
        sentences.append(parts)
    return tuple(sentences)


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
    listed = [f"{words.within(title)} ({words.signed(value)})" for value, title, _ in moved[:3]]
    return (Span(f"Largest changes over twelve months: {words.joined(listed)}."),)
