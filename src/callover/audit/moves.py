"""Moves from one figure to another, as sentences and tiles tell them.

"up from 118 to 136 (15%)", "a reduction of 12 per cent, from 1,204 to 1,060", "441, down from 505",
"▲ 54 (4.5%) on 1,200", "▼ 9.6%, down from 208 to 188": what was and what is, with the direction,
the difference and the per cent that stand beside them. Dates are left out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from callover.audit.mentions import clear_of
from callover.audit.reading.number_words import NUMBER_WORDS
from callover.audit.reading.numbers import Printed, plain, read_number

NUMBER = (
    r"(?<![\d.,])(?:£?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s?%?|"
    r"£?\d+(?:\.\d+)?(?:\s?(?:%|per cent\b|(?:k|m|bn|million|billion|thousand)\b))?)"
)
"""A number as it stands in a pattern, to be read by ``read_number``; never the end of one."""
_WORD = rf"\b(?:{'|'.join(word for word in NUMBER_WORDS if word != 'one')})\b"
"""A number in words; "one" is a pronoun more often."""
_ANY = rf"(?:{NUMBER}|{_WORD})"
_KEPT = 1 << 15
_TWO_NUMBERS = re.compile(rf"\d.*[a-z].*(?:\d|{_WORD})|{_WORD}.*\d", re.IGNORECASE | re.DOTALL)
_TWO = 2
_FAR = 6
"""A direction further from a move than so many words is of something else."""
_ARROWS = {"▲": True, "↑": True, "⬆": True, "△": True, "▼": False, "↓": False, "⬇": False}
_ARROW = f"[{''.join(_ARROWS)}]"
_JOINED_UP = r"\babove\b|\bmore\b|\bhigher\b"
_UP = r"increas\w*|\bup\b|\bris(?:e|es|en|ing)\b|\brose\b|\bgrew\b|\bgrown\b|\bgrowth\b|\bclimbed\b"
_DOWN = (
    r"decreas\w*|\bdown\b|\bfall(?:s|en|ing)?\b|\bfell\b|\breduc\w+|\bdeclin\w+|\bdrop(?:s|ped)?\b"
)
_CHANGES = r"(?:rise|increase|growth|fall|decrease|reduction|drop|decline)"
_MOVED = re.compile(rf"(?P<up>{_UP}|[▲↑⬆△])|(?P<down>{_DOWN}|[▼↓⬇])", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"\bfrom\s+(?:\(\s*)?(?P<was>{_ANY})(?![\w,.]*\d)[^.;\d]{{0,60}}?\bto\s+(?P<now>{_ANY})(?![,.]?\d)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    rf"(?<=[%\d])\s*\(\s*(?:from\s+)?(?P<was>{_ANY})\s+to\s+(?P<now>{_ANY})\s*\)", re.IGNORECASE
)
_NOW_FROM = re.compile(
    rf"(?P<now>{_ANY})(?![,.]?\d)[^.;\d]{{0,60}}?(?P<how>\bup|\bdown|{_ARROW})"
    rf"(?P<between>(?:[^.;()]|\.\d){{0,45}}?)\bfrom\s+(?P<was>{_ANY})(?![,.]?\d)(?!\s+to\s+\d)",
    re.IGNORECASE,
)
_ON = re.compile(
    rf"(?P<how>\bup|\bdown|{_ARROW})\s*(?:by\s+)?(?P<number>{_ANY})\s*\(\s*(?P<percent>{_ANY})\s*\)"
    rf"\s+on\s+(?P<was>{_ANY})(?![,.]?\d)",
    re.IGNORECASE,
)
_TO_FROM = re.compile(
    rf"(?P<how>{_UP}|{_DOWN})\s+(?P<between>(?:[^.;()\d]{{0,12}}{_ANY}[^.;()\d]{{0,25}}?)?)"
    rf"\bto\s+(?P<now>{_ANY})(?![,.]?\d)[^.;\d]{{0,30}}?\bfrom\s+(?P<was>{_ANY})"
    r"(?![,.]?\d)(?!\s+to\s+\d)",
    re.IGNORECASE,
)
_FROM_THE = re.compile(
    rf"(?P<now>{_ANY})(?![,.]?\d)[^.;\d]{{0,60}}?,\s*(?:or\s+|which is\s+)?an?\s+(?:\w+\s+)?"
    rf"(?P<how>{_CHANGES})(?P<between>\s+of\s+{_ANY}[^.;()\d]{{0,20}}?)"
    rf"\b(?:from|on|over|against|compared (?:with|to))\s+(?:the\s+)?(?P<was>{_ANY})(?![,.]?\d)"
    r"(?!\s+to\s+\d)",
    re.IGNORECASE,
)
_BASE = (
    r"(?:the\s+|last\s+(?:year|quarter|month)['’]s\s+|(?:the\s+)?previous\s+[a-z]+['’]s\s+"
    r"|(?:the|its|our)\s+(?:\w+-\w+\s+)?average\s+of\s+|a\s+baseline\s+of\s+)?"
)
"""What may stand between "than" and what was."""
_THAN = re.compile(
    rf"(?P<now>{_ANY})(?![,.]?\d)(?P<between>[^.;\d]{{0,60}}?(?:{_ANY})\s+)"
    r"(?P<how>above|below|more than|higher than|up on|fewer than|lower than|less than|down on)\s+"
    rf"{_BASE}(?P<was>{NUMBER})(?![,.]?\d)",
    re.IGNORECASE,
)
_COLON = re.compile(
    rf"(?P<between>(?:{_ANY})\s+)(?P<how>lower|higher|fewer|more|down|up)\s?[:,]\s*"
    rf"(?P<now>{_ANY})(?![,.]?\d)[^.;\d]{{0,30}}\b(?:this year|now)\b[^.;\d]{{0,25}}"
    rf"(?P<was>{_ANY})(?![,.]?\d)[^.;\d]{{0,25}}\b(?:last year|the year before|previously)\b",
    re.IGNORECASE,
)
_PREVIOUSLY = re.compile(
    rf"(?P<now>{_ANY})(?![,.]?\d)[^.;\d()]{{0,25}}\(\s*(?:previously|last year:?|was)\s+"
    rf"(?P<was>{_ANY})\s*\)",
    re.IGNORECASE,
)
_AT = re.compile(
    rf"(?P<between>(?:{_ANY})\s+)(?P<how>higher|lower|more|fewer|less|above|below|up|down)\s+"
    rf"(?:than\s+|on\s+)?(?:the\s+)?(?P<was>{_ANY})(?![,.]?\d)[^.;\d]{{0,45}},\s+at\s+"
    rf"(?P<now>{_ANY})(?![,.]?\d)",
    re.IGNORECASE,
)
_ON_BRACKETED = re.compile(
    rf"(?P<now>{_ANY})(?![,.]?\d)[^.;\d()]{{0,40}}?\b(?P<how>up|down)\b"
    rf"(?P<between>\s+(?:by\s+)?(?:{_ANY})\s+)(?:on|from|compared (?:with|to)|against)\s+"
    rf"[^.;\d()]{{0,40}}\(\s*(?P<was>{_ANY})(?:\s+[a-z]+)?\s*\)",
    re.IGNORECASE,
)
_PATTERNS = (
    _ON_BRACKETED,
    _FROM_TO,
    _BRACKETED,
    _TO_FROM,
    _NOW_FROM,
    _FROM_THE,
    _THAN,
    _COLON,
    _PREVIOUSLY,
    _AT,
)
_ASIDE = re.compile(r"\(\s*(?:the\s+|our\s+|its\s+)?targets?\b[^()]*\)", re.IGNORECASE)
"""A target in brackets, which nothing moves to or from."""
_UNIT = re.compile(r"\s*(hour|day|week|month|minute|second|year|mile)s?\b", re.IGNORECASE)
_SIZE_BEFORE = re.compile(
    rf"(?:\bby|\bof|{_ARROW}|{_UP}|{_DOWN})\s*(?P<size>{_ANY})\s*(?:[a-z]+[\s,]+){{0,2}}"
    rf"(?:[(,]|{_ARROW}|up|down|over the \w+)?[\s,(]*(?:up|down)?\s*$",
    re.IGNORECASE,
)
_SIZE_TO = re.compile(
    rf"(?P<how>{_UP}|{_DOWN})\s+(?:by\s+|of\s+)?(?P<first>{_ANY})\s*\(\s*[-+−–]?\s*"
    rf"(?P<second>{_ANY})\s*\)\s+to\s+(?P<now>{_ANY})(?![,.]?\d)(?!\s+from\b)",
    re.IGNORECASE,
)
"""A number and its per cent, either first, and what is now: what was follows."""
_BOTH_BEFORE = re.compile(
    rf"(?:\bby|\bof)\s+(?P<size>{_ANY})\s*(?:[a-z]+\s+){{0,2}}"
    r"\(\s*(?P<percent>\d+(?:\.\d+)?\s?(?:%|per cent))\s*\)[\s,]*$",
    re.IGNORECASE,
)
_SIZE_AFTER = re.compile(
    rf"^[^.;\d(]{{0,20}}(?:,\s*(?:or\s+)?(?:a|an)\s+(?:\w+\s+)?(?:rise|fall|increase|decrease|"
    rf"reduction|drop|decline)\s+of|,?\s*(?:\band\s+)?(?:up|down)(?:\s+by)?|,?\s*or)\s+"
    rf"(?P<size>{_ANY})(?P<rest>[^.;\d()]{{0,25}}\((?P<percent>\d+(?:\.\d+)?\s?%)\))?",
    re.IGNORECASE,
)
_PERCENT_AFTER = re.compile(
    r"^[^.;\d()]{0,50}\(\s*(?:an?\s+)?(?P<sign>[-+−–▲▼]?)\s*"
    r"(?P<percent>\d+(?:\.\d+)?\s?(?:%|per cent))"
    r"(?:\s+(?:rise|fall|increase|decrease|reduction|drop|decline|up|down|higher|lower))?\s*\)"
)
_PERCENT_BEHIND = re.compile(
    r"[^.;,\d()]{0,40},\s*(?:or\s+)?an?\s+(?:\w+\s+)?"
    rf"{_CHANGES}\s+of\s+(?:\w+\s+)?(?P<percent>\d+(?:\.\d+)?\s?(?:%|per cent))"
)
_SIZE_FIRST = re.compile(
    rf"(?P<size>{_ANY})\s+(?:rise|fall|increase|decrease|reduction|drop|decline)\b[^.;\d]{{0,45}}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Move:
    """A move; ``up`` is None where no direction is said, sizes are None where none is printed.

    ``start`` and ``end`` are where its two figures stand in the text.
    """

    text: str
    start: int
    end: int
    was: Printed
    now: Printed
    up: bool | None
    how: str = ""
    number: Printed | None = None
    percent: Printed | None = None
    arrow: bool | None = None

    @property
    def printed(self) -> str:
        """Its words."""
        return self.text[self.start : self.end].strip()

    @property
    def rise(self) -> float:
        """By how many."""
        return self.now.value - self.was.value


@lru_cache(maxsize=_KEPT)
def moves_in(text: str) -> tuple[Move, ...]:
    """Every move of a sentence."""
    return tuple(_moves(text)) if _TWO_NUMBERS.search(text) else ()


def _moves(text: str) -> Iterator[Move]:
    clear = _ASIDE.sub(lambda found: " " * len(found[0]), clear_of(plain(text)))
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for found in pattern.finditer(clear):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            move = _move(plain(text), clear, found)
            if move is not None:
                taken.append((found.start(), found.end()))
                yield move
    yield from _on(plain(text), clear)
    yield from _to(plain(text), clear)


def _move(text: str, clear: str, found: re.Match[str]) -> Move | None:
    was, now = _read(found["was"]), _read(found["now"])
    if was is None or now is None or was.percent != now.percent or was.money != now.money:
        return None
    if not _is_one_unit(clear, found):
        return None
    if "how" in found.re.groupindex:
        sizes = _sizes_within(found["between"], clear[found.end() :])
        up, how = _stated_direction(found["how"])
    else:
        before = clear[_clause(clear, found.start()) : found.start()]
        sizes = _sizes_around(before, clear[found.end() :])
        up, how = _direction(before, last=True)
    start = found.start()
    return Move(text, start, found.end(), was, now, up, how, *sizes, _arrow_before(clear, start))


def _is_one_unit(clear: str, found: re.Match[str]) -> bool:
    """Whether both figures are of one unit, or one of them says none."""
    units = [_UNIT.match(clear, found.end(name)) for name in ("was", "now")]
    named = {unit[1].lower() for unit in units if unit}
    return len(named) < _TWO


def _clause(clear: str, at: int) -> int:
    """Where the clause that ends at ``at`` begins, at most 70 characters before."""
    least = max(0, at - 70)
    marks = [m.end() for m in re.finditer(r"[.;]\s|\band\b|\bwhile\b|\bbut\b", clear[:at])]
    return max([least, *marks])


def _direction(text: str, last: bool = False) -> tuple[bool | None, str]:
    found = list(_MOVED.finditer(text))
    if not found:
        return None, ""
    one = found[-1] if last else found[0]
    if len(re.findall(r"[A-Za-z]{2,}", text[one.end() :])) > _FAR:
        return None, ""
    return bool(one["up"]), one[0]


def _arrow_before(clear: str, start: int) -> bool | None:
    """The arrow that the clause before a move begins with, None where there is none."""
    found = re.findall(_ARROW, clear[_clause(clear, start) : start + 1])
    return _ARROWS[found[-1]] if found else None


def _stated_direction(how: str) -> tuple[bool | None, str]:
    """The direction of a word that itself joins the two figures."""
    up, word = _direction(how)
    if up is None and re.search(_JOINED_UP, how, re.IGNORECASE):
        return True, how
    return (False, how) if up is None else (up, word)


def _sizes_within(between: str, after: str) -> tuple[Printed | None, Printed | None]:
    """The difference and the per cent between two figures, or in brackets behind them."""
    found = re.search(_ANY, between)
    number, percent = _number_or_percent(_read(found[0]) if found else None)
    after = " ".join(after.split())
    bracket = _PERCENT_AFTER.match(after) or _PERCENT_BEHIND.match(after)
    return number, percent or (_read(bracket["percent"]) if bracket else None)


def _sizes_around(before: str, after: str) -> tuple[Printed | None, Printed | None]:
    """The difference and the per cent beside a move, None where they are not printed."""
    after = " ".join(after.split())  # a date that was left out leaves its spaces
    both = _BOTH_BEFORE.search(before)
    if both:
        return _read(both["size"]), _read(both["percent"])
    ahead = _SIZE_BEFORE.search(before) or _SIZE_FIRST.search(before)
    number, percent = _number_or_percent(_read(ahead["size"]) if ahead else None)
    behind = _SIZE_AFTER.match(after)
    if behind and not _starts_anew(after[: behind.start("size")]):
        more, share = _number_or_percent(_read(behind["size"]))
        bracketed = _read(behind["percent"]) if behind["percent"] else None
        return number or more, percent or share or bracketed
    bracket = _PERCENT_AFTER.match(after)
    return number, percent or (_read(bracket["percent"]) if bracket else None)


def _starts_anew(words: str) -> bool:
    """Whether words after a move tell of another subject."""
    return len(re.findall(r"[A-Za-z]{3,}", words)) > 5


def _number_or_percent(size: Printed | None) -> tuple[Printed | None, Printed | None]:
    if size is None:
        return None, None
    return (None, size) if size.percent else (size, None)


def _on(text: str, clear: str) -> Iterator[Move]:
    """``▲ 54 (4.5%) on 1,200``: what is now follows from the two, or stands before."""
    for found in _ON.finditer(clear):
        was, number, percent = (_read(found[n]) for n in ("was", "number", "percent"))
        if was is None or number is None or percent is None or not percent.percent:
            continue
        up, how = _direction(found["how"])
        value = was.value + (number.value if up else -number.value)
        level = re.search(rf"(?P<now>{_ANY})(?![,.]?\d)[^.;\d]{{0,40}}$", clear[: found.start()])
        stated = _read(level["now"]) if level else None
        now = stated if stated and not stated.percent else Printed(f"{value:,.0f}", value)
        yield Move(text, found.start(), found.end(), was, now, up, how, number, percent)


def _to(text: str, clear: str) -> Iterator[Move]:
    """``up by 5% (+919) to 17,825``: what was follows from the number."""
    for found in _SIZE_TO.finditer(clear):
        first, second, now = (_read(found[n]) for n in ("first", "second", "now"))
        if first is None or second is None or now is None or first.percent == second.percent:
            continue
        number, percent = (second, first) if first.percent else (first, second)
        if now.percent or number.money != now.money:
            continue
        up, how = _direction(found["how"])
        value = now.value - number.value if up else now.value + number.value
        was = Printed(f"{value:,.0f}", value, now.half + number.half)
        yield Move(text, found.start(), found.end(), was, now, up, how, number, percent)


def _read(text: str) -> Printed | None:
    """A number in digits or in words."""
    value = NUMBER_WORDS.get(text.strip().lower())
    return read_number(text) if value is None else Printed(text.strip(), value)
