"""What a sentence mentions: numbers with what they are, directions, months, areas, ranks.

Numbers that are no figures (dates, ages, codes, section numbers, "12 month") are left out first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from callover.audit.reading.areas import ELSEWHERE, OWN
from callover.audit.reading.months import Found, days_in, spans_in
from callover.audit.reading.numbers import Printed, numbers_in, read_number
from callover.audit.reading.stretches import stretches_in


class What(StrEnum):
    """What a number in a sentence is."""

    LEVEL = "level"
    DIFFERENCE = "difference"
    CHANGE = "change"
    SHARE = "share"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sentence. ``up`` says its direction: True, False, or None where none is said.

    ``noun`` is what it counts, as printed; ``elsewhere`` is the other area it is of, "" for the
    pack's own; ``per`` is the base of a rate.
    """

    start: int
    end: int
    what: What
    printed: Printed
    up: bool | None = None
    noun: str = ""
    elsewhere: str = ""
    per: int = 0

    @property
    def amount(self) -> float:
        """Its value with the sign of its direction."""
        if self.up is None:
            return self.printed.value
        return abs(self.printed.value) * (1 if self.up else -1)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rank: ``21 out of the 32``, or ``10th highest`` with ``of`` 0 and its ``end``."""

    start: int
    end: int
    text: str
    rank: int
    of: int
    side: str = ""
    elsewhere: str = ""


_UP = (
    r"increas\w*|\bup\b|\bris(?:e|es|en|ing)\b|\brose\b|\bhigher\b|\bmore\b|\bgrew\b|\bgrowth\b"
    r"|\babove\b"
)
_DOWN = (
    r"decreas\w*|\bdown\b|\bfall(?:s|en|ing)?\b|\bfell\b|reduc\w+|\blower\b|\bfewer\b|\bless\b"
    r"|\bdeclin\w+|\bdrop(?:s|ped)?\b|\bbelow\b"
)
DIRECTION = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})", re.IGNORECASE)
_MOVED = r"increas\w*|decreas\w*|ris\w+|rose|fall\w*|fell|reduc\w+|declin\w+|drop\w*"
_PER = r"per\s+(?P<{0}>1,?000|10,?000|100,?000)"
_VALUE = r"(?<![\d.,])(?P<{0}>\d+(?:,\d{{3}})*(?:\.\d+)?)"
_RATE = re.compile(
    rf"{_VALUE.format('value')}\s*(?:(?:[a-z]+\s+){{0,3}}?{_PER.format('per')}|"
    rf"/\s?(?P<over>10,?000|100,?000|1,000))\b|{_PER.format('first')}\s*[\w-]*\s*"
    rf"[=(:]\s*{_VALUE.format('then')}(?![\d%]|[.,]\d)",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:(?<![\d.])(?P<rank>\d{1,3})(?:st|nd|rd|th)?\s*(?:out\s+of|of)\s*(?:the\s+)?"
    r"|(?<!\d/)(?<![\d.])(?P<first>\d{1,3})\s*/\s*)(?P<of>\d{1,3})(?![\d%]|[.,/]\d)"
)
_NTH = re.compile(
    r"\b(?P<rank>\d{1,3})(?:\s?(?:st|nd|rd|th))\s+(?P<side>highest|lowest|best|worst|largest)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"""https?://\S+ | \S+@\S+ | \b\d{1,2}:\d{2}\b | \b\d{4}\s?hours
    | (?<![\d,.])0\d+\b | ^\W*\d+\.$
    | \b\d{1,2}\s*[- ]\s*months?\b | \bmid[- ]\d{4}\b
    | \b(?:19|20)\d{2}s?\b(?!\s*(?:offences|crimes|incidents|calls))
    | \baged?\s+\d+(?:\s*(?:-|–|to|and)\s*\d+)? | \b\d{1,2}\s?(?:-|–|to)\s?\d{1,2}[- ](?:year|age)
    | \b\d+\s+years?\b | \bpages?\s?\d+(?:\s?[-–]\s?\d+)?
    | \b(?:appendix|section|figure|fig|table|part|codes?|MOPAC|PHOF|NI|BVPI|item|phase|tier|Q|
      quarter|year)
      \s?\.?\d+(?:\.\d+)*\b
    | ^(?![+−]|-\d)\W{0,4}\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s(?=(?-i:[A-Z"“'(]))
    | \btop\s\d+\b | \b\d+\s+in\s+\d{1,3}\b(?![\d,])
    | \b\d{1,2}(?:st|nd|rd|th)\b(?!\s+(?:out\s+)?of\s+(?:the\s+)?\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_DURATION = re.compile(r"\b\d+\s*(?:hours?|days?|weeks?|minutes?)\b", re.IGNORECASE)
_NOUN = re.compile(
    r"\s*(?:[a-z&/-]+\s+){0,2}?(?P<noun>offences?|crimes?|incidents?|calls?|victims?|referrals?|"
    r"re-?referrals?|completions?|starts?|fires?|individuals?|people|young people|children|cases|"
    r"homes|properties|surveys|sentences|visits|defendants|convictions|orders|households|reports|"
    r"entrants|casualties|collisions|offenders|thefts|burglaries|robberies)\b",
    re.IGNORECASE,
)
_ONLY = r"(?:\s+(?:only|just|about|over))?\s*[-+−–(]?\s*$"
_BEFORE_DIFFERENCE = re.compile(
    r"(?:\b(?:up|down)(?:\s+by)?|(?:increase|decrease|rise|fall|reduction|decline|drop)s?\s+of|"
    rf"(?:{_MOVED})(?:\s+only)?\s+by){_ONLY}",
    re.IGNORECASE,
)
_AFTER_DIFFERENCE = re.compile(r"\s+(?:\w+\s+)?(?:more|fewer|less)\b", re.IGNORECASE)
_AFTER_CHANGE = re.compile(
    r"\s*(?:(?:more|higher|lower|fewer|less|above|below)\b|"
    r"(?:\w+\s+)?(?:increas|decreas|reduc|ris|fall|declin|drop|up\b|down\b))",
    re.IGNORECASE,
)
_BEFORE_CHANGE = re.compile(
    rf"(?:\b(?:up|down)(?:\s+by)?|(?:{_MOVED})(?:\s+of)?|(?:{_MOVED})\b[^.;,\d]{{0,40}}?\bby){_ONLY}",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(r"\s*\)?\s*(?:of\b|success|satisf|target)", re.IGNORECASE)


_KEPT = 1 << 15
"""So many sentences are remembered: several rules read each."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything that one sentence mentions, in order."""

    text: str
    figures: tuple[Figure, ...]
    ranks: tuple[Ranked, ...]
    spans: tuple[Found, ...]

    def of(self, what: What) -> list[Figure]:
        """Its figures of one kind that are of the pack's own area."""
        return [each for each in self.figures if each.what is what and not each.elsewhere]


def mentions_of(text: str) -> Mentions:
    """What ``text``, one sentence, mentions."""
    spans = tuple(spans_in(text))
    clear = _DURATION.sub(_spaces, _masked(text, spans))
    ranks = tuple(_ranks(clear, text))
    for rank in ranks:
        clear = _blank(clear, rank.start, rank.end)
    rates = tuple(_rates(clear, text))
    for rate in rates:
        clear = _blank(clear, rate.start, rate.end)
    figures = sorted((*rates, *_others(clear, text)), key=lambda each: each.start)
    return Mentions(text, tuple(figures), ranks, spans)


@lru_cache(maxsize=_KEPT)
def clear_of(text: str) -> str:
    """``text``, one sentence, with dates, stretches and numbers that are no figures as spaces.

    Durations stay: they too rise and fall.
    """
    return _masked(text, tuple(stretches_in(text)))


def _masked(text: str, spans: tuple[Found, ...]) -> str:
    """``text`` with dates, stretches and numbers that are no figures as spaces.

    Durations stay: they too rise and fall.
    """
    ends = [(each.start, each.end) for each in spans]
    ends += [(each.start, each.end) for each in days_in(text)]
    for start, end in ends:
        text = _blank(text, start, end)
    return _NOISE.sub(_spaces, text)


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _rates(clear: str, text: str) -> Iterator[Figure]:
    for match in _RATE.finditer(clear):
        printed = read_number(match["value"] or match["then"])
        per = int((match["per"] or match["over"] or match["first"]).replace(",", ""))
        if printed is not None:
            where = elsewhere(text, match.start())
            ends = match.start(), match.end()
            yield Figure(*ends, What.RATE, printed.rounded(), None, "", where, per)


def _ranks(clear: str, text: str) -> Iterator[Ranked]:
    for match in _RANK.finditer(clear):
        rank, of = int(match["rank"] or match["first"]), int(match["of"])
        yield Ranked(match.start(), match.end(), match[0], rank, of)
    for match in _NTH.finditer(text):
        yield Ranked(
            match.start(), match.end(), match[0], int(match["rank"]), 0, match["side"].lower()
        )


def _others(clear: str, text: str) -> list[Figure]:
    return [_figure(clear, text, *found) for found in numbers_in(clear)]


def _figure(clear: str, text: str, start: int, end: int, printed: Printed) -> Figure:
    noun = _NOUN.match(clear, end)
    named = noun["noun"].lower() if noun else ""
    where = elsewhere(text, start)
    if printed.percent:
        up = _direction_of_change(text, start, end, printed)
        what = What.SHARE if up is None else What.CHANGE
    else:
        up = _direction_of_difference(text, start, end, printed)
        what = What.LEVEL if up is None else What.DIFFERENCE
    return Figure(start, end, what, printed, up, named, where)


def _direction_of_change(text: str, start: int, end: int, printed: Printed) -> bool | None:
    """Whether a per cent is a rise or a fall, None where it is a share."""
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    if _AFTER_CHANGE.match(after):
        return _says_up(after)
    if _BEFORE_CHANGE.search(before):
        return _says_up(before, last=True)
    if printed.signed and not _SHARE_AFTER.match(after):
        return printed.text.lstrip().startswith("+")
    return None


def _direction_of_difference(text: str, start: int, end: int, printed: Printed) -> bool | None:
    """Whether a number is a rise or a fall, None where it is a level."""
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    if _AFTER_DIFFERENCE.match(after):
        return _says_up(after)
    if _BEFORE_DIFFERENCE.search(before):
        return _says_up(before, last=True)
    return printed.text.lstrip().startswith("+") if printed.signed else None


def _says_up(text: str, last: bool = False) -> bool | None:
    found = list(DIRECTION.finditer(text))
    if not found:
        return None
    return bool((found[-1] if last else found[0])["up"])


def elsewhere(text: str, at: int) -> str:
    """The other area that what stands at ``at`` is of: the last named before it, "" if ours is."""
    ends, names = _areas(text)
    before = bisect_right(ends, at)
    return names[before - 1] if before else ""


@lru_cache(maxsize=256)
def _areas(text: str) -> tuple[list[int], list[str]]:
    """Where each area that ``text`` names ends, in order, and what it is called, "" for ours."""
    found = [(each.end(), each[0].lower()) for each in ELSEWHERE.finditer(text)]
    found += [(each.end(), "") for each in OWN.finditer(text)]
    found.sort()
    return [end for end, _ in found], [name for _, name in found]
