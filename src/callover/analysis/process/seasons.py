"""How much of a month is its season: factors by calendar month, trusted as far as the years agree.

With two or three years a month's average is mostly chance. The factors are therefore drawn towards
1 by the share of their spread that chance alone would give (James and Stein 1961): without a season
they are all but 1, and nothing is "expected" that was only noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from callover.analysis.arrays import Numbers

YEAR = 12
FEWEST = 2 * YEAR
"""Months from which on a season is looked for."""


@dataclass(frozen=True, slots=True)
class Season:
    """Factors of the calendar months, in order of the last twelve values, and what they cost.

    ``wider`` is how much further next year's values lie from them than those they were made from.
    """

    factors: Numbers  # (…, 12), averaging 1
    wider: Numbers  # (…)

    def along(self, base: int, length: int) -> Numbers:
        """The factor of each of ``length`` months, the first ``base`` of which gave the factors."""
        return self.factors[..., (np.arange(length) - base) % YEAR]


def season_of(values: Numbers) -> Season:
    """The season in ``values``, which have no gaps on the last axis and end on any month.

    Their whole years are used. All factors are 1 for fewer than 24 values, or where a year has a
    mean of 0.
    """
    years = values.shape[-1] // YEAR
    if years < FEWEST // YEAR:
        return Season(np.ones((*values.shape[:-1], YEAR)), np.ones(values.shape[:-1]))
    blocks = values[..., -years * YEAR :].reshape(*values.shape[:-1], years, YEAR)
    level = blocks.mean(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = blocks / level
    raw = shares.mean(axis=-2)
    chance = shares.var(axis=-2, ddof=1).mean(axis=-1) / years * (YEAR - 1) / YEAR
    spread = ((raw - 1) ** 2).sum(axis=-1) / (YEAR - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        trust = np.clip(1 - (YEAR - 3) / (YEAR - 1) * chance / spread, 0, 1)
    trust = np.nan_to_num(trust)
    factors = 1 + trust[..., None] * (raw - 1)
    wider = np.sqrt((1 + trust**2 / years) / (1 - trust * (2 - trust) / years))
    return Season(np.where(np.isfinite(factors), factors, 1.0), wider)
