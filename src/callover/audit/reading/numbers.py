"""Printed numbers: what was written, and every value that rounds to it.

A claim is wrong only if no values that round to the printed ones satisfy it; so a number is an
interval here. ``4 %`` may be anything from 3.5 to 4.5 (both ends: packs round halves either way),
a count without decimals is exactly itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

KEPT = 1 << 16
"""Texts of cells whose reading is kept: tables repeat them, and every rule reads them anew."""
_SIGNS = "+\\-−–"
_AMOUNT = (
    r"\d{1,3}(?:,\d{3}){1,4}(?!\d)|(?<![\d.,])\d{1,2},\ \d{3}(?=\s(?:offence|crime|incident|call))"
    r"|\d{1,15}"
)
_NUMBER = rf"""
    (?P<sign>[{_SIGNS}]\s?)?
    (?P<money>£\s?)?
    (?P<amount>{_AMOUNT})
    (?P<decimals>\.\d+)?
    (?P<scale>\s?(?:k|m|bn|million|billion|thousand)\b)?
    (?P<percent>\s?(?:%|per\ cent\b|percent\b))?
"""
_IN_TEXT = re.compile(rf"(?<![\w.,/£%)])(?:{_NUMBER})(?![\w/]|[.,]\d)", re.VERBOSE | re.IGNORECASE)
_ALONE = re.compile(rf"\(?(?:{_NUMBER})\)?\s*[*†^]*", re.VERBOSE | re.IGNORECASE)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_NO_CHANGE = re.compile(r"(?:no|nil|zero) change|unchanged", re.IGNORECASE)
_EPSILON = 1e-9
_THIN = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " ", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed. ``half`` is half a unit of its last place, 0 where it is exact.

    ``value`` is negative only where a minus stands before it; ``signed`` says whether any sign did.
    """

    text: str
    value: float
    half: float = 0.0
    percent: bool = False
    signed: bool = False
    money: bool = False

    @property
    def low(self) -> float:
        """The least value that rounds to it."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """The largest value that rounds to it."""
        return self.value + self.half

    def may_be(self, low: float, high: float | None = None) -> bool:
        """Whether some value between ``low`` and ``high`` is printed like this."""
        high = low if high is None else high
        slack = _EPSILON * max(1.0, abs(low), abs(high))
        return low - slack <= self.high and self.low <= high + slack

    def may_measure(self, low: float, high: float) -> bool:
        """Whether it may be the size, its sign aside, of a change between ``low`` and ``high``."""
        size = Printed(self.text, abs(self.value), self.half)
        least = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
        return size.may_be(least, max(abs(low), abs(high)))

    def rounded(self, unit: float = 0.5) -> Printed:
        """The same number where it may itself have been rounded to whole ones."""
        return self if self.half else Printed(
            self.text, self.value, unit, self.percent, self.signed, self.money
        )  # fmt: skip


@lru_cache(maxsize=KEPT)
def plain(text: str) -> str:
    """``text`` with the spaces and hyphens of typesetters as keyboards write them."""
    return text.translate(_THIN)


@lru_cache(maxsize=KEPT)
def read_number(text: str) -> Printed | None:
    """A cell that holds one number, and "no change"; None for anything else."""
    tidy = plain(text).strip()
    if _NO_CHANGE.fullmatch(tidy):
        return Printed(tidy, 0.0, 0.5, percent=True)
    found = _ALONE.fullmatch(tidy)
    return _printed(found) if found else None


def numbers_in(text: str) -> Iterator[tuple[int, int, Printed]]:
    """Each number of a sentence with where it starts and ends; ``text`` made :func:`plain`."""
    for found in _IN_TEXT.finditer(text):
        printed = _printed(found)
        if printed.value < 0 and _ends_range(text[: found.start()], printed):
            printed = replace(
                printed, text=found[0].lstrip("-−– "), value=-printed.value, signed=False
            )
        yield found.start(), found.end(), printed


def _ends_range(before: str, printed: Printed) -> bool:
    """Whether a dash joins two numbers of one kind ("28% - 40%") and is no minus."""
    last = before.rstrip()[-1:]
    return last == "%" if printed.percent else last.isdigit()


def _printed(found: re.Match[str]) -> Printed:
    decimals, percent = found["decimals"] or "", bool(found["percent"])
    scale = _SCALES.get((found["scale"] or "").strip().lower(), 1.0)
    value = float(re.sub(r"[,\s]", "", found["amount"]) + decimals) * scale
    sign = (found["sign"] or "").strip()
    exact = not decimals and scale == 1 and not percent
    places = len(decimals) - 1 if decimals else 0
    return Printed(
        found[0].strip(),
        -value if sign and sign != "+" else value,
        0.0 if exact else 0.5 * 10.0**-places * scale,
        percent,
        bool(sign),
        bool(found["money"]),
    )
