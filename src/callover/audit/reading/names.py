"""What indicators, offences and services are called, however a page abbreviates them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from callover.audit.reading.numbers import KEPT

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|&|%")
_IDLE = frozenset(
    ("a", "an", "and", "&", "the", "of", "to", "in", "for", "on", "by", "total", "number",
     "all", "overall", "any", "including", "inc", "incl", "mopac", "priority",
     "indicator", "phof", "scheme", "service", "rate", "figure", "who", "are", "offence",
     "crime", "incident", "call", "recorded", "reported")
)  # fmt: skip
_ALIKE = {
    "offences": "offence", "crimes": "crime", "incidents": "incident", "calls": "call",
    "motor": "motor", "vehicles": "vehicle", "persons": "person", "people": "person",
    "dwellings": "dwelling", "robberies": "robbery", "burglaries": "burglary", "fires": "fire",
    "thefts": "theft", "referrals": "referral", "residents": "resident", "homes": "home",
    "antisocial": "asb", "calls'": "call",
}  # fmt: skip
_PHRASES = (
    (re.compile(r"\bno\.|\bno(?=\s+of\b|\W*$)"), " "),  # the number, not none
    (re.compile(r"\bmopac\s?7\b"), " "),
    (re.compile(r"anti[- ]?social behaviou?r"), "asb"),
    (re.compile(r"\bre-(?=[a-z])"), "re"),
    (re.compile(r"\bvs\b|\bv\b"), " "),
    (re.compile(r"(?<=[a-z])/[a-z]+"), " "),
    (re.compile(r"\bdomestic violence\b"), "domestic abuse"),
    (re.compile(r"\bsexual violence\b"), "sexual"),
)


@lru_cache(maxsize=KEPT)
def words_of(name: str) -> tuple[str, ...]:
    """The telling words of a name, in order: singular, lower case, without idle ones."""
    text = name.lower().replace("’", "'")
    for pattern, instead in _PHRASES:
        text = pattern.sub(instead, text)
    found = [_ALIKE.get(word, _singular(word)) for word in _WORD.findall(text)]
    return tuple(word for word in found if word not in _IDLE)


def key_of(name: str) -> str:
    """A key that is equal for two spellings of one name."""
    return " ".join(dict.fromkeys(words_of(name)))


def _singular(word: str) -> str:
    word = word.removesuffix("'s").rstrip("'")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word


class Names:
    """Known names, found in texts by their telling words; the longest wins."""

    def __init__(self, names: Iterable[str], also: dict[str, str] | None = None) -> None:
        """``also`` holds abbreviations: ``{"VWI": "Violence with Injury"}``."""
        self._keys: dict[tuple[str, ...], str] = {}
        for name in names:
            words = tuple(dict.fromkeys(words_of(name)))
            if words and (len(words) > 1 or len(words[0]) >= 3):
                self._keys.setdefault(words, key_of(name))
        for short, name in (also or {}).items():
            self._keys.setdefault((short.lower(),), key_of(name))
        self._longest = max((len(words) for words in self._keys), default=0)

    def found_in(self, text: str) -> Iterator[str]:
        """The key of each name in ``text``, from left to right, none within another."""
        words = words_of(text)
        at = 0
        while at < len(words):
            length = self._match(words, at)
            if length:
                yield self._keys[words[at : at + length]]
            at += length or 1

    def _match(self, words: tuple[str, ...], at: int) -> int:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            if words[at : at + length] in self._keys:
                return length
        return 0
