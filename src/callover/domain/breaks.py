"""Changes in recording practice, and which comparisons they make unlike (DAT-21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from callover.domain.periods import Month

EARLY_MONTHS = 3
"""So many months of the earlier year counted the old way make two years unlike."""


class Reach(StrEnum):
    """What a change in practice makes unlike."""

    COUNTS = "counts"  # numbers before and after are not counted alike
    PARTS = "parts"  # only the division into parts changed, the whole is counted as before
    RATES = "rates"  # only the denominator changed
    SUPPLY = "supply"  # nothing is counted otherwise; returns began or ended


@dataclass(frozen=True, slots=True)
class PracticeBreak:
    """A date on which recording practice changed, and what changed."""

    on: date
    word: str  # a word or two for the chart
    note: str
    area: str = ""  # the area where it happened; empty: every area that uses the set
    sources: tuple[str, ...] = ()  # whose counting changed; empty: every source's
    series: tuple[str, ...] = ()  # lines beside the indicator's own that are counted otherwise too
    reach: Reach = Reach.COUNTS

    def concerns(self, source: str, area: str) -> bool:
        """Whether it happened to this source's figures of this area."""
        return self.area in ("", area) and (not self.sources or source in self.sources)

    @property
    def said(self) -> str:
        """``1 January 2017 (arson counted apart)``."""
        return f"{self.on.day} {Month.containing(self.on).name} ({self.word})"


def counted_apart(
    breaks: Iterable[PracticeBreak],
    measure: str,
    month: Month,
    source: str,
    area: str,
    before: Month | None = None,
) -> PracticeBreak | None:
    """The latest break between the two stretches that a change compares.

    ``measure`` is a year to date's, a month's or a rolling year's; ``before`` is the month with
    which the earlier stretch ends, a year earlier unless given. A rolling year tolerates a break in
    its first ``EARLY_MONTHS``: then nearly all of both years is counted alike.
    """
    before = before or month - 12
    alike_since = {
        "month": before.first_day,
        "ytd": before.financial_year.first.first_day,
    }.get(measure.partition("_")[0], (before - 12 + EARLY_MONTHS).last_day)
    between = [
        each
        for each in breaks
        if each.reach is Reach.COUNTS
        and each.concerns(source, area)
        and alike_since < each.on <= month.last_day
    ]
    return max(between, key=lambda each: each.on, default=None)
