"""Names of sheets: short enough for Excel, cut between words, never twice the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 31  # Excel's limit for the name of a sheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_LEADING_ON = "' ,;.–—-&"
_NUMBERED = re.compile(r"(?P<number>\d+) (?P<family>[^:]+): (?P<rest>.+)")
_CONNECTING = frozenset({
    *("a", "about", "and", "by", "for", "from", "how", "in", "including", "of", "on", "or"),
    *("the", "to", "who", "whose", "with"),
})  # fmt: skip


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts and that is not in ``taken`` (lower case), to which it is added."""
    base = next(name for name in _candidates(wanted) if len(name) <= LONGEST)
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        ending = f" {number}"
        name = _cut(base, LONGEST - len(ending)) + ending
    taken.add(name.lower())
    return name


def _candidates(wanted: str) -> Iterator[str]:
    """The name in full, then ever shorter; the last always fits.

    What stands in brackets goes first, then the family of a numbered title (``24 PHOF 2.15:``),
    whose number tells it apart, then words from the end.
    """
    yield _clean(wanted)
    without = _ASIDE.sub("", wanted)
    yield _clean(without)
    numbered = _NUMBERED.fullmatch(without.strip())
    if numbered:
        rest = numbered["rest"]
        without = f"{numbered['number']} {rest[:1].upper()}{rest[1:]}"
        yield _clean(without)
    yield _cut(_clean(without), LONGEST)


def _clean(words: str) -> str:
    """Without what Excel forbids in a name, and without what would lead on to further words."""
    kept = " ".join(_FORBIDDEN.sub(" ", words).split()).lstrip("' ")
    return kept.rstrip(_LEADING_ON) or "Table"


def _cut(words: str, room: int) -> str:
    """As many whole words as fit; a phrase that a connecting word opens goes as a whole, unless a
    comma ends it before the cut."""
    if len(words) <= room:
        return words
    kept = words[: room + 1].rsplit(" ", 1)[0].split(" ") if " " in words[: room + 1] else []
    opens = [place for place, word in enumerate(kept) if place > 1 and word in _CONNECTING]
    closed = max((place for place, word in enumerate(kept) if word.endswith(",")), default=0)
    if opens:
        kept = kept[: closed + 1] if closed > opens[-1] else kept[: opens[-1]]
    while len(kept) > 1 and kept[-1] in _CONNECTING:
        kept.pop()
    return " ".join(kept).rstrip(_LEADING_ON) or words[:room].strip()
