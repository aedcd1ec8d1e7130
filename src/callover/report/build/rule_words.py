"""The rule behind a colour as the board reads it: what is aimed at, and where red begins."""

from __future__ import annotations

from callover.analysis.rating import CHANGE_KINDS, CHANGE_TOLERANCE
from callover.domain.indicators import Indicator
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit
from callover.domain.units import Unit
from callover.report import words
from callover.report.build.context import PackContext


def rule_in_words(ctx: PackContext, indicator: Indicator) -> str:
    """The limit that was passed: plainly for a change on last year, else as the rating says it."""
    target = ctx.target(indicator)
    if target is None or target.kind not in CHANGE_KINDS or not indicator.unit.adds:
        return words.kept_together(ctx.rating(indicator).reason)
    return change_rule(target, indicator.direction_in(ctx.month), indicator.unit)


def change_rule(target: Target, direction: Direction, unit: Unit = Unit.OFFENCES) -> str:
    """``The target is no more than last year; red begins beyond 5 % more.``"""
    fewer = "less" if unit is Unit.MONEY else "fewer"
    tolerance = target.tolerance or CHANGE_TOLERANCE
    if direction is Direction.HIGHER:
        aim = f"The target is no {fewer} than last year"
        if not tolerance.value:
            return f"{aim}; red is anything below last year."
        return f"{aim}; red begins beyond {_percent(tolerance.value)} {fewer}."
    decrease = (target.value or 0) if target.kind is TargetKind.PERCENT_DECREASE else 0
    aim = f"{_percent(decrease)} {fewer} than" if decrease else "no more than"
    return f"The target is {aim} last year; {_red(_amber_ends(tolerance, decrease))}."


def _red(edge: float) -> str:
    """Where red begins, as a change on last year in per cent."""
    if edge > 0:
        return f"red begins beyond {_percent(edge)} more"
    if edge == 0:
        return "red is anything above last year"
    return f"red is a fall of less than {_percent(-edge)}, or a rise"


def _amber_ends(tolerance: Tolerance, decrease: float) -> float:
    """The change in per cent beyond which an indicator is red (``analysis.rating``)."""
    if tolerance.unit is ToleranceUnit.RELATIVE:
        return (100 - decrease) * tolerance.value / 100 - decrease
    return tolerance.value - decrease


def _percent(value: float) -> str:
    """With a decimal where it has one: a limit is printed as it is."""
    return words.percent(value, 0 if value == round(value) else 1)
