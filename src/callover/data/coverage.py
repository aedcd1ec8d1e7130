"""What should have arrived by now, and what did. Zero is not "not supplied"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from callover.domain.indicators import SourceDefinition
from callover.domain.periods import Month

_EVERY = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a source stands: the last period it gave and the last that was due."""

    latest: Month | None
    expected: Month | None
    due: date | None  # when the expected period was due
    next_due: date | None

    @property
    def missed(self) -> int:
        """Months between what was due and what came; 0 where nothing is owed."""
        if self.expected is None:
            return 0
        if self.latest is None:
            return 1
        return max(0, self.expected.index - self.latest.index)

    @property
    def is_late(self) -> bool:
        """Whether a period was due and has not come."""
        return self.missed > 0


def due_date(source: SourceDefinition, period: Month) -> date:
    """The day on which the period ending with ``period`` is due."""
    month = period + source.lag_months
    if source.due_day is None:
        return month.last_day
    return month.first_day + timedelta(days=min(source.due_day, month.last_day.day) - 1)


def period_ends(source: SourceDefinition, month: Month) -> Month:
    """The last month of the latest complete period at ``month``."""
    return month - _past_end(source, month, _EVERY.get(source.frequency, 1))


def _past_end(source: SourceDefinition, month: Month, every: int) -> int:
    """Months since the source's last period ended; 0 in the month with which one ends."""
    return (month.month - source.year_ends) % every


def due_date_of(source: SourceDefinition, month: Month) -> date:
    """The day on which a figure for ``month`` is due: with the period that ends on or after it.

    What comes once has no due day; no month of it can come before its last day.
    """
    every = _EVERY.get(source.frequency)
    if every is None:
        return month.last_day
    return due_date(source, month + (-_past_end(source, month, every) % every))


def coverage(source: SourceDefinition, latest: Month | None, today: date) -> Coverage:
    """Where the source stands on ``today``; a source that comes once is never late.

    A period is owed once its due day has passed: on the day itself it may still come.
    """
    if source.frequency not in _EVERY:
        return Coverage(latest, None, None, None)
    every = _EVERY[source.frequency]
    period = period_ends(source, Month.containing(today))
    while due_date(source, period) >= today:
        period -= every
    return Coverage(latest, period, due_date(source, period), due_date(source, period + every))
