"""What makes a finding the same one in the next edition, wherever it is printed by then."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from callover.audit.findings import Finding

_SAME = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'",
                       "\u201c": '"', "\u201d": '"'})  # fmt: skip
_NUMBERED = re.compile(r"(\d+(\.\d+)+[.)]?|\d+[.)])\s+")
"""The number before a heading's words; "12 months to September" keeps its 12."""


class Identity(NamedTuple):
    """Rule, section and printed words: no page and no line, for these move with every edition."""

    rule: str
    section: str
    printed: str


def identity_of(rule: str, section: str, printed: str) -> Identity:
    """The identity that these name, however they are spelt."""
    return Identity(rule, _unnumbered(_even(section)), _even(printed))


def identity(finding: Finding) -> Identity:
    """The identity of a finding."""
    return identity_of(finding.rule, finding.spot.section, finding.spot.printed)


def _even(text: str) -> str:
    """Without what a converter or a typist changes: spaces, capitals, kinds of dash and quote."""
    plain = unicodedata.normalize("NFKC", text).translate(_SAME)
    return " ".join(plain.casefold().split())


def _unnumbered(heading: str) -> str:
    number = _NUMBERED.match(heading)
    return heading[number.end() :] if number else heading
