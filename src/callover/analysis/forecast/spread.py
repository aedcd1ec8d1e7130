"""How far a total may lie from what is expected, judged by a method's own past errors.

The errors of few, overlapping tries say little; what chance alone would give counts as much as
``PRIOR`` tries more, and is the least: a Poisson count never scatters less than its mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from callover.analysis.arrays import Numbers

PRIOR = 2.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Student's t about the expected count; ``freedom`` is how many tries there really were."""

    expected: float
    error: float
    freedom: float

    def interval(self, share: float) -> tuple[float, float]:
        """The middle ``share`` of what may come; never below 0."""
        reach = float(stdtrit(self.freedom, 0.5 + share / 2)) * self.error
        return max(0.0, self.expected - reach), max(0.0, self.expected + reach)

    def at_most(self, count: float) -> float:
        """The chance of ``count`` or fewer: counts are whole, so up to halfway to the next."""
        if count < 0:
            return 0.0
        return float(stdtr(self.freedom, (np.floor(count) + 0.5 - self.expected) / self.error))

    def at_least(self, count: float) -> float:
        """The chance of ``count`` or more."""
        return 1.0 if count <= 0 else 1.0 - self.at_most(np.ceil(count) - 1)


def spread_of(
    expected: float, errors: Numbers, by_chance: Numbers, chance_now: float, apart: float
) -> Spread:
    """The spread about ``expected`` after tries that missed by ``errors``.

    ``by_chance`` is the variance that chance alone would have given each try, ``chance_now`` gives
    what is to come; ``apart`` is how many of the tries share no months.
    """
    usual = float(by_chance.mean()) if len(by_chance) else 0.0
    ratio = float((errors**2).mean()) / usual if usual > 0 else 1.0
    scatter = max(1.0, (PRIOR + apart * ratio) / (PRIOR + apart))
    variance = max(1.0, chance_now) * scatter
    return Spread(expected, float(np.sqrt(variance)), PRIOR + apart)
