"""What was agreed, in words: target, rule of the colour, what changed within the year (RAG-15)."""

from __future__ import annotations

from callover.domain.indicators import DirectionChange, Indicator
from callover.domain.periods import Month
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind
from callover.report import words
from callover.report.blocks import Note, text
from callover.report.build.context import PackContext

_GOOD = {
    Direction.LOWER: "fewer is good",
    Direction.HIGHER: "more is good",
    Direction.BAND: "inside the band is good",
    Direction.MONITOR: "watched only",
}


def target_words(target: Target | None, indicator: Indicator, month: Month) -> str:
    """The target in a sentence, with who decided it and, if it changed in the year, from when."""
    if target is None or target.kind is TargetKind.NONE:
        return "None: watched only." if target is None or not target.reason else target.reason
    sentence = bare_words(target, indicator.direction_in(month))
    decided = f" Decided by {target.decided_by}." if target.decided_by else ""
    changed = ""
    if target.from_month != target.year.first:
        changed = f" In force from {target.from_month.name}: {target.reason}"
    return f"{sentence}{decided}{changed}".strip()


def bare_words(target: Target, direction: Direction) -> str:
    """The target alone: ``No more than 257 in the year.``"""
    number = target.value or 0.0
    value = words.number(number, 0 if number % 1 == 0 else 1)
    side = "At most" if direction is Direction.LOWER else "At least"
    more = "No fewer" if direction is Direction.HIGHER else "No more"
    low, high = words.percent(target.low or 0), words.percent(target.high or 0)
    return {
        TargetKind.REDUCTION: f"{more} than last year.",
        TargetKind.PERCENT_DECREASE: f"{words.percent(number)} fewer than last year.",
        TargetKind.CEILING: f"No more than {value} in the year.",
        TargetKind.COUNT: f"At least {value} in the year.",
        TargetKind.LEVEL: f"{side} {words.percent(number)}.",
        TargetKind.BAND: f"Between {low} and {high}.",
        TargetKind.TOP_QUARTILE: "Within the top quarter of comparable areas.",
        TargetKind.BENCHMARK: "Better than the averages it is compared with.",
        TargetKind.NONE: "None: watched only.",
    }[target.kind]


def rule_words(ctx: PackContext, indicator: Indicator) -> str:
    """How the colour comes about, in words."""
    target = ctx.target(indicator)
    if indicator.direction_in(ctx.month) is Direction.MONITOR or target is None:
        return "Not rated: change and comparison are shown, no colour."
    if target.kind is TargetKind.NONE:
        return "Not rated: no target is set."
    if target.tolerance is None:
        return "Green where the target is met, red where it is not."
    return f"Green where the target is met, amber within {target.tolerance.words}, red beyond."


def agreed_changes(ctx: PackContext, indicator: Indicator) -> tuple[Note, ...]:
    """A note for each target or direction that changed in the year: old, new, why, who decided.

    Months before the change keep what held then; so does their rating.
    """
    year = ctx.month.financial_year
    new = _new_in_the_set(ctx, indicator)
    own = [t for t in indicator.targets if t.year == year and t.area in ("", ctx.partnership.area)]
    notes = [Note(text(new), "computed", "New")] if new else []
    notes += [
        Note(text(_new_target(ctx, indicator, t)), "computed", "Target changed")
        for t in sorted(own, key=lambda t: t.from_month)
        if year.first < t.from_month <= ctx.month
    ]
    notes += [
        Note(text(_new_direction(indicator, change)), "computed", "Direction changed")
        for change in indicator.direction_changes
        if year.first < change.from_month <= ctx.month
    ]
    return tuple(notes)


def _new_in_the_set(ctx: PackContext, indicator: Indicator) -> str:
    """Since when, why and who decided; empty for an indicator past its first twelve months."""
    if not indicator.is_new(ctx.month) or indicator.valid_from is None:
        return ""
    added = f": {indicator.id} added. "
    lines = (line.partition(added)[2] for line in ctx.catalogue.change_log if added in line)
    return f"In the set since {indicator.valid_from.name}. {next(lines, '')}".strip()


def _new_target(ctx: PackContext, indicator: Indicator, target: Target) -> str:
    before = ctx.target(indicator, target.from_month - 1)
    old = _with_tolerance(before, indicator, target.from_month - 1)
    new = _with_tolerance(target, indicator, target.from_month)
    return (
        f"Until {(target.from_month - 1).name}: {old} From {target.from_month.name}: {new} "
        f"{target.reason.rstrip('.')}. Decided by {target.decided_by.rstrip('.')}."
    )


def _with_tolerance(target: Target | None, indicator: Indicator, month: Month) -> str:
    """The target with what is still amber, for a tolerance may be what changed."""
    if target is None:
        return "None."
    sentence = bare_words(target, indicator.direction_in(month))
    if target.tolerance is None or target.kind is TargetKind.NONE:
        return sentence
    return f"{sentence.rstrip('.')}, amber within {target.tolerance.words}."


def _new_direction(indicator: Indicator, change: DirectionChange) -> str:
    before = indicator.direction_in(change.from_month - 1)
    return (
        f"From {change.from_month.name}: {_GOOD[change.direction]}; before: {_GOOD[before]}. "
        f"{change.reason.rstrip('.')}. Decided by {change.decided_by.rstrip('.')}."
    )
