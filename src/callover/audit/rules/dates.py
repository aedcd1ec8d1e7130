"""Days and times: weekdays, days that do not exist, order, and meetings at the same time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

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
TIME_ORDER = Rule(
    "time-backwards",
    "A time ends before it begins",
    Severity.SUSPICIOUS,
    "What begins in the day ends later on that day.",
    "10.00 to 09.30.",
    "Check both times; am and pm are the usual cause.",
    "It goes on over midnight; then say until when of the next day.",
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
        for text, place in claims.worded_of(section):
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


_WEEK = re.compile(r"\b(?:w/c|week commencing|week beginning)\s*$", re.IGNORECASE)


def weeks(claims: Claims, book: Book) -> Iterator[Finding]:
    """Weeks that are said to commence on another day than a Monday."""
    meeting = claims.meeting
    for section, place, text, day in _days(claims):
        falls = _in_year(day, meeting)
        if falls is None or day.weekday or not _WEEK.search(text[: day.start]):
            continue
        book.note(place, day.text)
        if falls.weekday() not in (0, 6):
            yield finding(
                WEEKDAY, Spot(section.title, place, f"w/c {day.text}", _around(text, day)),
                "a Monday", f"{falls.day} {falls:%B %Y} is a {weekday_of(falls)}", None, "",
                Severity.SUSPICIOUS, 0.8,
            )  # fmt: skip


def periods(claims: Claims, book: Book) -> Iterator[Finding]:
    """Periods that end before they begin."""
    for section in claims.sections:
        for text, place in claims.worded_of(section):
            tidy = plain(text)
            for first, last in pairwise(days_in(tidy)):
                if not (first.day and last.day and first.year_said and last.year_said):
                    continue
                if not _UNTIL.fullmatch(tidy[first.end : last.start]):
                    continue
                book.note(place, first.text, last.text)
                if last.day < first.day:
                    printed = tidy[first.start : last.end]
                    yield finding(
                        DATE_ORDER, Spot(section.title, place, printed, _around(tidy, first)),
                        "a day after it begins", f"{last.text} is before {first.text}",
                        None, "", Severity.WRONG, 0.9,
                    )  # fmt: skip


_UNTIL = re.compile(r"\s*(?:-|–|—|to|until|till)\s*", re.IGNORECASE)


def no_such_days(claims: Claims, book: Book) -> Iterator[Finding]:
    """Days beyond their month's last."""
    for section, place, text, day in _days(claims):
        book.note(place, day.text)
        if day.day is None and not day.text.startswith("0"):
            yield finding(
                NO_SUCH_DAY, Spot(section.title, place, day.text, _around(text, day)),
                "a day of that month", f"there is no {day.text}",
            )  # fmt: skip


def _of_rows(section: Section) -> Iterator[Place]:
    """The cells of rows that say more than a date, such as what is due when."""
    for table in section.tables:
        for row in table.rows:
            if sum(bool(cell.text.strip()) for cell in row) > 2:
                yield from (cell.place for cell in row)


def later_letters(claims: Claims, book: Book) -> Iterator[Finding]:
    """Lines that date a letter or paper after the meeting."""
    meeting = claims.meeting
    places = {place for section in claims.sections for place in _of_rows(section)}
    for section, place, text, day in _days(claims):
        if place in places:
            continue
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
    known: list[tuple[date, int, int, str, Spot]] = []
    for section in claims.sections:
        day: date | None = None
        for text, place in claims.worded_of(section):
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
            for other_day, other_begins, other_ends, end, other in known:
                if other_day == day and begins < other_ends and other_begins < ends:
                    yield finding(
                        TIMES, spot, f"after {end}",
                        f"{found[0]} and {other.printed} on {day.day} {day:%B %Y}", other,
                    )  # fmt: skip
            known.append((day, begins, ends, found["to"], spot))


_CLOCK = re.compile(
    r"(?<![\d.:,])(?P<from>\d{1,2}(?:[:.]\d{2})?)\s?(?P<a>[ap]m)?\s*(?:-|–|to|until)\s*"
    r"(?P<to>\d{1,2}(?:[:.]\d{2})?)\s?(?P<b>[ap]m)?(?![\d.:,]*\d|\s?%)",
    re.IGNORECASE,
)
_DAY_BEGINS, _DAY_ENDS, _MIDNIGHT = 7 * 60, 18 * 60, 24 * 60


def backwards(claims: Claims, book: Book) -> Iterator[Finding]:
    """Times that begin in the day and end before they begin."""
    for section in claims.sections:
        for text, place in claims.worded_of(section):
            for found in _CLOCK.finditer(plain(text)):
                times = _both_times(found)
                if times is None or not _DAY_BEGINS <= times[0] < _DAY_ENDS:
                    continue
                book.note(place, found[0])
                if times[1] < times[0]:
                    yield finding(
                        TIME_ORDER, Spot(section.title, place, found[0], text),
                        f"a time after {found['from']}{found['a'] or ''}",
                        f"{found['to']}{found['b'] or ''} is before it", None, "", None, 0.8,
                    )  # fmt: skip


def _both_times(found: re.Match[str]) -> tuple[int, int] | None:
    """Both in minutes; None for what is no time. Where am and pm are unsaid, 1 to 6 are pm."""
    with_minutes = all(":" in found[end] or "." in found[end] for end in ("from", "to"))
    if not with_minutes and not (found["a"] and found["b"]):
        return None
    begins, ends = (
        _of_day(found[time], found[half]) for time, half in (("from", "a"), ("to", "b"))
    )
    if begins is None or ends is None:
        return None
    return begins, ends or _MIDNIGHT


def _of_day(text: str, half: str | None) -> int | None:
    hours, _, minutes = text.replace(".", ":").partition(":")
    hour, minute = int(hours), int(minutes or 0)
    if hour > 23 or minute > 59:
        return None
    if half:
        return (hour % 12 + (12 if half.lower() == "pm" else 0)) * 60 + minute
    return (hour + (12 if len(hours) == 1 and hour < 7 else 0)) * 60 + minute


def _minutes(text: str) -> int:
    hours, minutes = re.split(r"[:.]", text)
    return int(hours) * 60 + int(minutes)


CHECKS = (
    Check(WEEKDAY, weekdays),
    Check(NO_SUCH_DAY, no_such_days),
    Check(LATER_LETTER, later_letters),
    Check(DATE_ORDER, order),
    Check(TIMES, times),
    Check(WEEKDAY, weeks),
    Check(DATE_ORDER, periods),
    Check(TIME_ORDER, backwards),
)
