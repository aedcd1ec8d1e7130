"""Persons, exact places and live cases in words that are about to be published.

It warns; it does not judge. A sentence about "the court" may be harmless and one without any of
these words may not be: the release is signed by a person who has read it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from callover.report.release.wordlists import (
    COUNTED,
    COURT,
    FEW,
    HONORIFICS,
    NATIONALITIES,
    PEOPLE,
    STREETS,
)


@dataclass(frozen=True, slots=True)
class Concern:
    """A place to look at: line, the words, what may be wrong with them."""

    line: int
    words: str
    reason: str


_NAME = r"[A-Z][a-zà-öø-ÿ'’-]+"


def _any(words: Collection[str]) -> str:
    """The words as one pattern, the longer first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_RULES = (
    (re.compile(rf"\b(?:{_any(HONORIFICS)})\.?\s+{_NAME}"), "names a person"),
    (
        re.compile(rf"\b(?:[Ff]lat|[Uu]nit|[Rr]oom) \d+[A-Za-z]?\b"
                   rf"|\b\d{{1,4}}[A-Za-z]?,?\s+(?:{_NAME}\s+){{1,3}}(?:{_any(STREETS)})\b"),
        "gives an exact address",
    ),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"), "gives a postcode"),
    (re.compile(r"\b(?:0|\+44)\s?\d(?:[\s-]?\d){8,9}\b|\b[\w.+-]+@[\w-]+\.[\w.]+\b"),
     "gives a telephone number or an address of a person"),
    (
        re.compile(rf"\b(?:{_any(NATIONALITIES)})\b(?:\s+[\w-]+){{0,3}}\s+\b(?:{_any(PEOPLE)})\b"
                   rf"|\b(?:{_any(PEOPLE)})\b(?:\s+[\w-]+){{0,4}}\s+\b(?:{_any(NATIONALITIES)})\b",
                   re.IGNORECASE),
        "says where people come from",
    ),
    (re.compile(r"\b(?:aged?\s+)?\d{1,2}[- ]year[- ]old\b", re.IGNORECASE), "gives a person's age"),
    (re.compile(rf"\b(?:{_any(COURT)})\b", re.IGNORECASE), "may touch a live case"),
    (
        re.compile(rf"\b(?:{_any(FEW)}|[1-9])(?: (?!in\b|of\b|to\b)[\w-]+){{0,2}}"
                   rf" (?:{_any({*COUNTED, *PEOPLE})})\b"
                   rf"|\b(?:{_any(FEW[1:])}|[2-9]) of (?:the|these|those|all|our)"
                   rf"(?: (?:{{{{[^{{}}]*}}}}|[\w-]+)){{0,2}} (?:{_any({*COUNTED, *PEOPLE})})\b",
                   re.IGNORECASE),
        "counts a few",
    ),
)  # fmt: skip

_TWO_NAMES = re.compile(rf"(?<![.!?:]\s)(?<!^)\b({_NAME})\s+({_NAME})\b")


def concerns(text: str, known: Collection[str] = ()) -> list[Concern]:
    """What to look at before ``text`` goes to the public, in order of place.

    ``known`` are capitalised names that are nobody's: places, indicators, bodies.
    """
    found: list[Concern] = []
    harmless = {word for name in known for word in re.findall(r"\w+", name)}
    for number, line in enumerate(text.splitlines(), 1):
        taken: list[tuple[int, int]] = []
        for match, reason in _matches(line, harmless):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue  # the first rule that names a place says enough
            taken.append((start, end))
            found.append(Concern(number, match[0], reason))
    return found


def _matches(line: str, harmless: set[str]) -> Iterator[tuple[re.Match[str], str]]:
    for pattern, reason in _RULES:
        for match in pattern.finditer(line):
            yield match, reason
    for match in _TWO_NAMES.finditer(line):
        if not {match[1], match[2]} & (harmless | _CALENDAR):
            yield match, "may name a person"


_CALENDAR = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    "Saturday", "Sunday", "Christmas", "Easter", "Halloween", "Bonfire", "Night", "Operation",
}  # fmt: skip
