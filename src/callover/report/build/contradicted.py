"""Ratings that rest on figures which the findings call wrong: said beside every such colour."""

from __future__ import annotations

from datetime import date

from callover.domain.errors import Finding, Severity
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.report.blocks import Note, Span, Text
from callover.report.build.context import PackContext
from callover.report.build.summary import headline_figure

WARNING = "Rests on figures that contradict themselves"
_UNCOLOURED = (Rating.NOT_RATED, Rating.NO_DATA)


def warning(ctx: PackContext, indicator: Indicator) -> Text:
    """The warning with the way to the findings; nothing where none touches the shown figure."""
    if ctx.rating(indicator).shown in _UNCOLOURED or not contradictions(ctx, indicator):
        return ()
    return (Span(f"{WARNING} (see "), Span("the findings", anchor="findings"), Span(")."))


def spaced_warning(ctx: PackContext, indicator: Indicator) -> Text:
    """The warning as the last sentence of a paragraph."""
    said = warning(ctx, indicator)
    return (Span(" "), *said) if said else ()


def warning_note(ctx: PackContext, indicator: Indicator) -> tuple[Note, ...]:
    """The warning as a note of the indicator's page."""
    said = warning(ctx, indicator)
    return (Note(said, kind="finding"),) if said else ()


def contradictions(ctx: PackContext, indicator: Indicator) -> list[Finding]:
    """Findings of wrong figures among those that the shown figure and its change are made of."""
    figure = headline_figure(ctx, indicator)
    if not figure.known:
        return []
    series = ctx.made_of(indicator.series)
    stretches = _stretches(figure)
    return [
        finding
        for finding in ctx.findings
        if finding.severity is Severity.WRONG
        and finding.series in series
        and finding.area in ("", ctx.partnership.area)
        and finding.source in figure.source.split("+")
        and any(_within(finding.period, first, last) for first, last in stretches)
    ]


def _stretches(figure: Figure) -> tuple[tuple[date, date], ...]:
    """First and last day of the months that the figure sums, and of those a year before."""
    lengths = {"rolling12": 12, "ytd": figure.month.position}
    first = figure.month - (lengths.get(figure.measure, 1) - 1)
    return tuple(_days(first - back, figure.month - back) for back in (0, 12))


def _days(first: Month, last: Month) -> tuple[date, date]:
    return first.first_day, last.last_day


def _within(stored: str, first: date, last: date) -> bool:
    """Whether a finding's period lies in the stretch; one without days cannot be placed."""
    try:
        start, end = (date.fromisoformat(part) for part in stored.split(" to "))
    except ValueError:
        return False
    return first <= start and end <= last
