"""Which rows an indicator's twelve-month table has, and how each is asked for and printed."""

from __future__ import annotations

from dataclasses import dataclass

from callover.domain.indicators import Indicator, SeriesKind
from callover.report import words
from callover.report.build.context import PackContext
from callover.report.build.data_book import rank_heading
from callover.report.build.sentences import kind_of


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


def lines_of(ctx: PackContext, indicator: Indicator) -> list[Line]:
    """The rows that an indicator's table has, by the kind of what it counts."""
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
    source = rate.source if rate is not None and rate.known else ""
    change = "Year to date, change on last year"
    return [
        Line("Month", "month", "count", heading="In the month"),
        Line("Year to date", "ytd", "count"),
        Line("on last year", "ytd_change_pct", "change_pct", heading=change),
        Line("Target to date", "target_to_date", "count"),
        Line("Rolling 12", "rolling12", "count", source=source, heading="Rolling 12 months"),
        *_rate_lines(ctx, indicator),
        *_rank_lines(ctx, indicator),
        *_breakdown_lines(ctx, indicator),
    ]


def _rate_lines(ctx: PackContext, indicator: Indicator) -> list[Line]:
    if indicator.rate is None:
        return []
    title = words.capitalised(words.per_words(indicator.rate.per, ""))
    full = f"Rolling 12 months, {words.per_words(indicator.rate.per, ctx.rate_of(indicator))}"
    return [Line(title, "rate", "rate", decimals=indicator.rate.decimals, heading=full)]


def _rank_lines(ctx: PackContext, indicator: Indicator) -> list[Line]:
    """A line for each peer group of the indicator."""
    lines = []
    for group in ctx.groups_of(indicator):
        title = f"Rank of {group.size or '?'}, {group.short_title}"
        lines.append(Line(title, "rank", "rank", group.id, heading=rank_heading(group)))
    return lines


def _breakdown_lines(ctx: PackContext, indicator: Indicator) -> list[Line]:
    """Parts that overlap, one by one: they add up to nothing."""
    if not ctx.catalogue.series[indicator.series].overlapping:
        return []
    lines = []
    for name in indicator.breakdown:
        title = ctx.catalogue.series[name].title
        full = f"{title}, rolling 12 months"
        lines.append(Line(title, "rolling12", "count", series=name, heading=full))
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
