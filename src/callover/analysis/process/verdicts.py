"""What a chart says in the end: variation (is it better?) and assurance (is the target met?)."""

from __future__ import annotations

from enum import StrEnum

from callover.analysis.process.rules import Special


class Variation(StrEnum):
    """What the latest point means, given which way is good."""

    COMMON = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGHER = "neutral_high"
    LOWER = "neutral_low"


class Assurance(StrEnum):
    """Whether the process as it runs meets its target."""

    PASSES = "consistent_pass"
    FAILS = "consistent_fail"
    HIT_AND_MISS = "inconsistent"


_UP = {
    Special.OUTSIDE_ABOVE,
    Special.TREND_UP,
    Special.TWO_IN_THREE_ABOVE,
    Special.RUN_ABOVE,
}


def variation(last: Special, good: str) -> Variation:
    """The verdict from the last point; ``good`` is ``increase``, ``decrease`` or ``neutral``."""
    if last is Special.COMMON:
        return Variation.COMMON
    up = last in _UP
    if good == "neutral":
        return Variation.HIGHER if up else Variation.LOWER
    return Variation.IMPROVEMENT if up == (good == "increase") else Variation.CONCERN


def assurance(
    lower: float | None, upper: float | None, target: float | None, good: str
) -> Assurance | None:
    """The target beside the last limits; on a limit it is hit and miss. None without a target."""
    if target is None or lower is None or upper is None or good == "neutral":
        return None
    if lower <= target <= upper:
        return Assurance.HIT_AND_MISS
    reached = target < lower if good == "increase" else target > upper
    return Assurance.PASSES if reached else Assurance.FAILS
