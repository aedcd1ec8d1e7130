"""Numbers in words, as sentences of reports write those up to twenty."""

from __future__ import annotations

_FROM_ONE = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
NUMBER_WORDS = {word: number for number, word in enumerate(_FROM_ONE, 1)}
"""Each number by its word in lower case."""


def counted(text: str) -> int:
    """A whole number in words or digits; raises ValueError for neither."""
    return NUMBER_WORDS.get(text.lower()) or int(text.replace(",", ""))
