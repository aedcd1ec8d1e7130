"""Text as a person reads it: spaces as one, nothing invisible in words, raised signs told apart."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile("[ \u00a0\r]+")
_AROUND_TABS = re.compile(" ?\t[ \t]*")
_AROUND_BREAKS = re.compile("[ \t]?\n[ \t\n]*")
_FLOWING = re.compile("[ \t\n\r\f\u00a0]+")
_ORDINAL = re.compile("st|nd|rd|th", re.IGNORECASE)

_RAISED = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)


def tidy(text: str) -> str:
    """``text`` with single spaces, tabs and breaks of lines, and nothing invisible in it."""
    if text.isascii() and text.isprintable() and " " not in text:  # as almost every number is
        return text
    plain = _AROUND_TABS.sub("\t", _SPACES.sub(" ", _INVISIBLE.sub("", text)))
    return _AROUND_BREAKS.sub("\n", plain).strip()


def in_a_line(text: str) -> str:
    """``text`` without breaks of lines: those of a file that mean nothing on the page."""
    return _FLOWING.sub(" ", _INVISIBLE.sub("", text))


def raised(text: str) -> str:
    """A superscript in signs of its own, so that a note's mark is no digit of the number before it.

    The endings of 1st, 2nd and 3rd belong to their word and stay.
    """
    if _ORDINAL.fullmatch(text.strip()):
        return text
    return text.translate(_RAISED)
