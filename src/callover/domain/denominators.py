"""Which vintage of a denominator a rate uses: explicit dates first, then two plain rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from callover.domain.indicators import DenominatorUse
from callover.domain.periods import Month

YEAR_BEFORE = "year_before"
"""The latest held of a year before the financial year's first (2016/17: mid-2015 or older)."""

LATEST = "latest"
"""The latest held that is not after the month; where none is, the earliest held."""

RULES = (YEAR_BEFORE, LATEST)


def use_in_force(
    uses: Iterable[DenominatorUse], kind: str, indicator: str, month: Month
) -> DenominatorUse | None:
    """The use of ``kind`` that holds for ``indicator`` in ``month``.

    A use that names the indicator goes before one for all; then the one that began last.
    """
    candidates = [
        use
        for use in uses
        if use.kind == kind
        and use.from_month <= month
        and (not use.indicators or indicator in use.indicators)
    ]
    return max(candidates, key=lambda use: (bool(use.indicators), use.from_month), default=None)


def choose_vintage(use: DenominatorUse, month: Month, held: Collection[date]) -> date | None:
    """The day of the snapshot to divide by, of those ``held`` for an area; None where none fits."""
    chosen = _by_word(use.vintage, month, held)
    if chosen is None and use.otherwise:
        return _by_word(use.otherwise, month, held)
    return chosen


def _by_word(vintage: str, month: Month, held: Collection[date]) -> date | None:
    """A vintage word applied to the days held."""
    if vintage == LATEST:
        past = [day for day in held if day <= month.last_day]
        return max(past) if past else min(held, default=None)
    if vintage == YEAR_BEFORE:
        first_year = month.financial_year.start
        return max((day for day in held if day.year < first_year), default=None)
    return max((day for day in held if day.isoformat().startswith(vintage)), default=None)
