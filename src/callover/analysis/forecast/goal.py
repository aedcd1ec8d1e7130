"""The year's target as a count: the most or the least that the financial year may end with."""

from __future__ import annotations

import math
from dataclasses import dataclass

from callover.analysis import measures
from callover.analysis.forecast.spread import Spread
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind


@dataclass(frozen=True, slots=True)
class Goal:
    """A count not to be passed, or to be reached."""

    limit: float
    at_most: bool

    def chance(self, so_far: float, rest: Spread) -> float:
        """The chance of meeting it with what is still to come; certain where it is decided."""
        open_ = self.limit - so_far
        return rest.at_most(open_) if self.at_most else rest.at_least(open_)

    def met(self, total: float) -> bool:
        """Whether a year that is over met it."""
        return total <= self.limit if self.at_most else total >= self.limit

    def needed_per_month(self, so_far: float, left: int) -> float:
        """What each month left may bring at most, or has to bring (MEA-17)."""
        return measures.needed_per_month(self.limit, so_far, left)


def goal_of(target: Target | None, direction: Direction, last_year: float) -> Goal | str:
    """The goal of the year, or why there is none. ``last_year`` is NaN where it is not known."""
    if target is None or target.kind is TargetKind.NONE:
        return "no target is set"
    match target.kind:
        case TargetKind.CEILING | TargetKind.COUNT:
            whole = target.to_date(target.year.last)
            return Goal(whole or 0.0, target.kind is TargetKind.CEILING)
        case TargetKind.REDUCTION | TargetKind.PERCENT_DECREASE:
            return _against_last_year(target, direction, last_year)
        case _:
            return "the target is no number for the whole year"


def _against_last_year(target: Target, direction: Direction, last_year: float) -> Goal | str:
    """No more than last year or so much per cent fewer; where more is good, no fewer."""
    if math.isnan(last_year):
        return "last year's total is not known, or was counted otherwise"
    if direction is Direction.HIGHER:
        return Goal(last_year, at_most=False)
    fewer = (target.value or 0.0) if target.kind is TargetKind.PERCENT_DECREASE else 0.0
    return Goal(last_year * (100.0 - fewer) / 100.0, at_most=True)
