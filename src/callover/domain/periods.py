"""Months, financial years and the periods a published value can cover."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

MONTH_NAMES = tuple(calendar.month_name)[1:]
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, held as months since year 0 so that arithmetic is plain integers."""

    index: int

    def __post_init__(self) -> None:
        if not 12 * 1900 <= self.index < 12 * 2200:
            raise ValueError(f"a month outside 1900 to 2199 (index {self.index})")

    @classmethod
    def of(cls, year: int, month: int) -> Month:
        """The month ``month`` (1 to 12) of ``year``."""
        if not 1 <= month <= 12:
            raise ValueError(f"{month} is no month: expected 1 to 12")
        return cls(year * 12 + month - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """``2016-09`` as a month; raises ValueError for anything else."""
        match = _ISO_MONTH.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is no month: write it as 2016-09")
        return cls.of(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Month:
        """The month in which ``day`` lies."""
        return cls.of(day.year, day.month)

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.index // 12

    @property
    def month(self) -> int:
        """Calendar month, 1 to 12."""
        return self.index % 12 + 1

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def position(self) -> int:
        """Place in the financial year: April is 1, March is 12."""
        return (self.month - 4) % 12 + 1

    @property
    def financial_year(self) -> FinancialYear:
        """The financial year (April to March) it lies in."""
        return FinancialYear(self.year if self.month >= 4 else self.year - 1)

    @property
    def name(self) -> str:
        """As people write it: September 2016."""
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    @property
    def short_name(self) -> str:
        """Short form for headings: Sep 2016."""
        return f"{MONTH_NAMES[self.month - 1][:3]} {self.year}"

    def __add__(self, months: int) -> Month:
        return Month(self.index + months)

    def __sub__(self, months: int) -> Month:
        return Month(self.index - months)

    def __lt__(self, other: Month) -> bool:
        return self.index < other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, order=True, slots=True)
class FinancialYear:
    """A year from 1 April to 31 March, known by the calendar year it starts in."""

    start: int

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """``2016/17`` as a financial year; raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})[/-](\d{2})", text.strip())
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"{text!r} is no financial year: write it as 2016/17")
        return cls(int(match[1]))

    @property
    def first(self) -> Month:
        """Its April."""
        return Month.of(self.start, 4)

    @property
    def last(self) -> Month:
        """Its March."""
        return Month.of(self.start + 1, 3)

    @property
    def months(self) -> tuple[Month, ...]:
        """April to March."""
        return tuple(self.first + i for i in range(12))

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"


class PeriodKind(StrEnum):
    """What stretch of time a stored value is about.

    The additive kinds (``is_sum``) are sums over whole months; a snapshot is the state on one day;
    a cohort or window follows people and has its own start, end and release date.
    """

    MONTH = "month"
    QUARTER = "quarter"
    YEAR_TO_DATE = "year_to_date"
    FINANCIAL_YEAR = "financial_year"
    ROLLING12 = "rolling12"
    MONTHS = "months"  # several whole months known only as one sum
    COHORT = "cohort"
    WINDOW = "window"
    SNAPSHOT = "snapshot"

    @property
    def is_sum(self) -> bool:
        """Whether a count over this kind is the sum of its months."""
        return self not in (PeriodKind.COHORT, PeriodKind.WINDOW, PeriodKind.SNAPSHOT)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days of a given kind; raises ValueError where dates and kind disagree."""

    kind: PeriodKind
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the period ends on {self.end}, before it starts on {self.start}")
        if not self.kind.is_sum:
            return
        first, last = Month.containing(self.start), Month.containing(self.end)
        if self.start != first.first_day or self.end != last.last_day:
            raise ValueError(
                f"a {self.kind} is made of whole months, not {self.start} to {self.end}"
            )
        _check_span(self.kind, first, last)

    @classmethod
    def month(cls, month: Month) -> Period:
        """One calendar month."""
        return cls(PeriodKind.MONTH, month.first_day, month.last_day)

    @classmethod
    def ending(cls, kind: PeriodKind, last: Month) -> Period:
        """The period of a kind of fixed length (month, quarter, year …) that ends with ``last``."""
        spans = {
            PeriodKind.MONTH: 1,
            PeriodKind.QUARTER: 3,
            PeriodKind.YEAR_TO_DATE: last.position,
            PeriodKind.FINANCIAL_YEAR: 12,
            PeriodKind.ROLLING12: 12,
        }
        if kind not in spans:
            raise ValueError(f"a {kind} needs a start and an end")
        return cls(kind, (last - (spans[kind] - 1)).first_day, last.last_day)

    @property
    def first_month(self) -> Month:
        """Month of its first day."""
        return Month.containing(self.start)

    @property
    def last_month(self) -> Month:
        """Month of its last day."""
        return Month.containing(self.end)

    @property
    def months(self) -> int:
        """Number of calendar months it touches."""
        return self.last_month.index - self.first_month.index + 1


def _check_span(kind: PeriodKind, first: Month, last: Month) -> None:
    """Raise ValueError where a month-sum's length or position is not its kind's."""
    span = last.index - first.index + 1
    wanted = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}.get(kind, 12)
    if kind in (PeriodKind.MONTHS, PeriodKind.YEAR_TO_DATE):
        wanted = span
    if span != wanted:
        raise ValueError(f"a {kind} has {wanted} months, {first} to {last} has {span}")
    if kind is PeriodKind.YEAR_TO_DATE and (first.position != 1 or span > 12):
        raise ValueError(f"a year to date starts in April, not in {first}")
    if kind is PeriodKind.FINANCIAL_YEAR and first.position != 1:
        raise ValueError(f"a financial year starts in April, not in {first}")
    if kind is PeriodKind.QUARTER and (first.month - 1) % 3 != 0:
        raise ValueError(f"a quarter starts in January, April, July or October, not in {first}")
