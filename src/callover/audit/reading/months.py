"""Months, years and days as packs write them, and stretches of months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from callover.audit.reading.numbers import KEPT
from callover.domain.periods import MONTH_NAMES, FinancialYear, Month

_NAMES = "|".join(
    rf"{name[:3]}(?:{name[3:]})?" if name != "September" else "Sept?(?:ember)?"
    for name in MONTH_NAMES
)
_DASH = r"\s*(?:-|–|—|to|until|and)\s*"
_FULL = r"(?:19[2-9]|20[0-8])\d"
"""A year in four digits: 1800 behind a month is a time, and years far off are empty dates."""
_SHORT = r"[0-5]\d"
"""A year in two digits, of this century: "June 88" is a row of June with 88 of something."""
_NO_TIME = r"(?!\s?h(?:ou)?rs?\b)"
_MONTH_YEAR = rf"(?:{_NAMES})\.?(?:\s|-|–|'|’)*(?:{_FULL}|{_SHORT})(?![\d%]){_NO_TIME}"
_MONTH = re.compile(
    rf"\b(?P<name>{_NAMES})\.?(?:\s|-|–|'|’)*(?P<year>{_FULL}|{_SHORT})(?![\d%]|[.,]\d){_NO_TIME}",
    re.IGNORECASE,
)
_ISO = re.compile(rf"(?P<year>{_FULL})-(?P<month>0[1-9]|1[0-2])")
_SPAN = re.compile(rf"\b(?P<first>{_MONTH_YEAR}){_DASH}(?P<last>{_MONTH_YEAR})", re.IGNORECASE)
_SAME_YEAR = re.compile(
    rf"\b(?P<first>{_NAMES}){_DASH}(?P<last>(?:{_NAMES})\.?\s+{_FULL})\b", re.IGNORECASE
)
_YEAR = re.compile(rf"(?<![\d/])(?P<start>{_FULL})\s?[/–-]\s?(?P<end>{_FULL}|\d{{2}})(?![\d/-])")
_LONGER = re.compile(r"plan|strateg|contract|programme|agreement|grant|lease", re.IGNORECASE)
"""What two years apart may name: a plan of several years."""
_TWO_YEARS = 2
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+(?:the\s+)?)?"
    rf"(?<!\d)(?P<day>[0-3]?\d)\s?(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_NAMES})\b"
    r"(?:,?\s+(?P<year>(?:19|20)\d{2}))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NUMERIC_DAY = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?![\d/])")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Whole months from ``first`` to ``last``."""

    first: Month
    last: Month

    @property
    def months(self) -> int:
        """How many."""
        return self.last.index - self.first.index + 1

    @property
    def is_year(self) -> bool:
        """Whether it is a financial year."""
        return self.months == 12 and self.first.position == 1

    @property
    def is_to_date(self) -> bool:
        """Whether it begins with a financial year and ends within it."""
        return self.first.position == 1 and self.months <= 12

    @property
    def name(self) -> str:
        """As people write it."""
        if self.months == 1:
            return self.first.name
        if self.is_year:
            return str(self.first.financial_year)
        return f"{self.first.name} to {self.last.name}"

    def years_before(self, years: int = 1) -> Span:
        """The same months ``years`` earlier."""
        return Span(self.first - 12 * years, self.last - 12 * years)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of months, and where in the text it stands."""

    start: int
    end: int
    span: Span


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed; ``day`` is None where there is none such, ``weekday`` "" where unsaid."""

    start: int
    end: int
    text: str
    weekday: str
    day: date | None
    year_said: bool

    @property
    def weekday_is_right(self) -> bool:
        """Whether the day falls on the weekday said, or none is said."""
        return self.day is None or not self.weekday or _WEEKDAYS[self.day.weekday()] == self.weekday


def weekday_of(day: date) -> str:
    """``Tuesday``."""
    return _WEEKDAYS[day.weekday()].capitalize()


@lru_cache(maxsize=KEPT)
def read_month(text: str) -> Month | None:
    """A cell that holds one month: ``Apr-16``, ``April 2016``, ``2016-04``; None otherwise."""
    tidy = text.strip().strip("*:")
    found = _MONTH.fullmatch(tidy)
    if found:
        return _month(found["name"], found["year"])
    iso = _ISO.fullmatch(tidy)
    return Month.of(int(iso["year"]), int(iso["month"])) if iso else None


@lru_cache(maxsize=KEPT)
def read_month_name(text: str) -> int:
    """The calendar month that a cell names without a year, 0 otherwise."""
    found = re.fullmatch(rf"({_NAMES})\.?(?:\s|-)*\d?", text.strip(), re.IGNORECASE)
    return _number(found[1]) if found else 0


def twelve_to(month: Month) -> Span:
    """The twelve months that end with ``month``."""
    return Span(month - 11, month)


def to_date(month: Month) -> Span:
    """The financial year up to ``month``."""
    return Span(month.financial_year.first, month)


@lru_cache(maxsize=KEPT)
def spans_in(text: str) -> tuple[Found, ...]:
    """Stretches of months in the order of the text; a span wins over the months that it names."""
    if not _DIGIT.search(text):
        return ()
    found = [*_spans(text), *_same_year_spans(text), *_years(text), *_months(text)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Found] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


@lru_cache(maxsize=KEPT)
def days_in(text: str) -> tuple[Day, ...]:
    """Each day of the text: ``Friday 6 December 2016``, ``26.09.2016``."""
    return (*_named_days(text), *_numeric_days(text)) if _DIGIT.search(text) else ()


def _named_days(text: str) -> Iterator[Day]:
    for found in _DAY.finditer(text):
        year = int(found["year"]) if found["year"] else 0
        month = _number(found["name"])
        yield Day(
            found.start(), found.end(), found[0].strip(), (found["weekday"] or "").lower(),
            _day(year or 2000, month, int(found["day"])), bool(year),
        )  # fmt: skip


def _numeric_days(text: str) -> Iterator[Day]:
    for found in _NUMERIC_DAY.finditer(text):
        day, month, year = int(found[1]), int(found[2]), _full_year(found[3])
        if re.fullmatch(_FULL, str(year)):
            yield Day(found.start(), found.end(), found[0], "", _day(year, month, day), True)


def bad_years_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Pairs of years that are no financial year, such as ``2011/11``."""
    for found in _YEAR.finditer(text):
        start, end = int(found["start"]), int(found["end"])
        ahead = (end - start) % 100
        if ahead == _TWO_YEARS and _LONGER.search(
            text[max(0, found.start() - 40) : found.end() + 40]
        ):
            continue
        if "/" in found[0] and ahead in (0, 99, _TWO_YEARS):
            yield found.start(), found.end(), found[0]


def _spans(text: str) -> Iterator[Found]:
    for found in _SPAN.finditer(text):
        first, last = (_MONTH.match(found[end]) for end in ("first", "last"))
        if first and last:
            ends = (_month(each["name"], each["year"]) for each in (first, last))
            yield from _found(found, *ends)


def _same_year_spans(text: str) -> Iterator[Found]:
    for found in _SAME_YEAR.finditer(text):
        last = read_month(found["last"])
        if last is None:
            continue
        first = Month.of(last.year, _number(found["first"]))
        yield from _found(found, first if first <= last else first - 12, last)


def _years(text: str) -> Iterator[Found]:
    for found in _YEAR.finditer(text):
        year = _financial_year(found)
        if year is not None:
            yield from _found(found, year.first, year.last)


def _months(text: str) -> Iterator[Found]:
    for found in _MONTH.finditer(text):
        month = _month(found["name"], found["year"])
        yield from _found(found, month, month)


def _found(match: re.Match[str], first: Month, last: Month) -> Iterator[Found]:
    if first <= last:
        yield Found(match.start(), match.end(), Span(first, last))


def _financial_year(found: re.Match[str]) -> FinancialYear | None:
    start, end = int(found["start"]), int(found["end"])
    return FinancialYear(start) if end % 100 == (start + 1) % 100 else None


def _month(name: str, year: str) -> Month:
    return Month.of(_full_year(year), _number(name))


def _number(name: str) -> int:
    return next(i for i, each in enumerate(MONTH_NAMES, 1) if each[:3] == name[:3].capitalize())


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
