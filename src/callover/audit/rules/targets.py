"""Targets in words: met or missed, above or below, within a range, on track."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.mentions import clear_of
from callover.audit.moves import NUMBER
from callover.audit.reading.number_words import NUMBER_WORDS
from callover.audit.reading.numbers import Printed, numbers_in, plain, read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

JUDGED = Rule(
    "target-judged",
    "What is said of a target is not what the figures say",
    Severity.WRONG,
    'Met, missed, above, below and within are compared with the figure and the target: "at least" '
    'and "no more than" say which side is good.',
    "83 % against a target of at least 85 %, said to be met.",
    "Correct the word or the figure.",
)
ON_TRACK = Rule(
    "on-track",
    "Said to be on track, and far behind",
    Severity.SUSPICIOUS,
    "At the pace so far the year would end a fifth or more short of the target.",
    "15 by the end of Quarter 1, on track to reach 130: that pace makes 60.",
    "Say what will speed it up, or do not call it on track.",
    "Most of the year's work is due later; then say so.",
)
_LIMIT = (
    r"(?:(?P<least>at least|a minimum of|no less than|≥)|"
    r"(?P<most>no more than|at most|a maximum of|not more than|≤)|"
    r"(?P<fewer>fewer than|less than|under|below|<))\s+"
)
_FREE = r"[^.;\d]{0,60}?"
_SAID = r"(?P<judged>not (?:yet |quite |been )?(?:met|achieved)|met|achieved|exceeded|missed)\b"
_NOT_DENIED = r"(?:(?!\bnot\b|\bnever\b|\bnearly\b|\balmost\b|n['’]t\b)[^.\d]){0,40}?"
_AGAINST = re.compile(
    rf"(?P<now>{NUMBER})(?![,.]?\d){_FREE}\bagainst {_FREE}target of {_LIMIT}"
    rf"(?P<target>{NUMBER})(?![,.]?\d){_NOT_DENIED}"
    rf"\b(?:target )?(?:(?:was|is|has been)\s+)?{_SAID}",
    re.IGNORECASE,
)
CALLED = r"(?:target|ceiling|floor|trajectory|threshold|limit|maximum|minimum)"
"""What sentences call a target."""
_BESIDE = re.compile(
    rf"(?P<now>{NUMBER})(?![,.]?\d)(?P<between>{_FREE})"
    r"\b(?P<judged>above|below|exceeding|short of|under|over)\s+"
    rf"(?:the|its|our|a)\s+(?:\w+\s+)?{CALLED} of (?:at least |no more than )?"
    rf"(?P<target>{NUMBER})(?![,.]?\d)",
    re.IGNORECASE,
)
A_VERB = re.compile(r"\b(?:is|was|are|were|being|stands?|stood|remains?|ended|finished)\b|,")
"""Between a figure and "above its target": words that make it no distance but a level."""
_FOR_EACH = re.compile(r"\bper (?:1,?000|10,?000|100,?000)\b", re.IGNORECASE)
_WITHIN = re.compile(
    rf"(?P<now>{NUMBER})(?![,.]?\d){_FREE}\b(?P<judged>within|outside)\s+(?:the|its|our)\s+"
    rf"(?:\w+\s+)?target of {_LIMIT}(?P<target>{NUMBER})(?![,.]?\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\btarget of {_LIMIT}(?P<target>{NUMBER})(?![,.]?\d)[^.;\d]{{0,15}}?\b(?:was|is|has been)\s+"
    rf"{_SAID}[^.;\d]{{0,12}}\b(?:with|at)\s+(?P<now>{NUMBER})(?![,.]?\d)",
    re.IGNORECASE,
)
_RATED = re.compile(
    rf"(?P<now>{NUMBER})(?![,.]?\d)(?P<of>[^.\d]{{0,90}}?)\btarget\b\s*(?:of|is|was|at|:)?\s*"
    rf"(?P<least>at least\s+)?(?P<target>{NUMBER})(?![,.]?\d)[^.\d]{{0,60}}?"
    r"\b(?P<judged>green|on target|target (?:is |was |has been )?met|red|"
    r"target (?:is |was |has been )?missed)\b",
    re.IGNORECASE,
)
_MORE_IS_GOOD = re.compile(
    r"\bsatisf|\bconfiden|\bcomplet|\bsuccess|\banswer|\battend|\brespon|\bdetect|\bwithin\b"
    r"|\bresolv|\bpositive\b|\bclear[- ]?up",
    re.IGNORECASE,
)
_LESS_IS_GOOD = re.compile(
    r"re-?offend|\brepeat|represent|\breturn|\blate\b|unpaid|vacan|sickness|complain|\bcrime"
    r"|offence|burglar|robber|victimi|unmet|\bwait|no more than|at most",
    re.IGNORECASE,
)
_NAMED = rf"(?:{CALLED}|standard|profile|ambition|tolerance|benchmark|milestone|baseline)"
_SIDE = re.compile(
    r"(?:(?<!\w)(?P<points>\d+(?:\.\d+)?|\w+)\s+(?:percentage\s+)?points?\s+)?"
    r"\b(?P<judged>above|below|within|inside|outside|over|under)\s+(?:the|its|our)\s+"
    rf"(?:(?:[a-z-]+\s+){{0,2}}?{_NAMED}\s+of\s+(?P<of>{NUMBER})(?![,.]?\d)"
    rf"|(?P<before>{NUMBER})(?![,.]?\d)(?:\s+{_NAMED}\b|\s+(?:to|and)\s+(?P<high>{NUMBER})))",
    re.IGNORECASE,
)
_THIS = re.compile(r"(?:this|that|it)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:compar\w+|against|from|than|average|up on|down on)\b[^,;]*")
"""Figures of another time or place."""
_CLOSE_BY = 120
_RANGE = re.compile(
    rf"(?P<now>{NUMBER})(?![,.]?\d){_FREE}\b(?P<judged>within|inside|outside)\s+(?:the|its|our)\s+"
    rf"(?:\w+\s+)?(?:range|band|limits?)\s+of\s+(?:between\s+)?(?P<low>{NUMBER})\s*"
    rf"(?:and|to|-|–)\s*(?P<high>{NUMBER})(?![,.]?\d)",
    re.IGNORECASE,
)


_QUICK = re.compile(rf"{CALLED}|range|band", re.IGNORECASE)


def clear_words(said: Said) -> str:
    """A sentence with numbers that are no figures, the base of a rate too, as spaces."""
    return _FOR_EACH.sub(lambda found: " " * len(found[0]), clear_of(plain(said.sentence.text)))


def quoted(said: Said, found: re.Match[str]) -> str:
    """What was found in the clear words of a sentence, as the sentence prints it."""
    return " ".join(said.sentence.text[found.start() : found.end()].split())


def judged(claims: Claims, book: Book) -> Iterator[Finding]:
    """Sentences with a figure, a target and what is said of both."""
    for said in claims.said:
        text = clear_words(said)
        if not _QUICK.search(text):
            continue
        for found in (f for each in (_AGAINST, _WITHIN, _BEFORE) for f in each.finditer(text)):
            yield from _with_limit(said, found, book)
        for found in _BESIDE.finditer(text):
            if A_VERB.search(found["between"]):  # else it may say how far
                yield from _with_side(said, found, book)
        for found in _RATED.finditer(text):
            yield from _with_rating(said, found, text, book)
        for found in _RANGE.finditer(text):
            yield from _with_range(said, found, book)


def sides(claims: Claims, book: Book) -> Iterator[Finding]:
    """``(95.3%), which is above the 95% standard``: the figure before it, or the one that the
    sentence before ends with."""
    last: Said | None = None
    for said in claims.said:
        text = clear_words(said)
        for found in _SIDE.finditer(text):
            before = text[max(0, found.start() - _CLOSE_BY) : found.start()]
            if last is not None and _THIS.match(text) and _is_next(last, said):
                before = f"{last.sentence.text} {before}"
            yield from _side(said, found, _OTHER.sub(" ", before), book)
        last = said


def _is_next(one: Said, other: Said) -> bool:
    """Whether one sentence follows another in its paragraph."""
    return one.sentence.place == other.sentence.place and one.sentence.row is other.sentence.row


def _side(said: Said, found: re.Match[str], before: str, book: Book) -> Iterator[Finding]:
    limit = read_number(found["of"] or found["before"])
    high = read_number(found["high"]) if found["high"] else None
    numbers = [number for _, _, number in numbers_in(before)]
    now = next((n for n in reversed(numbers) if limit and n.percent == limit.percent), None)
    if limit is None or now is None or not limit.percent or now.signed:
        return
    word = found["judged"].lower()
    book.note(said.sentence.place, limit.text)
    if found["points"]:
        right = _is_apart(found["points"], now, limit, word in ("above", "over"))
        told = f"{now.text} and {limit.text}"
    elif high is not None:
        inside = now.high >= limit.low and now.low <= high.high
        right = inside == (word in ("within", "inside"))
        told = f"{now.text} and {limit.text} to {high.text}"
    elif word in ("within", "inside", "outside"):
        inside = now.low <= limit.high
        right, told = inside == (word != "outside"), f"{now.text} and {limit.text}"
    else:
        above = now.high > limit.value
        right = above if word in ("above", "over") else now.low < limit.value
        told = f"{now.text} and {limit.text}"
    if not right:
        yield finding(
            JUDGED, spot_of_sentence(said.sentence, quoted(said, found)),
            f"not {word}", told, None, said.subject, None, 0.8,
        )  # fmt: skip


def _is_apart(points: str, now: Printed, limit: Printed, above: bool) -> bool:
    """Whether a figure is so many points above or below a limit; words that are no number are."""
    number = read_number(points)
    value = number.value if number else NUMBER_WORDS.get(points.lower())
    if value is None:
        return (now.high > limit.low) if above else (now.low < limit.high)
    low, high = now.low - limit.high, now.high - limit.low
    low, high = (low, high) if above else (-high, -low)
    return low - 0.5 <= value <= high + 0.5


def _with_limit(said: Said, found: re.Match[str], book: Book) -> Iterator[Finding]:
    now, target = _both(found, "now", "target")
    if now is None or target is None:
        return
    word = found["judged"].lower()
    good = word in ("met", "achieved", "within") or (word == "exceeded" and bool(found["least"]))
    if found["least"]:
        reached, failed = now.high >= target.low, now.low < target.high
    elif found["fewer"]:
        reached, failed = now.low < target.high, now.high >= target.low
    else:
        reached, failed = now.low <= target.high, now.high > target.low
    sign = "at least" if found["least"] else "fewer than" if found["fewer"] else "no more than"
    told = f"{now.text} against {sign} {target.text}"
    yield from _judged(said, found, reached if good else failed, told, book)


def _with_side(said: Said, found: re.Match[str], book: Book) -> Iterator[Finding]:
    now, target = _both(found, "now", "target")
    if now is None or target is None:
        return
    above = found["judged"].lower() in ("above", "exceeding", "over")
    right = now.high > target.low if above else now.low < target.high
    yield from _judged(said, found, right, f"{now.text} and a target of {target.text}", book)


def _with_rating(said: Said, found: re.Match[str], text: str, book: Book) -> Iterator[Finding]:
    """Two per cents of which more is good, and the colour that is said to follow."""
    now, target = _both(found, "now", "target")
    if now is None or target is None or not now.percent:
        return
    sure = bool(found["least"] or _MORE_IS_GOOD.search(text, 0, found.end("of")))
    if not sure and _LESS_IS_GOOD.search(text):
        return
    red = found["judged"].lower() == "red" or found["judged"].lower().endswith("missed")
    right = now.low < target.value if red else now.high >= target.value
    told = f"{now.text} and a target of {target.text}"
    for each in _judged(said, found, right, told, book):
        yield each if sure else replace(each, severity=Severity.SUSPICIOUS, confidence=0.75)


def _with_range(said: Said, found: re.Match[str], book: Book) -> Iterator[Finding]:
    now, low = _both(found, "now", "low")
    high = read_number(found["high"])
    if now is None or low is None or high is None:
        return
    inside = now.high >= low.low and now.low <= high.high
    right = inside != (found["judged"].lower() == "outside")
    yield from _judged(said, found, right, f"{now.text} and {low.text} to {high.text}", book)


def _both(found: re.Match[str], one: str, other: str) -> tuple[Printed | None, Printed | None]:
    """Two numbers of one kind, else None."""
    first, second = read_number(found[one]), read_number(found[other])
    alike = first and second and (first.percent, first.money) == (second.percent, second.money)
    return (first, second) if alike else (None, None)


def _judged(
    said: Said, found: re.Match[str], right: bool, arithmetic: str, book: Book
) -> Iterator[Finding]:
    book.note(said.sentence.place, found["now"], found[0])
    if not right:
        yield finding(
            JUDGED, spot_of_sentence(said.sentence, quoted(said, found)),
            f"not {found['judged']}", arithmetic, None, said.subject, None, 0.9,
        )  # fmt: skip


_TRACK = re.compile(
    rf"(?P<now>{NUMBER})(?![,.]?\d){_FREE}\bon (?:track|course)\b[^.;\d]{{0,60}}?"
    r"\b(?:target of|reach|achieve|meet|deliver)\s+(?:the\s+|its\s+)?"
    rf"(?:(?:year's\s+)?target of\s+)?(?:at least\s+)?(?P<target>{NUMBER})(?![,.]?\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\bend of (?:q|quarter\s?)(?P<number>[1-3])\b", re.IGNORECASE)
_BEHIND = 0.8


def on_track(claims: Claims, book: Book) -> Iterator[Finding]:
    """Figures so far that say how much of the year has passed, and are on track by their words."""
    for said in claims.said:
        text = plain(said.sentence.text)
        quarter = _QUARTER.search(text)
        found = _TRACK.search(text)
        if quarter is None or found is None:
            continue
        now, target = _both(found, "now", "target")
        if now is None or target is None or now.percent:
            continue
        book.note(said.sentence.place, now.text, target.text)
        pace = now.value * 4 / int(quarter["number"])
        if pace < _BEHIND * target.value:
            yield finding(
                ON_TRACK, spot_of_sentence(said.sentence, quoted(said, found)),
                f"{least(pace)} at this pace",
                f"{now.text} in {quarter['number']} of 4 quarters makes {least(pace)} a year, "
                f"{target.text} is the target", None, said.subject, None, 0.8,
            )  # fmt: skip


CHECKS = (Check(JUDGED, judged), Check(JUDGED, sides), Check(ON_TRACK, on_track))
