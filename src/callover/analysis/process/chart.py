"""A series of months as a process chart: what is usable, from where on, with which limits.

Crime is seasonal: from two years on the limits lie about the value that level and season lead to
expect. The latest twelve months are judged by those before them, so that a change does not widen
the limits that should show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.process import limits as lines
from callover.analysis.process.kinds import Choice, Kind, kind_for
from callover.analysis.process.limits import ProcessLimits
from callover.analysis.process.rules import Judged, Lengths, Special, judged, special_causes
from callover.analysis.process.seasons import FEWEST, YEAR, season_of
from callover.domain.periods import Month
from callover.domain.units import Unit

FEWEST_MONTHS = 13
"""The charts of moving ranges warn below this many points."""
LONGEST = 6 * YEAR
"""Months looked back: what lies further says little about today's level."""


@dataclass(frozen=True)
class History:
    """Months of one series from ``first`` on; NaN where nothing was measured or derived.

    For a percentage of known parts ``values`` are its numerators and ``wholes`` its denominators.
    ``begins`` says why nothing before a month may be compared with what follows.
    """

    first: Month
    values: Numbers
    unit: Unit
    wholes: Numbers | None = None
    begins: Sequence[tuple[Month, str]] = ()

    def upto(self, month: Month) -> History:
        """The months until ``month``, after the last beginning, at most six years; NaN where the
        history ends before."""
        starts = [when for when, _ in self.begins if when <= month]
        first = max([self.first, month - (LONGEST - 1), *starts])
        chosen = slice(first.index - self.first.index, max(0, month.index - self.first.index + 1))
        wholes = None if self.wholes is None else _until(self.wholes, chosen)
        return replace(self, first=first, values=_until(self.values, chosen), wholes=wholes)


def _until(values: Numbers, chosen: slice) -> Numbers:
    """A slice as long as asked for: a month that nobody has reported yet is no earlier month."""
    missing = max(0, chosen.stop - max(len(values), chosen.start))
    return np.concatenate([values[chosen], np.full(missing, np.nan)])


@dataclass(frozen=True)
class ProcessChart:
    """Values with limits and the rule that names each point; arrays of one length from ``first``.

    ``base`` months gave the limits; ``seasonal`` says whether a season is in them.
    """

    choice: Choice
    first: Month
    values: Numbers
    limits: ProcessLimits
    special: tuple[Special, ...]
    flags: Judged
    base: int
    seasonal: bool
    since: str = ""  # why it begins where it does

    @property
    def scale(self) -> float:
        """What values and limits are printed times: shares of a whole, as per cent."""
        return 100.0 if self.choice.kind in (Kind.P, Kind.P_PRIME) else 1.0

    @property
    def last(self) -> Special:
        """What the latest point is."""
        return self.special[-1]


@dataclass(frozen=True, slots=True)
class NotEnough:
    """Too little to say anything, and why."""

    reason: str


def process_chart(
    history: History, month: Month, lengths: Lengths | None = None, dated: bool = False
) -> ProcessChart | NotEnough:
    """The chart that ends in ``month``. Nothing is said of a series that is too short, all zero,
    without figure in the month, or of rare events (their months between are judged elsewhere)."""
    recent = history.upto(month)
    usable = _usable(recent)
    problem = _too_little(recent, usable, month)
    if problem:
        return NotEnough(problem)
    begin = int(np.flatnonzero(usable)[0])
    values, wholes = recent.values[begin:], None
    if recent.wholes is not None:
        wholes = recent.wholes[begin:]
    return _charted(recent, recent.first + begin, values, wholes, lengths, dated)


def _usable(history: History) -> np.ndarray:
    known = ~np.isnan(history.values)
    return known if history.wholes is None else known & (history.wholes > 0)


def _too_little(history: History, usable: np.ndarray, month: Month) -> str:
    if not len(usable) or not usable[-1]:
        return f"no month's figure for {month.name}"
    months = int(usable.sum())
    since = _since(history)
    if months < FEWEST_MONTHS:
        after = f" since {since}" if since else ""
        word = "month is" if months == 1 else "months are"
        return f"only {months} {word} measured{after}; {FEWEST_MONTHS} are needed"
    if not np.any(history.values[usable]):
        return f"all of the {months} months are 0"
    return ""


def _since(history: History) -> str:
    """What the history begins with, where something happened then."""
    return next((why for when, why in history.begins if when == history.first), "")


def _charted(
    history: History, first: Month, values: Numbers, wholes: Numbers | None,
    lengths: Lengths | None, dated: bool,
) -> ProcessChart | NotEnough:  # fmt: skip
    usable = ~np.isnan(values) if wholes is None else ~np.isnan(values) & (wholes > 0)
    base = baseline_months(len(values))
    expected, seasonal, wider = _expected(values, usable, base, wholes)
    kept = np.flatnonzero(usable[:base])
    if len(kept) < FEWEST_MONTHS - 1:
        return NotEnough(f"only {len(kept)} months of the baseline are measured")
    size = None if wholes is None else wholes[kept]
    choice = kind_for(history.unit, values[kept], size, expected[kept], dated)
    if choice.kind in (Kind.G, Kind.T):
        return NotEnough("fewer than one a month: limits on single months would mean nothing")
    shown = values if wholes is None else np.where(usable, values, np.nan) / wholes
    found = _limits(choice.kind, shown, values, wholes, expected, usable, base, wider)
    flags = judged(*_without_season(shown, found, expected), lengths)
    special = tuple(special_causes(flags))
    return ProcessChart(
        choice, first, shown, found, special, flags, base, seasonal, _since(history)
    )


def baseline_months(months: int) -> int:
    """How many of them give the limits: all but the latest twelve, two years at least.

    Never the latest: a typing error of 99,999 would be the level that it is judged by.
    """
    return min(months - 1, max(FEWEST, months - YEAR))


def _expected(
    values: Numbers, usable: np.ndarray, base: int, wholes: Numbers | None
) -> tuple[Numbers, bool, float]:
    """What level and season lead to expect, whether a season is in it, and what that costs."""
    level = float(values[:base][usable[:base]].mean())
    flat = np.full(len(values), level)
    if wholes is not None or base < FEWEST or not usable[:base].all():
        return flat, False, 1.0
    season = season_of(values[:base])
    seasonal = bool(np.any(season.factors != 1))
    return flat * season.along(base, len(values)), seasonal, float(season.wider)


def _limits(
    kind: Kind, shown: Numbers, values: Numbers, wholes: Numbers | None, expected: Numbers,
    usable: np.ndarray, base: int, wider_by: float,
) -> ProcessLimits:  # fmt: skip
    """Limits from the baseline, drawn through all months."""
    if kind is Kind.C:
        return ProcessLimits.around(expected, np.sqrt(expected), 0.0)
    if wholes is None or kind is Kind.XMR:
        return _xmr(shown, expected if wholes is None else np.ones(len(shown)), base, wider_by)
    wider = kind in (Kind.P_PRIME, Kind.U_PRIME)
    chart = lines.shares if kind in (Kind.P, Kind.P_PRIME) else lines.rates
    within = chart(values[usable], wholes[usable], wider=wider, baseline=int(usable[:base].sum()))
    return _spread_out(within, usable)


def _xmr(values: Numbers, expected: Numbers, base: int, wider: float) -> ProcessLimits:
    """Limits on value over season, by moving ranges, put back on the season.

    Nothing here can be below zero, so no limit is either.
    """
    shape = expected / np.mean(expected[:base])
    ratio = (values / np.where(shape > 0, shape, np.nan))[:base]
    level, spread = float(np.nanmean(ratio)), lines.XMR / 3 * lines.mean_range(ratio) * wider
    return ProcessLimits.around(shape * level, shape * spread, 0.0)


def _without_season(
    values: Numbers, found: ProcessLimits, expected: Numbers
) -> tuple[Numbers, ProcessLimits]:
    """Values and limits over the season: seven falling months of autumn are no trend."""
    shape = expected / expected.mean()
    if not np.all(shape > 0):
        return values, found
    flat = ProcessLimits(
        found.centre / shape, found.lower / shape, found.upper / shape,
        found.near_lower / shape, found.near_upper / shape,
    )  # fmt: skip
    return values / shape, flat


def _spread_out(within: ProcessLimits, usable: np.ndarray) -> ProcessLimits:
    """Limits of the usable months at their places; NaN elsewhere."""

    def placed(line: Numbers) -> Numbers:
        whole = np.full(len(usable), np.nan)
        whole[usable] = line
        return whole

    return ProcessLimits(
        placed(within.centre), placed(within.lower), placed(within.upper),
        placed(within.near_lower), placed(within.near_upper),
    )  # fmt: skip
