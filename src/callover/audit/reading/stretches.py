"""Quarters, halves and years by their end, as tables and sentences name them.

Beside the months of :mod:`callover.audit.reading.months`: ``Q2 2024/25``, ``Quarter 2 of 2024-25``,
``the year ending June 2024``, ``12 months to Jun 24``, ``first half 2024/25``. A quarter is that of
the financial year; two places that name it alike mean the same months.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from callover.audit.reading.months import Found, Span, spans_in, twelve_to
from callover.domain.periods import FinancialYear

_YEAR = r"(?P<{0}>20\d{{2}}|\d{{2}})\s?[/–-]\s?(?:20)?(?P<{0}_end>\d{{2}})(?!\d)"
_QUARTER = re.compile(
    rf"\b(?:Q|Quarter\s?)(?P<before>[1-4])\b,?\s*(?:of\s+)?{_YEAR.format('after')}"
    rf"|(?<![\d/]){_YEAR.format('first')},?\s*(?:Q|Quarter\s?)(?P<behind>[1-4])\b",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"\b(?P<which>first|second|1st|2nd)\s+half\s+(?:of\s+)?{_YEAR.format('after')}", re.IGNORECASE
)
_TWELVE = re.compile(
    r"\b(?:(?:12|twelve)[- ]months?|year|rolling (?:12|year))\s+(?:to|ending|ended|up to)"
    r"(?:\s+the end of)?\s+(?:\d{1,2}\s+)?$",
    re.IGNORECASE,
)


def stretches_in(text: str) -> list[Found]:
    """Every stretch of months in the order of the text; the longer words win."""
    found = [*_quarters(text), *_halves(text), *_twelves(text, spans_in(text)), *spans_in(text)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Found] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _quarters(text: str) -> Iterator[Found]:
    for found in _QUARTER.finditer(text):
        number = int(found["before"] or found["behind"])
        name = "after" if found["before"] else "first"
        year = _year(found[name], found[f"{name}_end"])
        if year is not None:
            first = year.first + 3 * (number - 1)
            yield Found(found.start(), found.end(), Span(first, first + 2))


def _halves(text: str) -> Iterator[Found]:
    for found in _HALF.finditer(text):
        year = _year(found["after"], found["after_end"])
        if year is not None:
            first = year.first + (0 if found["which"].lower() in ("first", "1st") else 6)
            yield Found(found.start(), found.end(), Span(first, first + 5))


def _twelves(text: str, spans: Iterable[Found]) -> Iterator[Found]:
    for found in spans:
        before = _TWELVE.search(text[: found.start])
        if before and found.span.months == 1:
            yield Found(before.start(), found.end, twelve_to(found.span.last))


def _year(start: str, end: str) -> FinancialYear | None:
    first = int(start) if len(start) == 4 else 2000 + int(start)
    return FinancialYear(first) if (first + 1) % 100 == int(end) else None
