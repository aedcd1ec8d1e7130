"""Days, months and times as a workbook shows them: a number of days in a date format."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_LITERALS = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_PIECES = re.compile(
    r'"([^"]*)"|\\(.)|\[(h+|m+|s+)\]|(yyyy|yy|y|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|A/P'
    r"|\.0+)|\[[^\]]*\]|(.)",
    re.IGNORECASE | re.DOTALL,
)
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_LAST_DAY = 2_958_465
"""31 December 9999."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@lru_cache(maxsize=1024)
def is_date(section: str) -> bool:
    """Whether a format prints a day or a time."""
    plain = _LITERALS.sub("", section).lower().replace("general", "")
    return re.search("[ymdhs]", plain) is not None and not re.search("[0#?](?!$).*[ymd]", plain)


def printed_date(value: float, section: str, from_1904: bool) -> str:
    """A number of days as its format shows it; beyond the calendar, as Excel, a row of hashes."""
    if not 0 <= value <= _LAST_DAY:
        return "#####"
    seconds = round(value * 86_400)
    early = not from_1904 and value < 60  # Excel knows a 29 February 1900
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=early, seconds=seconds)
    pieces = _PIECES.findall(section)
    half_day = any(code.upper() in ("AM/PM", "A/P") for _, _, _, code, _ in pieces)
    said: list[str] = []
    for place, (quoted, escaped, elapsed, code, sign) in enumerate(pieces):
        if elapsed:
            said.append(_elapsed(seconds, elapsed.lower()))
        elif code:
            minutes = code.lower() in ("m", "mm") and _near_time(pieces, place)
            said.append(_part(moment, code.lower(), minutes, half_day))
        else:
            said.append(quoted or escaped or sign)
    return "".join(said).replace("@", "").strip(" ;")


def _near_time(pieces: list[tuple[str, ...]], place: int) -> bool:
    """Whether an m stands behind hours or before seconds, where it means minutes."""
    before = [(p[2] or p[3])[:1].lower() for p in pieces[:place] if p[2] or p[3]]
    after = [p[3][:1].lower() for p in pieces[place + 1 :] if p[3]]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _elapsed(seconds: int, code: str) -> str:
    per = {"h": 3600, "m": 60, "s": 1}[code[0]]
    return str(seconds // per).zfill(len(code))


def _part(moment: datetime, code: str, minutes: bool, half_day: bool) -> str:
    if minutes:
        return str(moment.minute).zfill(len(code))
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    match code:
        case "yyyy":
            return f"{moment.year}"
        case "yy" | "y":
            return f"{moment.year % 100:02}"
        case "mmmmm" | "mmmm" | "mmm":
            return MONTHS[moment.month - 1][: {5: 1, 4: 9, 3: 3}[len(code)]]
        case "dddd" | "ddd":
            return DAYS[moment.weekday()][: 9 if len(code) == 4 else 3]
        case "am/pm" | "a/p":
            return "AM" if moment.hour < 12 else "PM"
        case _:
            number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}.get(
                code[0]
            )
            return "" if number is None else str(number).zfill(len(code))
