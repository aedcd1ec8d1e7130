"""The measures: one function each, the only implementation (formulas in docs/methods.md).

Arrays are … × month × area; NaN is "no value". Nothing here rounds. Counts over months come from
potentials, so that a gap, a printed sum and a dense series go through the same line of code.
"""

from __future__ import annotations

import numpy as np

from callover.analysis.arrays import Nodes, Numbers
from callover.analysis.windows import Window, total, year_before
from callover.domain.periods import Month

COUNTS = ("month", "ytd", "rolling12")
"""Counts over months; each has a year before, a change and a change in per cent."""


def window_of(measure: str, first: Month, months: int) -> Window:
    """The stretch of months that a count covers, for each of ``months`` months from ``first``."""
    if measure == "ytd":
        return Window.year_to_date(first, months)
    return Window.last(months, {"month": 1, "rolling12": 12}[measure])


def month(potential: Numbers, component: Nodes) -> Numbers:
    """The count of the month (MEA-05 follows: a month may be implied by printed sums)."""
    return total(potential, component, Window.last(potential.shape[-2] - 1, 1))


def ytd(potential: Numbers, component: Nodes, first: Month) -> Numbers:
    """Year to date: April to the month (MEA-01)."""
    return total(potential, component, Window.year_to_date(first, potential.shape[-2] - 1))


def rolling12(potential: Numbers, component: Nodes) -> Numbers:
    """The latest twelve months (MEA-03, MEA-04)."""
    return total(potential, component, Window.last(potential.shape[-2] - 1, 12))


def previous(now: Numbers) -> Numbers:
    """The same stretch a year before, never the month before (MEA-23)."""
    return year_before(now)


def change(now: Numbers, before: Numbers) -> Numbers:
    """Difference in number; of a percentage, in points (MEA-06)."""
    return now - before


def change_pct(now: Numbers, before: Numbers) -> Numbers:
    """(now / before − 1) × 100, as 100 × (now − before) / before; none on a base of 0 (MEA-02)."""
    return 100.0 * (now - before) / without_zero(before)


def share(part: Numbers, whole: Numbers) -> Numbers:
    """Per cent of the set's total (MEA-08); none where the total is 0."""
    return 100.0 * part / without_zero(whole)


def ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    """A percentage remade from its parts, never added or averaged (MEA-15, MEA-24)."""
    return 100.0 * numerator / without_zero(denominator)


def rate(count: Numbers, denominator: Numbers, per: float) -> Numbers:
    """Count per so many residents or households (MEA-09 to MEA-14)."""
    return count / without_zero(denominator) * per


def per_cent_of(value: Numbers, target: Numbers) -> Numbers:
    """Progress: actual as per cent of the target to date (MEA-18)."""
    return 100.0 * value / without_zero(target)


def without_zero(values: Numbers) -> Numbers:
    """``values`` with NaN for 0, so that dividing by it gives no value."""
    return np.where(values == 0, np.nan, values)


def needed_per_month(target: float, so_far: float, months_left: int) -> float:
    """(target − so far) / months left, never below 0: a target reached needs nothing (MEA-17)."""
    return max(0.0, target - so_far) / months_left
