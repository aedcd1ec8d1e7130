"""What may stand over a group of findings: the title of something, as the pack prints it."""

from __future__ import annotations

import re

from callover.audit.mentions import DIRECTION
from callover.audit.reading.numbers import plain

_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_TITLE = frozenset(
    ("amber", "blue", "green", "grey", "na", "nil", "rag", "rate", "rated", "rating", "red",
     "status", "tba", "tbc")
)  # fmt: skip
"""Words of a rating, and of what is still to be filled in: they do not say of what."""
_FIGURE = re.compile(r"\d")
_ENDS = " :;,-–*("


def is_title(text: str) -> bool:
    """Whether a word of ``text`` names something: it is no rating, no number, no row of dashes."""
    return any(word not in _NO_TITLE for word in _WORD.findall(plain(text).lower()))


def as_printed(title: str) -> str:
    """A title as it stands, without how much it moved: ``Youth violence (up 17 %)``."""
    text = " ".join(plain(title).split())
    moved = DIRECTION.search(text)
    if moved and _FIGURE.search(text, moved.end()):
        text = _closed(text[: moved.start()]) or text
    return text.strip(_ENDS)


def _closed(text: str) -> str:
    """``text`` without the bracket that it leaves open."""
    opened = text.rfind("(")
    return (text[:opened] if opened > text.rfind(")") else text).strip(_ENDS)
