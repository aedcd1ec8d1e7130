"""How wide words stand in the typeface, by the size of its letters."""

from __future__ import annotations

from functools import cache

BOLD = 1.07  # how much wider bold letters are
_BY_WIDTH = {  # letters by their width, as a share of their size; others are as wide as a digit
    0.15: "\u202f",
    0.25: "'’ijlJ!,.:; ·\xa0",
    0.31: "()-`",
    0.35: "ftI/[]\\“”",
    0.41: 'r"{}',
    0.46: "z?_csvyFL–",
    0.61: "bdghnopquKPRVXABC#",
    0.75: "DGHNU&",
    0.79: "wOQ",
    0.93: "mWM@%",
}
WIDTH = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_DIGIT = 0.57


@cache
def text_width(words: str) -> float:
    """Width of ``words`` by the letters' size; bold ones are ``BOLD`` times as wide."""
    return sum(WIDTH.get(letter, _DIGIT) for letter in words)
