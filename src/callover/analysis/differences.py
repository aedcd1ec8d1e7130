"""Two counts, rates or shares compared, with intervals: is the change more than chance?

The ratio of two Poisson rates is exact (the first count is binomial given their sum; Przyborowski
and Wilenski 1940); a difference takes its interval from those of its two sides (Zou and Donner
2008), which for two shares is Newcombe's (1998). ``spread`` is the variance of the counts over what
chance gives: 2 makes an interval as wide as for half the counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, betaincinv, ndtr

from callover.analysis.intervals import Limits, count_limits, wilson


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference or ratio with its interval; ``none`` is its value where nothing changed.

    ``now`` and ``before`` are what was compared: a count and its exposure, or a part and its whole.
    """

    value: float
    lower: float
    upper: float
    now: tuple[float, float]
    before: tuple[float, float]
    none: float = 0.0

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out "no change"."""
        return not self.lower <= self.none <= self.upper


def rate_ratio(
    now: float, before: float, exposed_now: float = 1.0, exposed_before: float = 1.0,
    level: float = 0.95, spread: float = 1.0,
) -> Difference | None:  # fmt: skip
    """Now ÷ before as rates; None where both counts, or an exposure, are 0."""
    if now + before <= 0 or exposed_now <= 0 or exposed_before <= 0:
        return None
    a, b = now / spread, before / spread
    tail = (1 - level) / 2
    low = float(betaincinv(a, b + 1, tail)) if a > 0 else 0.0
    high = float(betaincinv(a + 1, b, 1 - tail)) if b > 0 else 1.0
    scale = exposed_before / exposed_now
    value = _odds(now / (now + before)) * scale
    sides = (now, exposed_now), (before, exposed_before)
    return Difference(value, _odds(low) * scale, _odds(high) * scale, *sides, none=1.0)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def rate_difference(
    now: float, before: float, exposed_now: float = 1.0, exposed_before: float = 1.0,
    per: float = 1.0, level: float = 0.95, spread: float = 1.0,
) -> Difference | None:  # fmt: skip
    """Now less before as rates per ``per``; None where an exposure is 0."""
    if exposed_now <= 0 or exposed_before <= 0:
        return None
    compared = (now, exposed_now), (before, exposed_before)
    sides = [
        (
            count * per / exposed,
            count_limits(np.array(count / spread), level).scaled(spread * per / exposed),
        )
        for count, exposed in compared
    ]
    return Difference(*_between(*sides), *compared)


def share_difference(
    part: float, whole: float, part_before: float, whole_before: float, level: float = 0.95
) -> Difference | None:
    """Difference of two shares of 1; None where a whole is 0."""
    if whole <= 0 or whole_before <= 0:
        return None
    compared = (part, whole), (part_before, whole_before)
    sides = [(x / n, wilson(np.array(x), np.array(n), level)) for x, n in compared]
    return Difference(*_between(*sides), *compared)


def _between(
    first: tuple[float, Limits], second: tuple[float, Limits]
) -> tuple[float, float, float]:
    """First less second, by the distances of each from its own limits."""
    (a, limits_a), (b, limits_b) = first, second
    below = np.hypot(a - float(limits_a.lower), float(limits_b.upper) - b)
    above = np.hypot(float(limits_a.upper) - a, b - float(limits_b.lower))
    return a - b, a - b - float(below), a - b + float(above)


def change_p(
    now: float, before: float, exposed_now: float = 1.0, exposed_before: float = 1.0,
    spread: float = 1.0,
) -> float:  # fmt: skip
    """Two-sided probability of a change as large by chance alone: mid-p of the exact test.

    1 where there is nothing to compare.
    """
    total = (now + before) / spread
    if total <= 0 or exposed_now <= 0 or exposed_before <= 0:
        return 1.0
    share = exposed_now / (exposed_now + exposed_before)
    if total > MANY:
        z = (now / spread - total * share) / np.sqrt(total * share * (1 - share))
        return float(2 * ndtr(-abs(z)))
    n, k = round(total), round(now / spread)
    upto, without = float(bdtr(k, n, share)), float(bdtr(k - 1, n, share)) if k else 0.0
    half = (upto - without) / 2
    return float(min(1.0, 2 * min(without + half, 1 - upto + half)))


MANY = 200.0
"""From this many events on the normal approximation has the same two digits."""
