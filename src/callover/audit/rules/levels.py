"""Counts of one indicator over the same twelve months, told in several places of a pack."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.reading.months import read_month
from callover.audit.reading.numbers import Printed, read_number
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.two_values import TWO_VALUES
from callover.domain.periods import Month

_LEVEL = re.compile(
    r"(?<![\d.,%+−-])(?P<count>\d[\d,]*)\s+(?P<noun>[a-z][a-z-]+(?:\s+[a-z-]+)?)\s+(?:in|over|for)\s+the\s+"
    r"(?:12|twelve)\s+months\s+to\s+(?:the\s+end\s+of\s+)?(?P<month>[A-Z][a-z]+\.?\s+\d{4})"
)
_LEAST_TELLINGS = 3
"""So many places must tell a count before one that differs is called wrong."""


@dataclass(frozen=True, slots=True)
class _Told:
    said: Said
    count: Printed


def levels(claims: Claims, book: Book) -> Iterator[Finding]:
    """A count that one place tells unlike all others."""
    groups: dict[tuple[str, str, Month], list[_Told]] = defaultdict(list)
    for said in claims.said:
        found = list(_LEVEL.finditer(said.sentence.text))
        month = read_month(found[0]["month"]) if len(found) == 1 else None
        count = read_number(found[0]["count"]) if month else None
        if month and count and said.subject:
            groups[said.subject, found[0]["noun"].lower(), month].append(_Told(said, count))
    for group in groups.values():
        yield from _unlike(group, book)


def _unlike(group: Sequence[_Told], book: Book) -> Iterator[Finding]:
    values = Counter(told.count.value for told in group)
    usual, times = values.most_common(1)[0]
    if len(group) < _LEAST_TELLINGS:
        return
    base = next(told for told in group if told.count.value == usual)
    for told in group:
        book.note(told.said.sentence.place, told.count.text)
        if told.count.value != usual and times == len(group) - 1:
            yield finding(
                TWO_VALUES, spot_of_sentence(told.said.sentence, told.count.text), base.count.text,
                f"{told.count.text} here, {base.count.text} in {times} other places",
                spot_of_sentence(base.said.sentence, base.count.text), told.said.subject,
            )  # fmt: skip


CHECKS = (Check(TWO_VALUES, levels),)
