"""The four key figures of an indicator's page."""

from __future__ import annotations

from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import KeyFact
from callover.report.build.context import PackContext
from callover.report.build.sentences import kind_of


def key_facts(ctx: PackContext, indicator: Indicator) -> tuple[KeyFact, ...]:
    """Up to four: what is known comes first, what is not known is left out."""
    kind = kind_of(ctx, indicator)
    if kind in (SeriesKind.WINDOW, SeriesKind.SNAPSHOT):
        facts = [_level(ctx, indicator), _level_before(ctx, indicator)]
        facts += _averages(ctx, indicator)
    else:
        facts = [
            _sum(ctx, indicator, "month", ctx.month.name),
            _sum(ctx, indicator, "ytd", "Year to date"),
            _rate(ctx, indicator) or _sum(ctx, indicator, "rolling12", "Twelve months"),
            *_ranks(ctx, indicator),
            _target(ctx, indicator),
            *_averages(ctx, indicator),
        ]
    return tuple(fact for fact in facts if fact is not None)[:4]


def _printed(indicator: Indicator, value: float) -> str:
    if indicator.unit is Unit.PERCENTAGE:
        return words.percent(value, indicator.decimals)
    return words.number(value)


def _sum(ctx: PackContext, indicator: Indicator, measure: str, label: str) -> KeyFact | None:
    figure = ctx.figure(indicator, measure)
    if figure.value is None:
        return None
    change = ctx.figure(indicator, f"{measure}_change")
    detail = ""
    if change.value is not None:
        if indicator.unit is Unit.PERCENTAGE:
            detail = f"{words.higher_or_lower(change.value)} on last year"
        else:
            share = ctx.value(indicator, f"{measure}_change_pct")
            detail = f"{words.difference(change.value, share)} on last year"
    return KeyFact(label, _printed(indicator, figure.value), detail, figure.key)


def _rate(ctx: PackContext, indicator: Indicator) -> KeyFact | None:
    figure = ctx.figure(indicator, "rate")
    if figure.value is None or indicator.rate is None:
        return None
    averages = [
        f"{group.short_title} {words.number(average.value, indicator.rate.decimals)}"
        for group in ctx.groups_of(indicator)
        if (average := ctx.figure(indicator, "average", peer_group=group.id)).value is not None
    ]
    label = words.capitalised(words.per_words(indicator.rate.per, ctx.rate_of(indicator)))
    printed = words.number(figure.value, indicator.rate.decimals)
    return KeyFact(label, printed, " · ".join(averages), figure.key)


def _ranks(ctx: PackContext, indicator: Indicator) -> list[KeyFact]:
    """One fact for the widest group, the others named beneath it."""
    known = []
    for group in ctx.groups_of(indicator):
        figure = ctx.figure(indicator, "rank", peer_group=group.id)
        if figure.value is not None:
            known.append((figure.of or group.size or 0, figure, group))
    if not known:
        return []
    known.sort(key=lambda item: -item[0])
    size, figure, group = known[0]
    others = [f"{words.rank_of(f.value or 0, n or None)} {g.short_title}" for n, f, g in known[1:]]
    first = "lowest" if group.rank_order == "lowest_first" else "highest"
    detail = " · ".join([group.short_title, *others])
    printed = words.rank_of(figure.value or 0, size or None)
    return [KeyFact(f"Rank, 1 is {first}", printed, detail, figure.key)]


def _target(ctx: PackContext, indicator: Indicator) -> KeyFact | None:
    figure = ctx.figure(indicator, "target_to_date")
    now = ctx.figure(indicator, "ytd")
    if figure.value is None or now.value is None:
        return None
    gap = now.value - figure.value
    side = (
        "on target" if gap == 0 else f"{words.number(abs(gap))} {'above' if gap > 0 else 'below'}"
    )
    return KeyFact("Target to date", words.number(figure.value), side, figure.key)


def _level(ctx: PackContext, indicator: Indicator) -> KeyFact | None:
    figure = ctx.figure(indicator, "level")
    if figure.value is None:
        return None
    return KeyFact("Latest", _printed(indicator, figure.value), figure.reason, figure.key)


def _level_before(ctx: PackContext, indicator: Indicator) -> KeyFact | None:
    figure = ctx.figure(indicator, "level_previous")
    if figure.value is None:
        return None
    return KeyFact("Before", _printed(indicator, figure.value), figure.reason, figure.key)


def _averages(ctx: PackContext, indicator: Indicator) -> list[KeyFact]:
    """Averages of the groups, where the indicator has no rate that would show them."""
    if indicator.rate is not None:
        return []
    facts = []
    for group in ctx.groups_of(indicator):
        figure = ctx.figure(indicator, "average", peer_group=group.id)
        if figure.value is not None:
            printed = words.percent(figure.value, indicator.decimals)
            facts.append(KeyFact(group.short_title, printed, "average", figure.key))
    return facts
