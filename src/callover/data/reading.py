"""What people write in cells: numbers, dates, words for no value. Nothing becomes a silent zero."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from callover.domain.periods import MONTH_NAMES, Month
from callover.domain.states import State

WORDS_FOR_NONE = {
    "tbc": State.NOT_SUPPLIED,
    "tba": State.NOT_SUPPLIED,
    "to be confirmed": State.NOT_SUPPLIED,
    "not supplied": State.NOT_SUPPLIED,
    "not available": State.NOT_SUPPLIED,
    "no data": State.NOT_SUPPLIED,
    "missing": State.NOT_SUPPLIED,
    "..": State.NOT_SUPPLIED,
    "[x]": State.NOT_SUPPLIED,
    "x": State.NOT_SUPPLIED,
    "-": State.NOT_SUPPLIED,
    "–": State.NOT_SUPPLIED,
    "n/a": State.NOT_APPLICABLE,
    "na": State.NOT_APPLICABLE,
    "not applicable": State.NOT_APPLICABLE,
    "[z]": State.NOT_APPLICABLE,
    "not due": State.NOT_DUE,
    "late": State.LATE,
    "suppressed": State.SUPPRESSED,
    "[c]": State.SUPPRESSED,
    "*": State.SUPPRESSED,
    "~": State.SUPPRESSED,
}
"""What stands for no value, in lower case, and the state it names."""

LARGEST = 2**53
"""Beyond this a stored number is no longer exact to one."""

_LIMIT = re.compile(r"(?:<|less than|fewer than|under)\s*\d+", re.IGNORECASE)
_NUMBER = re.compile(r"[+\-−]?£?(\d+|\d{1,3}(?:[, \u00a0\u202f\u2009]\d{3})+)(\.\d+)?\s*%?")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}|-?\d+,\d{4,}|-?\d{1,3}(?:\.\d{3})+,\d+")
_ERRORS = ("#n/a", "#value!", "#ref!", "#div/0!", "#name?", "#num!", "#null!")
_SERIAL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell cannot be taken, and what to do."""

    reason: str
    remedy: str = ""


def read_number(text: str) -> float | State | Unreadable:
    """A number, the state that a word names, or why it is neither. Empty text is unreadable."""
    bare = text.strip()
    word = WORDS_FOR_NONE.get(bare.lower()) or WORDS_FOR_NONE.get(bare.lower().rstrip("."))
    if word is not None:
        return word
    if _LIMIT.fullmatch(bare):
        return State.SUPPRESSED
    if _DECIMAL_COMMA.fullmatch(bare):
        return Unreadable("has a decimal comma", "Write a decimal point; commas are for thousands.")
    if bare.lower() in _ERRORS:
        return Unreadable("is a spreadsheet error", "Put right the formula, or give a state.")
    if not _NUMBER.fullmatch(bare):
        return Unreadable("is no number", "Write a number, or leave it empty and give a state.")
    digits = re.sub(r"[£%, \u00a0\u202f\u2009]", "", bare).replace("−", "-")
    value = float(digits)
    if not abs(value) <= LARGEST:
        return Unreadable("is too large to be a figure")
    return value


def read_day(text: str, last: bool) -> date | Unreadable:
    """A day: 2016-09-30, 30/09/2016, a spreadsheet serial; a month gives its first or last day."""
    bare = text.strip()
    for pattern, order in ((_ISO, (1, 2, 3)), (_BRITISH, (3, 2, 1))):
        match = pattern.fullmatch(bare)
        if match:
            try:
                return date(*(int(match[i]) for i in order))
            except ValueError:
                return Unreadable("is no day of the calendar", "Write it as 2016-09-30.")
    if re.fullmatch(r"\d{5}(\.0+)?", bare):
        return _SERIAL_ZERO + timedelta(days=int(float(bare)))
    month = read_month(bare)
    if month is None:
        return Unreadable("is no date", "Write a day as 2016-09-30 or a month as 2016-09.")
    return month.last_day if last else month.first_day


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+)?")
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NAMED = re.compile(r"([A-Za-z]{3,9})[ \-/](\d{4}|\d{2})")


def read_month(text: str) -> Month | None:
    """2016-09, 2016/09, Sep-16, September 2016; None for anything else."""
    match = re.fullmatch(r"(\d{4})[-/](\d{2})", text)
    if match:
        return _month(int(match[1]), int(match[2]))
    named = _NAMED.fullmatch(text)
    if named is None:
        return None
    given = named[1].lower()
    for number, name in enumerate(MONTH_NAMES, 1):
        if given in (name.lower(), name[:3].lower(), name[:4].lower()):  # Sept is usual
            year = int(named[2]) if len(named[2]) == 4 else 2000 + int(named[2])
            return _month(year, number)
    return None


def _month(year: int, number: int) -> Month | None:
    """A month of the years that figures can be of; None beyond them."""
    try:
        return Month.of(year, number)
    except ValueError:
        return None
