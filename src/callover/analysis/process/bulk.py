"""Process charts of many count series at once: the same limits and rules as ``process_chart``.

For whole counts without gaps, which is what a cube of recorded offences holds; a series with gaps,
breaks or a denominator is charted by itself. A property test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri

from callover.analysis.arrays import Numbers
from callover.analysis.process.chart import FEWEST_MONTHS, LONGEST, baseline_months
from callover.analysis.process.kinds import FEW, ONLY_CHANCE, RARE
from callover.analysis.process.limits import SCREEN, XMR, ProcessLimits
from callover.analysis.process.rules import Judged, Special, judged
from callover.analysis.process.seasons import FEWEST, season_of

ORDER = tuple(Special)
"""What the codes stand for: the place of each word in this tuple."""

Codes = npt.NDArray[np.int8]
BLOCK = 4096
"""Series at a time: their arrays stay in the processor's cache."""


@dataclass(frozen=True)
class Charts:
    """Limits and codes, series × months from the first month charted; ``enough`` by series."""

    first: int  # month of the given values with which the charts begin
    enough: npt.NDArray[np.bool_]
    limits: ProcessLimits
    codes: Codes


def charts(values: Numbers) -> Charts:
    """Charts of whole counts (series × months) that end in the last month.

    ``enough`` is false where the single chart would say that it is not enough: too short, all zero,
    fewer than one a month. Raises ValueError for a gap.
    """
    if np.isnan(values).any():
        raise ValueError("a series has a gap: chart it by itself")
    first = max(0, values.shape[1] - LONGEST)
    shown = values[:, first:]
    made = [_block(shown[i : i + BLOCK]) for i in range(0, len(shown), BLOCK)]
    lines = {
        name: np.concatenate([getattr(each.limits, name) for each in made])
        for name in ProcessLimits.__slots__
    }
    return Charts(
        first,
        np.concatenate([each.enough for each in made]),
        ProcessLimits(**lines),
        np.concatenate([each.codes for each in made]),
    )


def _block(values: Numbers) -> Charts:
    months = values.shape[1]
    base = baseline_months(months)
    level = values[:, :base].mean(axis=1)
    enough = (level >= RARE) & (months >= FEWEST_MONTHS)
    shape, wider = _season(values, base)
    with np.errstate(divide="ignore", invalid="ignore"):
        flat = values / np.where(shape > 0, shape, np.nan)
    sigma = np.where(
        _is_poisson(values[:, :base], level[:, None] * shape[:, :base])[:, None],
        np.sqrt(level[:, None] / np.where(shape > 0, shape, np.nan)),
        (XMR / 3 * _mean_range(flat[:, :base]) * wider)[:, None],
    )
    centre = np.where(
        _is_poisson(values[:, :base], level[:, None] * shape[:, :base]),
        level,
        np.nanmean(flat[:, :base], axis=1),
    )[:, None]
    within = ProcessLimits.around(np.broadcast_to(centre, flat.shape), sigma, 0.0)
    codes = _codes(judged(flat, within))
    return Charts(0, enough, _times(within, shape), codes)


def _season(values: Numbers, base: int) -> tuple[Numbers, Numbers]:
    """What the season makes of each month (averaging 1 over the baseline), and what it costs."""
    if base < FEWEST:
        return np.ones(values.shape), np.ones(len(values))
    season = season_of(values[:, :base])
    shape = season.along(base, values.shape[1])
    return shape / shape[:, :base].mean(axis=1, keepdims=True), season.wider


def _is_poisson(values: Numbers, expected: Numbers) -> npt.NDArray[np.bool_]:
    """Few a month, and no more spread than chance gives (``kinds.kind_for``)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(expected > 0, (values - expected) ** 2 / expected, 0.0)
    freedom = max(1, values.shape[1] - 1)
    few = values.mean(axis=1) < FEW
    found: npt.NDArray[np.bool_] = few & (parts.sum(axis=1) <= float(chdtri(freedom, ONLY_CHANCE)))
    return found


def _mean_range(values: Numbers) -> Numbers:
    """``limits.mean_range`` of every series: screened once."""
    ranges = np.abs(np.diff(values, axis=1))
    mean = np.nanmean(ranges, axis=1)
    kept = ranges < SCREEN * mean[:, None]
    some = kept.any(axis=1)
    screened = np.where(kept, ranges, 0.0).sum(axis=1) / np.maximum(kept.sum(axis=1), 1)
    found: Numbers = np.where(some, screened, mean)
    return found


def _times(within: ProcessLimits, shape: Numbers) -> ProcessLimits:
    """Limits put back on the season."""
    return ProcessLimits(
        within.centre * shape, within.lower * shape, within.upper * shape,
        within.near_lower * shape, within.near_upper * shape,
    )  # fmt: skip


_PAIRS = (
    ("run", Special.RUN_ABOVE, Special.RUN_BELOW),
    ("two_in_three", Special.TWO_IN_THREE_ABOVE, Special.TWO_IN_THREE_BELOW),
    ("trend", Special.TREND_UP, Special.TREND_DOWN),
    ("outside", Special.OUTSIDE_ABOVE, Special.OUTSIDE_BELOW),
)
"""From the weakest rule to the one that goes before all."""


def _codes(flags: Judged) -> Codes:
    found = np.full(flags.outside.shape, ORDER.index(Special.COMMON), dtype=np.int8)
    for rule, up, down in _PAIRS:
        sides = getattr(flags, rule)
        found[sides > 0] = ORDER.index(up)
        found[sides < 0] = ORDER.index(down)
    return found
