"""Figures in words: the one place where values are rounded for print.

A true minus (U+2212), commas for thousands, a narrow no-break space (U+202F) before the per cent
sign. Everything here takes full values and gives text; nothing here computes a measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from callover.domain.disclosure import WITHHELD, is_printed
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue, Indicator
from callover.domain.peers import RankOrder, ordinal, rank_words
from callover.domain.periods import MONTH_NAMES, Month, Period, PeriodKind
from callover.domain.rounding import half_up
from callover.domain.states import State
from callover.domain.units import Unit

MINUS = "\u2212"
THIN = "\u202f"
EN_DASH = "\u2013"
LEAST_BASE = 50
"""Of fewer than these no per cent is said, only the number: it tells more of the base than of the
change (as in the ONS's tables of recorded crime)."""
SMALL_BASE = 20
"""Below this count a percentage says little (requirements MEA-22)."""


# Numbers


def number(value: float, decimals: int = 0) -> str:
    """``17,825``, ``−7``, ``87.90``: half up, never ``−0``."""
    rounded = half_up(value, decimals)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{decimals}f}"


def signed(value: float, decimals: int = 0) -> str:
    """A difference with its sign: ``+919``, ``−7``; nothing but zero is ``0``."""
    shown = number(value, decimals)
    return f"+{shown}" if half_up(value, decimals) > 0 else shown


def percent(value: float, decimals: int = 0) -> str:
    """``5 %`` with a narrow no-break space."""
    return f"{number(value, decimals)}{THIN}%"


def kept_together(sentence: str) -> str:
    """A sentence made elsewhere, its per cent signs kept on the line of their numbers."""
    return re.sub(r"(?<=\d) %", f"{THIN}%", sentence)


def signed_percent(value: float, decimals: int = 0) -> str:
    """``+5 %``, ``−6.8 %``, ``0 %``. A change that rounds to nothing keeps one decimal more."""
    return f"{signed(value, telling(value, decimals))}{THIN}%"


def money(value: float, decimals: int = 0) -> str:
    """Pounds: ``£689,900``, ``−£1,200``."""
    shown = number(abs(value), decimals)
    return f"{MINUS if half_up(value, decimals) < 0 else ''}£{shown}"


def points(value: float, decimals: int = 1) -> str:
    """A distance between two percentages: ``2.3 percentage points``, ``1 percentage point``."""
    shown = number(abs(value), decimals)
    return f"{shown} percentage point{'' if shown == '1' else 's'}"


def rate(value: float, per: int, of: str = "residents", decimals: int = 2) -> str:
    """``87.90 per 1,000 residents``."""
    return f"{number(value, decimals)} {per_words(per, of)}"


def per_words(per: int, of: str = "residents") -> str:
    """``per 1,000 residents``; without ``of`` only the number."""
    return f"per {per:,} {of}".rstrip()


_CENSUS = "census_population"


def rate_of(catalogue: Catalogue, indicator: Indicator) -> str:
    """Whom a rate counts per thousand of: residents, households, residents of an age."""
    if indicator.rate is None or indicator.rate.denominator in ("population", _CENSUS):
        return "residents"
    return within(catalogue.series[indicator.rate.denominator].title)


def interval(low: float, high: float, decimals: int = 0) -> str:
    """``1,046–1,706``; in words (``−5 to 5``) where a bound is negative."""
    joint = " to " if low < 0 or high < 0 else EN_DASH
    return f"{number(low, decimals)}{joint}{number(high, decimals)}"


def telling(value: float, decimals: int) -> int:
    """One decimal more where a change would otherwise be printed as none."""
    lost = half_up(value, decimals) == 0 and half_up(value, decimals + 1) != 0
    return decimals + 1 if lost else decimals


# Things counted


def counted(value: float, unit: Unit, decimals: int = 0) -> str:
    """``17,825 offences``, ``1 child``, ``£689,900``, ``25.0 %``: the noun agrees with what is
    printed."""
    if unit is Unit.PERCENTAGE:
        return percent(value, decimals)
    if unit is Unit.MONEY:
        return money(value, decimals)
    return f"{number(value, decimals)} {noun(value, unit, decimals)}"


def noun(value: float, unit: Unit, decimals: int = 0) -> str:
    """The word for what is counted, singular after a printed 1."""
    return unit.singular if number(abs(value), decimals) == "1" else unit.value


def shown(value: float | None, unit: str, state: State, decimals: int = 0, below: int = 0) -> str:
    """A value without its noun, for tables; where there is none, why (see ``missing``)."""
    if value is None:
        return missing(state, below)
    if unit == Unit.PERCENTAGE:
        return percent(value, decimals)
    return money(value, decimals) if unit == Unit.MONEY else number(value, decimals)


def missing(state: State, below: int = 0) -> str:
    """Why there is no value: ``not supplied``; a suppressed count under a limit says the limit."""
    if state.has_value:
        return "not available"
    if state is State.SUPPRESSED and below:
        return f"fewer than {below}"
    return state.words


def is_withheld(figure: Figure) -> bool:
    """Whether words are printed instead of the figure: it is not for the public."""
    return figure.state is State.SUPPRESSED and is_printed(figure.reason)


def no_value(figure: Figure, below: int = 0) -> str:
    """Why a figure has no value; of one that is not for the public, the words printed instead."""
    if is_withheld(figure):
        return figure.reason
    return missing(figure.state, below)


PUBLIC_MARKS = {
    "<10": "<10: fewer than 10.",
    "w": "w: withheld, for it is fewer than 10 or would show a number that is.",
}
NARROW_MARKS = " ".join(PUBLIC_MARKS.values())
"""What the signs of the public edition mean."""


def in_a_narrow_cell(figure: Figure) -> str:
    """A sign for a figure without a value: a dash, ``<10`` or ``w`` for what is withheld."""
    if not is_withheld(figure):
        return EN_DASH
    if figure.reason == WITHHELD:
        return "w"
    return figure.reason.replace("fewer than ", "<").replace(" to ", "–")


NARROW_STATES = {
    State.NOT_SUPPLIED: "n/s",
    State.LATE: "late",
    State.NOT_DUE: "n/d",
    State.NOT_APPLICABLE: "n/a",
}
"""Signs for why a month has no value, where twelve narrow columns hold no words."""
NARROW_STATE_MARKS = {
    "n/s": "n/s: not supplied.",
    "late": "late: was due and has not come.",
    "n/d": "n/d: not due yet.",
    "n/a": "n/a: there can be no such value.",
}
STATE_MARKS = {
    State.PROVISIONAL: "p",
    State.DERIVED: "d",
    State.ESTIMATED: "e",
}
"""Letters raised beside a value that is not quite as final as the others."""
_IN_FULL = {
    **{sign: state.words for state, sign in NARROW_STATES.items() if sign != state.words},
    "w": WITHHELD,
}
_BELOW = re.compile(r"<(\d+)")
_FROM_ONE = re.compile(r"1–\d+")


def in_full(sign: str) -> str:
    """What a narrow cell's sign stands for, to be read out; empty where it is no sign."""
    below = _BELOW.fullmatch(sign)
    if below:
        return f"fewer than {below[1]}"
    return sign.replace("–", " to ") if _FROM_ONE.fullmatch(sign) else _IN_FULL.get(sign, "")


# Changes


def of_a_base(change: float, change_pct: float | None) -> float | None:
    """A count's change in per cent, None where the count before it was too small for one."""
    if not change or not change_pct:
        return change_pct
    return None if 100 * change / change_pct < LEAST_BASE - _NEARLY else change_pct


_NEARLY = 1e-6


def difference(change: float, change_pct: float | None, decimals: int = 0) -> str:
    """For key facts and tables: ``+326 (+4 %)``, ``−7 (−0.5 %)``, ``no change``.

    ``decimals`` belongs to the per cent; the number alone where there is none or its base is small.
    """
    if half_up(change, 9) == 0:
        return "no change"
    change_pct = of_a_base(change, change_pct)
    if change_pct is None:
        return signed(change)
    return f"{signed(change)} ({signed_percent(change_pct, decimals)})"


def more_or_fewer(
    change: float, change_pct: float | None, unit: Unit = Unit.OFFENCES, decimals: int = 0
) -> str:
    """For sentences: ``5 % more (+919)``, ``19 % fewer (−325)``, ``919 more``, ``no change``.

    The number always stands beside the per cent (MEA-22), and alone where the base is small; money
    is less, not fewer.
    """
    if unit is not Unit.MONEY:
        change_pct = of_a_base(change, change_pct)
    if half_up(change, 9) == 0:
        return "no change"
    word = "more" if change > 0 else ("less" if unit is Unit.MONEY else "fewer")
    signed_number = signed_money(change) if unit is Unit.MONEY else signed(change)
    if change_pct is None:
        return f"{signed_number.lstrip('+' + MINUS)} {word}"
    size = abs(change_pct)
    places = telling(size, decimals)
    if half_up(size, places) == 0:
        return f"almost the same ({signed_number})"
    return f"{percent(size, places)} {word} ({signed_number})"


def signed_money(value: float, decimals: int = 0) -> str:
    """``+£1,200``, ``−£1,200``, ``£0``."""
    return f"{'+' if half_up(value, decimals) > 0 else ''}{money(value, decimals)}"


def counted_change(change: float, unit: Unit) -> str:
    """``919 more offences``, ``1 fewer child``, ``no change``; money: ``£1,200 less``."""
    size = abs(change)
    if half_up(size) == 0:
        return "no change"
    if unit is Unit.MONEY:
        return f"{money(size)} {'more' if change > 0 else 'less'}"
    return f"{number(size)} {'more' if change > 0 else 'fewer'} {noun(size, unit)}"


def up_or_down(change_pct: float, decimals: int = 0) -> str:
    """``up by 5 %``, ``down by 6.8 %``, ``unchanged``: never a direction and a sign together."""
    places = telling(change_pct, decimals)
    if half_up(change_pct, places) == 0:
        return "unchanged"
    return f"{'up' if change_pct > 0 else 'down'} by {percent(abs(change_pct), places)}"


def rose_or_fell(change_pct: float, decimals: int = 0) -> str:
    """``rose 4 %``, ``fell 6.8 %``, ``did not change``."""
    said = up_or_down(change_pct, decimals)
    if said == "unchanged":
        return "did not change"
    return said.replace("up by", "rose").replace("down by", "fell")


def higher_or_lower(change: float, decimals: int = 1) -> str:
    """A ratio against an earlier one: ``2.3 percentage points higher``, ``no change``."""
    if half_up(change, decimals) == 0:
        return "no change"
    return f"{points(change, decimals)} {'higher' if change > 0 else 'lower'}"


def is_small(now: float, before: float, base: int = SMALL_BASE) -> bool:
    """Whether a percentage between these two counts would rest on too few."""
    return min(now, before) < base


def small_numbers(now: float, before: float, base: int = SMALL_BASE) -> str:
    """The warning that goes with such a change, or nothing: ``Small numbers: 4 against 2.``"""
    if not is_small(now, before, base):
        return ""
    pair = f"{number(now)} against {number(before)}"
    return f"Small numbers: {pair}, so one more or fewer weighs a good deal."


# Periods and days


def day(value: date, short: bool = False) -> str:
    """``28 November 2016``, or ``28 Nov 2016``."""
    month = MONTH_NAMES[value.month - 1]
    return f"{value.day} {month[:3] if short else month} {value.year}"


def overdue(due: date, today: date) -> str:
    """``overdue by 12 days``, ``overdue by 5 months``, ``overdue since 15 Jan 2017``.

    Days for two months, then whole months for two years; what is older says its date.
    """
    late = (today - due).days
    if late <= 2 * _MONTH:
        return f"overdue by {late} day{'' if late == 1 else 's'}"
    whole = Month.containing(today).index - Month.containing(due).index - (today.day < due.day)
    if whole <= 2 * 12:
        return f"overdue by {whole} months"
    return f"overdue since {day(due, short=True)}"


_MONTH = 31


def months(first: Month, last: Month) -> str:
    """``April to September 2016``, ``October 2015 to March 2016``, ``April 2016``."""
    if first == last:
        return last.name
    start = MONTH_NAMES[first.month - 1] if first.year == last.year else first.name
    return f"{start} to {last.name}"


def period(value: Period) -> str:
    """A stored period: ``the 12 months to September 2016``, ``April to September 2016``,
    ``the year 2015/16``, ``30 September 2016``."""
    if value.kind is PeriodKind.SNAPSHOT:
        return day(value.end)
    if value.kind is PeriodKind.ROLLING12:
        return f"the 12 months to {value.last_month.name}"
    if value.kind is PeriodKind.FINANCIAL_YEAR:
        return f"the year {value.first_month.financial_year}"
    first, last = value.first_month, value.last_month
    if value.start == first.first_day and value.end == last.last_day:
        return months(first, last)
    return f"{day(value.start)} to {day(value.end)}"


def period_to(kind: PeriodKind, last: Month) -> str:
    """The period of a fixed length that ends with ``last``, as ``period`` says it."""
    return period(Period.ending(kind, last))


# Ranks and lists


def rank(place: float, size: int | None, order: RankOrder, joint: bool = False) -> str:
    """``21st lowest of 32``; a group whose size is unknown gives ``21st lowest``."""
    whole = round(half_up(place))
    if size:
        return rank_words(whole, size, order, joint)
    return rank_words(whole, whole, order, joint).rsplit(" of ", 1)[0]


def rank_of(place: float, size: int | None) -> str:
    """Short form for key facts: ``21st of 32``."""
    return ordinal(round(half_up(place))) + (f" of {size}" if size else "")


def joined(items: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capitalised(sentence: str) -> str:
    """``sentence`` with a capital first letter and the rest left alone."""
    return sentence[:1].upper() + sentence[1:]


def within(title: str) -> str:
    """A title as it stands within a sentence: a small first letter, unless it is a name.

    A name begins with an acronym, is a month, or goes on with a capital: ``Alcohol Treatment
    Requirements``.
    """
    first, *second = title.split(" ")[:2]
    named = title[:2].isupper() or bool(second and second[0][:1].isupper())
    named |= first in MONTH_NAMES
    return title if named else title[:1].lower() + title[1:]
