"""Rounding half away from zero, and the roundings that targets use."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


def half_up(value: float, decimals: int = 0) -> float:
    """``value`` rounded half away from zero, on its shortest decimal form (2.675 gives 2.68)."""
    if not math.isfinite(value):
        return value
    step = Decimal(1).scaleb(-decimals)
    rounded = float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))
    return rounded + 0.0  # no negative zero


class TargetRounding(StrEnum):
    """How a share of a yearly target becomes a whole number."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"
    NONE = "none"

    def __call__(self, value: float) -> float:
        """``value`` under this rule; a hair of binary noise does not move a whole number."""
        tidy = half_up(value, 9)
        match self:
            case TargetRounding.HALF_UP:
                return half_up(tidy)
            case TargetRounding.DOWN:
                return float(math.floor(tidy))
            case TargetRounding.UP:
                return float(math.ceil(tidy))
            case TargetRounding.NONE:
                return value


def largest_remainder(values: list[float], total: int = 100) -> list[int]:
    """Whole numbers in the proportions of ``values`` that add up to ``total`` (ties: in order)."""
    whole = sum(values)
    if whole <= 0:
        return [0] * len(values)
    exact = [value * total / whole for value in values]
    shares = [math.floor(share) for share in exact]
    by_rest = sorted(range(len(values)), key=lambda i: shares[i] - exact[i])
    for i in by_rest[: total - sum(shares)]:
        shares[i] += 1
    return shares
