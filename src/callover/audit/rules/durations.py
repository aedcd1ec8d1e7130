"""How long something lasts, between the two dates that a sentence gives, or that a row has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, permutations

from callover.audit.claims import Claims, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import in_a_row
from callover.audit.reading.months import Day, days_in
from callover.audit.reading.number_words import NUMBER_WORDS, counted
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.due_dates import dates_of
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

DURATION = Rule(
    "duration-of-dates",
    "A duration is not that between its dates",
    Severity.WRONG,
    "Weeks, months and years in words, and columns of days, are those between the two dates named.",
    '"For six weeks from 2 December 2024 to 5 January 2025": those are five.',
    "Count again; correct the duration or a date.",
)
_ABOUT = r"\w+ than|about|around|nearly|almost|over|under|roughly|some|least|up to|next|first|last"
_LASTS = (
    rf"(?P<about>\b(?:{_ABOUT})\s+)?"
    rf"\b(?P<number>\d{{1,3}}|{'|'.join(NUMBER_WORDS)})[\s-](?P<unit>week|month|year)s?\b"
)
_BEFORE = re.compile(
    rf"{_LASTS}(?!\s+(?:ago|before|earlier|later|after))(?:\s+\w+){{0,2}}?\s*"
    r"(?:,|:|\(|,?\s(?:from|between))\s*$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:from|since|start\w*|beg[ai]n\w*|commenc\w+|open\w*|launch\w*|in(?:to)? force)\b"
    r"[^.;\d]{0,20}$",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:exten|renew|defer|postpone|delay|adjourn|suspen|agree)", re.IGNORECASE
)
_BETWEEN = re.compile(
    rf"(?:[^.;\d]{{0,40}}?\bfor\s+(?:a period of\s+)?|[^.;\d]{{0,40}}?){_LASTS}"
    r"(?:\s+(?:later|afterwards))?,?\s*(?:(?:to|until|till|and ends|ending)\s+)?(?:on\s+)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s*[,(]\s*(?:a period of\s+)?{_LASTS}\s*(?:[,.)]|$)", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:-|–|—|to|until|till|and)\s*", re.IGNORECASE)
_NEAR = {"week": 4, "month": 7, "year": 20}
"""Days by which a duration may be off: whole weeks are told with or without the last week-end."""
_DAYS = {"week": 7, "month": 30.44, "year": 365.25}
_LEAP_DAY = (2, 29)
_NUMBER = re.compile(r"(\d{1,4})(?:\s+days?)?", re.IGNORECASE)
_LEAST = 3


def durations(claims: Claims, book: Book) -> Iterator[Finding]:
    """Durations in words beside two dates, one right after the other."""
    for said in claims.said:
        text = said.sentence.text
        for first, last in pairwise(days_in(text)):
            ends = _dates(first, last)
            found = _duration(text, first, last) if ends else None
            if ends is None or found is None or found["about"]:
                continue
            number, unit = counted(found["number"]), found["unit"].lower()
            book.note(said.sentence.place, first.text, last.text)
            if not _lasts(ends, number, unit):
                printed = f"{found['number']} {unit}{'s' if number > 1 else ''}"
                yield finding(
                    DURATION, spot_of_sentence(said.sentence, printed), _told(ends, unit),
                    f"{first.text} to {last.text} is {(ends[1] - ends[0]).days + 1} days",
                    None, "", None, 0.9,
                )  # fmt: skip


def _dates(first: Day, last: Day) -> tuple[date, date] | None:
    """Both days; a first without a year is in the year of the last, or the one before."""
    if first.day is None or last.day is None or not last.year_said:
        return None
    day = first.day
    if not first.year_said:
        if (day.month, day.day) == _LEAP_DAY:
            return None
        day = day.replace(year=last.day.year)
        day = day.replace(year=day.year - 1) if day > last.day else day
    return (day, last.day) if day < last.day else None


def _duration(text: str, first: Day, last: Day) -> re.Match[str] | None:
    """The duration that a text gives of the stretch between two days: before both, between them,
    or behind both."""
    between = text[first.end : last.start]
    if _UNTIL.fullmatch(between):
        return _BEFORE.search(text[: first.start]) or _BEHIND.match(text[last.end :])
    found = _BETWEEN.fullmatch(between)
    if found is None or _OTHERWISE.search(between):
        return None
    later = re.search(r"\b(?:later|afterwards)\b", between)
    begins = re.search(r"\bfor\b", between) and _BEGINS.search(text[: first.start])
    return found if later or begins else None


def _lasts(ends: tuple[date, date], number: int, unit: str) -> bool:
    """Whether so many weeks, months or years may be what lies between two days."""
    days = (ends[1] - ends[0]).days + 1
    return abs(days - number * _DAYS[unit]) <= _NEAR[unit]


def _told(ends: tuple[date, date], unit: str) -> str:
    number = round(((ends[1] - ends[0]).days + 1) / _DAYS[unit])
    return f"about {number} {unit}{'s' if number != 1 else ''}" if number else f"less than a {unit}"


# Columns of days


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row's whole number with the days between two of its dates."""

    number: int
    days: int
    cell: Cell
    row: Row


def days_of_rows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of whole numbers that are, in most rows, the days between two columns of dates."""
    for section in claims.sections:
        for table in section.tables:
            yield from _days_of(section, table, book)


def _days_of(section: Section, table: Table, book: Book) -> Iterator[Finding]:
    rows = [(row, days) for row in table.rows if len(days := dates_of(row)) > 1]
    columns = sorted({column for _, days in rows for column in days})
    numbers = sorted({at for row, _ in rows for at, cell in enumerate(row) if _whole(cell)})
    for at in numbers if len(rows) >= _LEAST else ():
        for one, other in permutations(columns, 2):
            yield from _otherwise(section, _counts(rows, at, one, other), book)


def _counts(
    rows: Sequence[tuple[Row, dict[int, date]]], at: int, one: int, other: int
) -> list[_Counted]:
    return [
        _Counted(number, (days[other] - days[one]).days, row[at], row)
        for row, days in rows
        if one in days and other in days and at < len(row) and (number := _whole(row[at]))
    ]


def _otherwise(section: Section, counts: Sequence[_Counted], book: Book) -> Iterator[Finding]:
    """Those that differ, where at least three rows and three of four are equal."""
    for more in (0, 1):
        wrong = [each for each in counts if each.number != each.days + more]
        if len(counts) - len(wrong) < max(_LEAST, 3 * len(wrong)):
            continue
        for each in counts:
            book.note(each.cell.place, each.cell.text)
        for each in wrong:
            excerpt = in_a_row(each.row)
            yield finding(
                DURATION, Spot(section.title, each.cell.place, each.cell.text.strip(), excerpt),
                f"{each.days + more} days",
                f"{each.days + more} days lie between the row's dates, as in "
                f"{len(counts) - len(wrong)} other rows",
            )  # fmt: skip
        return


def _whole(cell: Cell) -> int:
    """A whole number of days, 0 for none."""
    found = _NUMBER.fullmatch(plain(cell.text).strip())
    return int(found[1]) if found else 0


CHECKS = (
    Check(DURATION, durations),
    Check(DURATION, days_of_rows),
)
