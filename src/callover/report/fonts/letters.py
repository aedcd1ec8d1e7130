"""Which signs the typeface has: PDF/UA takes no text with a sign that cannot be shown."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache

from callover.report.fonts import FOLDER

STAND_IN = "\ufffd"
"""What is printed for a sign that the typeface lacks, such as an emoji."""

_FACES = ("Regular", "Bold", "Italic")
_FULL = (3, 10)  # platform and encoding of the table for all of Unicode
_SPACES = "\t\n\r"
_NEVER = frozenset({0x0, 0xFEFF, 0xFFFE})
"""PDF/UA-1 holds none of these, whatever the typeface has (ISO 14289-1, 7.21.7)."""


def showable(words: str) -> str:
    """``words`` with a stand-in for each sign that the typeface lacks, and without those that
    stand for nothing to be seen."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(map(_shown, words))


@cache
def _shown(sign: str) -> str:
    if sign in _SPACES or ord(sign) in _letters():
        return sign
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Mn") else STAND_IN


@cache
def _letters() -> frozenset[int]:
    """Code points of which every face has a letter."""
    first, *others = (_letters_of(face) for face in _FACES)
    return frozenset(first.intersection(*others)) - _NEVER


def _letters_of(face: str) -> frozenset[int]:
    """Of one face, by its character map of format 12 (OpenType 1.9, ``cmap``)."""
    font = (FOLDER / f"NotoSans-{face}.ttf").read_bytes()
    start = _table(font, b"cmap")
    for at in range(start + 4, start + 4 + 8 * struct.unpack_from(">H", font, start + 2)[0], 8):
        platform, encoding, offset = struct.unpack_from(">HHI", font, at)
        if (platform, encoding) == _FULL:
            return _mapped(font, start + offset)
    raise ValueError(f"NotoSans-{face}.ttf has no character map for all of Unicode")


def _table(font: bytes, name: bytes) -> int:
    """Where a table of the font begins."""
    for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16):
        if font[at : at + 4] == name:
            return int(struct.unpack_from(">I", font, at + 8)[0])
    raise ValueError(f"the font has no table {name.decode()}")


def _mapped(font: bytes, at: int) -> frozenset[int]:
    """The code points of a map of format 12: groups of first, last and the first one's glyph."""
    groups = struct.unpack_from(">I", font, at + 12)[0]
    found: set[int] = set()
    for first, last, _ in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * groups]):
        found.update(range(first, last + 1))
    return frozenset(found)
