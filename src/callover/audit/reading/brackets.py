"""Numbers in brackets: a minus, as accountants write it, or only a number beside another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from callover.audit.reading.numbers import Printed, plain

_BRACKETED = re.compile(r"\(\s*£?\s*\d[\d,]*(?:\.\d+)?\s*%?\s*\)")


def is_bracketed(text: str) -> bool:
    """Whether a cell holds one number in brackets and no sign."""
    return bool(_BRACKETED.fullmatch(plain(text).strip()))


def mean_minus(texts: Iterable[str]) -> bool:
    """Whether brackets are a minus in a column of numbers: where not every number has them."""
    return not all(map(is_bracketed, texts))


def negative(printed: Printed) -> Printed:
    """The number that brackets make negative."""
    return replace(printed, value=-abs(printed.value), signed=True)
