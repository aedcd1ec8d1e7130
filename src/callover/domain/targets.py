"""Targets: what was agreed, by whom, from which month, and how far off is still amber."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from callover.domain.periods import FinancialYear, Month
from callover.domain.rounding import TargetRounding


class TargetKind(StrEnum):
    """The forms a target takes."""

    REDUCTION = "reduction"  # no more than last year
    PERCENT_DECREASE = "percent_decrease"  # value: per cent below last year
    CEILING = "ceiling"  # value: most in the year, spread over months
    COUNT = "count"  # value: least in the year, with a pace
    LEVEL = "level"  # value: a level to reach (at least or at most, by direction)
    BAND = "band"  # low to high
    TOP_QUARTILE = "top_quartile"  # within the published top-quartile range
    BENCHMARK = "benchmark"  # better than the published group averages
    NONE = "none"


class ToleranceUnit(StrEnum):
    """What a tolerance is measured in."""

    POINTS = "points"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far beyond the target is amber: percentage points, or per cent of the target."""

    value: float
    unit: ToleranceUnit

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 100:
            raise ValueError(f"a tolerance of {self.value} is outside 0 to 100")

    @property
    def words(self) -> str:
        """``5 percentage points`` or ``10 % of the target``."""
        number = f"{self.value:g}"
        if self.unit is ToleranceUnit.POINTS:
            return f"{number} percentage point{'' if number == '1' else 's'}"
        return f"{number} % of the target"


@dataclass(frozen=True, slots=True)
class Target:
    """What was agreed for a year, in force from a month on (``from_month``) until the next one."""

    year: FinancialYear
    kind: TargetKind
    from_month: Month
    value: float | None = None
    low: float | None = None
    high: float | None = None
    tolerance: Tolerance | None = None
    profile: tuple[float, ...] = ()  # cumulative month targets, April to March, if not even
    rounding: TargetRounding = TargetRounding.HALF_UP
    reason: str = ""
    decided_by: str = ""
    area: str = ""  # the area it was agreed for; empty: any area that uses the set

    def __post_init__(self) -> None:
        needs_value = self.kind in (
            TargetKind.PERCENT_DECREASE,
            TargetKind.CEILING,
            TargetKind.COUNT,
            TargetKind.LEVEL,
        )
        if needs_value and self.value is None:
            raise ValueError(f"a target of kind {self.kind} needs a value")
        if self.kind is TargetKind.BAND and (self.low is None or self.high is None):
            raise ValueError("a band needs low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the band ends at {self.high}, below its start {self.low}")
        if self.profile and len(self.profile) != 12:
            raise ValueError(f"a profile has 12 months, this one {len(self.profile)}")
        if list(self.profile) != sorted(self.profile):
            raise ValueError("a cumulative profile never falls")

    @property
    def words(self) -> str:
        """Its kind with its numbers: ``percent decrease 3, amber to 5 percentage points``."""
        numbers = (self.value, self.low, self.high)
        said = " to ".join(f"{number:g}" for number in numbers if number is not None)
        tolerance = f", amber to {self.tolerance.words}" if self.tolerance else ""
        return f"{self.kind.value.replace('_', ' ')} {said}".strip() + tolerance

    def to_date(self, month: Month) -> float | None:
        """The cumulative target at ``month``: the profile, or value × months / 12, rounded."""
        if self.profile:
            return self.profile[month.position - 1]
        if self.value is None or self.kind not in (TargetKind.CEILING, TargetKind.COUNT):
            return None
        return self.rounding(self.value * month.position / 12)

    def in_month(self, month: Month) -> float | None:
        """The part of the year's target that falls on ``month`` alone, not rounded."""
        if self.profile:
            before = self.profile[month.position - 2] if month.position > 1 else 0.0
            return self.profile[month.position - 1] - before
        if self.value is None or self.kind not in (TargetKind.CEILING, TargetKind.COUNT):
            return None
        return self.value / 12


def in_force(targets: tuple[Target, ...], month: Month, area: str | None = None) -> Target | None:
    """The target that holds in ``month``: the latest of its year that has started.

    With ``area``, only targets agreed for that area or for any; one of its own goes first. Without,
    targets of all areas stand (a set used by one partnership only).
    """
    candidates = [
        target
        for target in targets
        if target.year == month.financial_year
        and target.from_month <= month
        and (area is None or target.area in ("", area))
    ]
    return max(candidates, key=lambda t: (bool(t.area), t.from_month), default=None)
