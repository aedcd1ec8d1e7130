"""Numbers of lists and headings as they are printed: 3, c, C, iii, III."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

BULLET = "•"


def in_letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa as word processors count; beyond 780 the number itself."""
    if not 1 <= number <= 780:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(97 + letter) * (times + 1)


def in_roman(number: int) -> str:
    """1 is i, 4 is iv; what cannot be written so stays a number."""
    if not 1 <= number <= 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def counted(number: int, style: str) -> str:
    """``number`` in a style: "1", "01", "a", "A", "i" or "I"."""
    match style:
        case "a":
            return in_letters(number)
        case "A":
            return in_letters(number).upper()
        case "i":
            return in_roman(number)
        case "I":
            return in_roman(number).upper()
        case "01":
            return f"{number:02}"
        case _:
            return str(number)
