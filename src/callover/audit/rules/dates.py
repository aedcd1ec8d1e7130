"""Days and times: weekdays, days that do not exist, order, and meetings at the same time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.pack import Place
from callover.audit.reading.months import Day, days_in, weekday_of
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

WEEKDAY = Rule(
    "weekday",
    "A date does not fall on the weekday named",
    Severity.WRONG,
    "The weekday printed beside a date is the one that the date falls on.",
    "Friday 6 December 2016: that day is a Tuesday.",
    "Check which of the two is meant, and correct the other.",
)
NO_SUCH_DAY = Rule(
    "no-such-day",
    "A date that does not exist",
    Severity.WRONG,
    "Months have 28 to 31 days, and 29 February is in leap years only.",
    "31 November 2016.",
    "Correct the date.",
)
LATER_LETTER = Rule(
    "date-after-pack",
    "A letter or paper is dated after the pack",
    Severity.WRONG,
    "What a pack encloses was written before the meeting it was made for.",
    "A letter of 18 November 2017 in the pack of December 2016.",
    "Correct the year.",
)
DATE_ORDER = Rule(
    "dates-out-of-order",
    "Dates of a list are out of order",
    Severity.SUSPICIOUS,
    "Where one step follows another, its date is not earlier; a period ends after it begins.",
    "Policy to Cabinet on 17 January 2016 after consultation to November 2016.",
    "Correct the year or the order.",
)
TIMES = Rule(
    "times-overlap",
    "Two meetings of one day overlap",
    Severity.SUSPICIOUS,
    "Parts of one meeting, or two meetings of the same people, follow one another.",
    "Board 17:15 to 19:15, open meeting 17:30 to 21:00, both on 15 September.",
    "Check the times; the next meeting's times often show what was meant.",
)
_TIMES = re.compile(r"(?P<from>\d{1,2}[:.]\d{2})\s*(?:-|–|to)\s*(?P<to>\d{1,2}[:.]\d{2})")
_LETTER_LINE = 40
"""A line no longer than this, with nothing but a date, dates a letter."""


def _days(claims: Claims) -> Iterator[tuple[Section, Place, str, Day]]:
    for section in claims.sections:
        for text, place in claims.texts_of(section):
            tidy = plain(text)
            for day in days_in(tidy):
                yield section, place, tidy, day


def weekdays(claims: Claims, book: Book) -> Iterator[Finding]:
    """Weekdays that are not those of their dates; a year unsaid is the meeting's."""
    meeting = claims.meeting
    for section, place, text, day in _days(claims):
        if not day.weekday:
            continue
        falls = _in_year(day, meeting)
        if falls is None:
            continue
        book.note(place, day.text)
        if weekday_of(falls).lower() != day.weekday:
            yield finding(
                WEEKDAY, Spot(section.title, place, day.text, _around(text, day)),
                f"{weekday_of(falls)} {falls.day} {falls:%B %Y}",
                f"{falls.day} {falls:%B %Y} is a {weekday_of(falls)}", None, "",
                None, 0.95 if day.year_said else 0.8,
            )  # fmt: skip


def _in_year(day: Day, meeting: date | None) -> date | None:
    """The date, in the year nearest to the meeting where none is said."""
    if day.day is None or day.year_said:
        return day.day
    if meeting is None:
        return None
    years = (meeting.year - 1, meeting.year, meeting.year + 1)
    near = [date(year, day.day.month, min(day.day.day, 28)) for year in years]
    year = min(near, key=lambda each: abs((each - meeting).days)).year
    return day.day.replace(year=year) if (day.day.month, day.day.day) != (2, 29) else None


def _around(text: str, day: Day) -> str:
    return text[max(0, day.start - 100) : day.end + 100]


def no_such_days(claims: Claims, book: Book) -> Iterator[Finding]:
    """Days beyond their month's last."""
    for section, place, text, day in _days(claims):
        book.note(place, day.text)
        if day.day is None and not day.text.startswith("0"):
            yield finding(
                NO_SUCH_DAY, Spot(section.title, place, day.text, _around(text, day)),
                "a day of that month", f"there is no {day.text}",
            )  # fmt: skip


def later_letters(claims: Claims, book: Book) -> Iterator[Finding]:
    """Lines that date a letter or paper after the meeting."""
    meeting = claims.meeting
    for section, place, text, day in _days(claims):
        alone = len(text) <= _LETTER_LINE and len(day.text) >= len(text.strip()) - 8
        if meeting is None or day.day is None or not day.year_said or not alone:
            continue
        book.note(place, day.text)
        if (day.day - meeting).days > 180:
            yield finding(
                LATER_LETTER, Spot(section.title, place, day.text, text),
                f"a day before {meeting.day} {meeting:%B %Y}",
                f"the pack is of {meeting.day} {meeting:%B %Y}",
            )  # fmt: skip


def order(claims: Claims, book: Book) -> Iterator[Finding]:
    """Future events dated before the text that announces them."""
    for said in claims.said:
        text = said.sentence.text
        if not re.search(r"\b(?:will|pencilled|planned|due|scheduled|consideration)\b", text):
            continue
        yield from _announced(claims, said, book)


def _announced(claims: Claims, said: Said, book: Book) -> Iterator[Finding]:
    meeting = claims.meeting
    for day in days_in(said.sentence.text):
        if meeting is None or day.day is None or not day.year_said:
            continue
        book.note(said.sentence.place, day.text)
        if 200 < (meeting - day.day).days < 500:
            yield finding(
                DATE_ORDER, spot_of_sentence(said.sentence, day.text),
                f"{day.day.day} {day.day:%B} {day.day.year + 1}",
                f"announced as still to come in a pack of {meeting.day} {meeting:%B %Y}",
                None, "", None, 0.85,
            )  # fmt: skip


def times(claims: Claims, book: Book) -> Iterator[Finding]:
    """Headed meetings of one day whose times overlap."""
    known: list[tuple[date, int, int, Spot]] = []
    for section in claims.sections:
        day: date | None = None
        for text, place in claims.texts_of(section):
            first = next(
                (each for each in days_in(plain(text)) if each.day and each.year_said), None
            )
            if first is not None and text.lower().startswith("date"):
                day = first.day
            found = _TIMES.search(plain(text))
            if found is None or day is None or not text.lower().startswith("time"):
                continue
            begins, ends = _minutes(found["from"]), _minutes(found["to"])
            spot = Spot(section.title, place, found[0], text)
            book.note(place, found[0])
            for other_day, other_begins, other_ends, other in known:
                if other_day == day and begins < other_ends and other_begins < ends:
                    yield finding(
                        TIMES, spot, f"after {other.printed.rpartition('-')[2].strip()}",
                        f"{found[0]} and {other.printed} on {day.day} {day:%B %Y}", other,
                    )  # fmt: skip
            known.append((day, begins, ends, spot))


def _minutes(text: str) -> int:
    hours, minutes = re.split(r"[:.]", text)
    return int(hours) * 60 + int(minutes)


CHECKS = (
    Check(WEEKDAY, weekdays),
    Check(NO_SUCH_DAY, no_such_days),
    Check(LATER_LETTER, later_letters),
    Check(DATE_ORDER, order),
    Check(TIMES, times),
)
