"""Which indicators deserve the board's time: chosen by rule, edited by the analyst."""

from __future__ import annotations

import math
from dataclasses import dataclass

from callover.analysis.exceptions import Standing
from callover.domain.indicators import Indicator
from callover.domain.ratings import Direction, Rating
from callover.domain.units import Unit
from callover.report.build.context import PackContext
from callover.report.build.summary import headline_figure
from callover.report.selection import SECTIONS

QUARTER = 3
"""Months between two meetings: the report before this one."""

COLOURS = (Rating.GREEN, Rating.AMBER, Rating.RED)
"""From best to worst."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator in one of the three lists; ``added`` is the analyst's reason, if it was theirs.

    ``place`` counts from 1 among those that the rule chose; 0 where the analyst added it.
    """

    indicator: Indicator
    weight: float
    place: int = 0
    added: str = ""


def weight_of_change(ctx: PackContext, indicator: Indicator) -> float:
    """How much an indicator moved, so that unlike sizes compare.

    Counts: difference over the square root of the two counts' sum, the usual measure for two
    Poisson counts. Percentages: points over 10. Negative is a fall. 0 where nothing is known.
    """
    figure = headline_figure(ctx, indicator)
    change = ctx.value(indicator, f"{figure.measure}_change") if figure.known else None
    if change is None or figure.value is None:
        return 0.0
    if indicator.unit is Unit.PERCENTAGE:
        return change / 10
    both = 2 * figure.value - change
    return change / math.sqrt(both) if both > 0 else 0.0


def chosen(ctx: PackContext) -> dict[str, list[Chosen]]:
    """The three lists: red for improvement, green for success, watched or amber for monitoring.

    The analyst's ``selection.yaml`` adds, at the head of a list, and removes; both with a reason.
    """
    return {name: _edited(ctx, name, _by_rule(ctx, name)) for name in SECTIONS}


def by_evidence(ctx: PackContext) -> list[Chosen]:
    """What the chair's brief draws on: concerns that remain when false alarms are held down, then
    the other red ones, each by evidence. The analyst's additions stay ahead, what was left out
    stays out.
    """
    listed = chosen(ctx)["improvement"]
    edits = ctx.selection.get("improvement")
    gone = {each for section in ctx.selection.values() for each in section.add}
    gone |= {each.indicator.id for each in listed} | set(edits.remove if edits else ())
    others = [
        Chosen(indicator, abs(weight_of_change(ctx, indicator)))
        for indicator in ctx.indicators
        if indicator.id not in gone and kept_concern(ctx, indicator)
    ]
    return sorted([*listed, *others], key=lambda item: _rank(ctx, item))


def kept_concern(ctx: PackContext, indicator: Indicator) -> bool:
    """Whether it is a concern that remains when false alarms are held to a tenth."""
    judged = ctx.judged(indicator)
    return judged.kept and judged.standing is Standing.CONCERN


def _rank(ctx: PackContext, item: Chosen) -> tuple[bool, bool, float, int]:
    """Added first, then kept concerns, then the smaller probability by chance."""
    indicator = item.indicator
    p = 0.0 if item.added else ctx.signal(indicator).p
    return not item.added, not kept_concern(ctx, indicator), p, item.place


def _by_rule(ctx: PackContext, name: str) -> list[Chosen]:
    """The largest change first."""
    found = [i for i in ctx.indicators if _section_by_rule(ctx, i) == name]
    weighed = [(abs(weight_of_change(ctx, indicator)), indicator) for indicator in found]
    weighed.sort(key=lambda pair: (-pair[0], pair[1].number))
    return [Chosen(indicator, size, place) for place, (size, indicator) in enumerate(weighed, 1)]


def _section_by_rule(ctx: PackContext, indicator: Indicator) -> str | None:
    result = ctx.rating(indicator)
    if result.shown is Rating.NO_DATA:
        return None
    if indicator.direction_in(ctx.month) is Direction.MONITOR or result.shown is Rating.AMBER:
        return "monitoring"
    return {Rating.RED: "improvement", Rating.GREEN: "success"}.get(result.shown)


def _edited(ctx: PackContext, name: str, items: list[Chosen]) -> list[Chosen]:
    """The list after the analyst's changes; an indicator added to another list leaves this one."""
    moved = {each for edits in ctx.selection.values() for each in edits.add}
    edits = ctx.selection.get(name)
    gone = moved | (set(edits.remove) if edits else set())
    reported = {indicator.id: indicator for indicator in ctx.indicators}
    added = [
        Chosen(reported[each], abs(weight_of_change(ctx, reported[each])), added=reason)
        for each, reason in (edits.add if edits else {}).items()
        if each in reported
    ]
    return [*added, *(item for item in items if item.indicator.id not in gone)]


def earlier_rating(ctx: PackContext, indicator: Indicator) -> Rating | None:
    """The colour a quarter before, on what is known now; None where it had none."""
    month = ctx.month - QUARTER
    if not indicator.valid_in(month):
        return None
    result = ctx.service.rating(indicator.id, ctx.partnership.area, month)
    return result.shown if result.shown in COLOURS else None


def turned(ctx: PackContext) -> list[tuple[Indicator, Rating, Rating]]:
    """Indicators whose colour is another than a quarter before: then and now, worsened first."""
    found = []
    for indicator in ctx.indicators:
        then, now = earlier_rating(ctx, indicator), ctx.rating(indicator).shown
        if then is not None and now in COLOURS and then is not now:
            found.append((indicator, then, now))
    return sorted(found, key=lambda item: COLOURS.index(item[1]) - COLOURS.index(item[2]))
