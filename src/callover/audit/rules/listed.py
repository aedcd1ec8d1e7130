"""Sums of money that a sentence lists behind their total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callover.audit.claims import Claims, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.sums import LEFT_OVER

_AMOUNT = r"£\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million)\b)?"
_LIST = re.compile(
    rf"(?P<total>{_AMOUNT})[^.;:£]{{0,30}}:\s*(?P<parts>{_AMOUNT}[^.;£]{{0,60}}?"
    rf"(?:,\s*{_AMOUNT}[^.;£]{{0,60}}?)*,?\s+and\s+{_AMOUNT})"
)


def amounts(claims: Claims, book: Book) -> Iterator[Finding]:
    """``£84,000: £36,000 for wardens, £28,500 for cameras and £19,500 for youth work``."""
    for said in claims.said:
        text = plain(said.sentence.text)
        for found in _LIST.finditer(text) if text.count("£") > 2 else ():
            total, parts = read_number(found["total"]), _amounts(found["parts"])
            if total is None or len(parts) < 2:
                continue
            book.note(said.sentence.place, total.text, *(part.text for part in parts))
            low, high = sum(part.low for part in parts), sum(part.high for part in parts)
            if not total.may_be(low, high):
                value = sum(part.value for part in parts)
                told = " + ".join(part.text for part in parts)
                yield finding(
                    LEFT_OVER, spot_of_sentence(said.sentence, total.text), f"£{least(value)}",
                    f"{told} = £{least(value)}", None, said.subject, None, 0.9,
                )  # fmt: skip


def _amounts(text: str) -> list[Printed]:
    return [n for each in re.findall(_AMOUNT, text) if (n := read_number(each)) is not None]


CHECKS = (Check(LEFT_OVER, amounts),)
