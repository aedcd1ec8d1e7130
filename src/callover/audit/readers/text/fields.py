"""A line of text by the fields that gaps of two blanks or more part, and what it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from callover.audit.limits import MOST_COLUMNS
from callover.audit.readers.text.stretch import OUTER_PIPES, PAGE, is_rule, is_sign, is_value

_FIELD = re.compile(r"\S+(?: \S+)*")
_LEADERS = re.compile(r"\.{3,}|(?:\. ){3,}|…|·{3,}")
LEAST_FIELDS = 3
LONGEST_LABEL = 70
SLACK = 1
"""Signs that an edge may be off, as the brackets of a negative number are."""


@dataclass(frozen=True, slots=True)
class Field:
    """Words without a gap within: where they begin, and where the line goes on after them."""

    start: int
    end: int
    text: str

    @property
    def centre(self) -> float:
        """The middle between its ends."""
        return (self.start + self.end) / 2

    def overlap(self, other: Field) -> int:
        """How many signs of a line both cover, negative for those between them."""
        return min(self.end, other.end) - max(self.start, other.start)

    def joined(self, other: Field) -> Field:
        """What both cover together."""
        return Field(min(self.start, other.start), max(self.end, other.end), "")

    def shares_an_edge(self, other: Field) -> bool:
        """Whether both are flush left or right with one another."""
        return min(abs(self.start - other.start), abs(self.end - other.end)) <= SLACK


@dataclass(frozen=True)
class Line:
    """A line by its fields; none for a rule, a blank line and what is never a row."""

    at: int
    raw: str

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.raw.strip()

    @cached_property
    def is_rule(self) -> bool:
        """Whether it only parts others."""
        return is_rule(self.raw)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its words between gaps, with their places."""
        if "  " not in self.raw.strip():
            own = self.raw.strip()
            start = len(self.raw) - len(self.raw.lstrip())
            return () if self._is_other or not own else (Field(start, start + len(own), own),)
        found = (Field(m.start(), m.end(), m[0]) for m in _FIELD.finditer(self.raw))
        fields = () if self._is_other else tuple(found)
        return fields if len(fields) <= MOST_COLUMNS else ()

    @cached_property
    def _is_other(self) -> bool:
        """Whether it is no row of such a table whatever it holds: a contents line, a page."""
        has_signs = "\t" in self.raw or OUTER_PIPES.fullmatch(self.raw)
        return bool(has_signs or PAGE.fullmatch(self.raw) or _LEADERS.search(self.raw))

    @cached_property
    def values(self) -> int:
        """How many fields behind the first hold numbers; 0 where only signs for none stand."""
        texts = [field.text for field in self.fields[1:]]
        numbers = sum(map(is_value, texts))
        return 0 if all(is_sign(text) for text in texts if is_value(text)) else numbers

    @cached_property
    def is_data(self) -> bool:
        """Whether it has two gaps, and numbers in a third of its fields behind the first."""
        behind = len(self.fields) - 1
        return behind + 1 >= LEAST_FIELDS and 0 < behind <= 3 * self.values

    @cached_property
    def is_label(self) -> bool:
        """Whether it may name the rows below it: one short field that is no sentence."""
        words = self.raw.strip()
        short = len(words) <= LONGEST_LABEL and not words.endswith((".", ";", ","))
        return len(self.fields) == 1 and short

    def is_like(self, other: Line) -> bool:
        """Whether it has as many fields, each under that of ``other``."""
        pairs = list(zip(self.fields, other.fields, strict=False))
        same = len(self.fields) == len(other.fields)
        return same and all(a.overlap(b) > 0 or a.shares_an_edge(b) for a, b in pairs)
