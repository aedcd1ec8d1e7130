"""Lines that together are a table, and what a line of a table may look like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from callover.audit.reading.numbers import plain, read_number

PAGE = re.compile(r"\f?\s*(?:page|p\.)\s+(\d{1,4})(?:\s+of\s+\d{1,4})?\s*", re.IGNORECASE)
RULE = re.compile(r"[\s|:+=_-]*-{2,}[\s|:+=_-]*")
OUTER_PIPES = re.compile(r"\s*\|.*\|\s*")
_NO_NUMBER = re.compile(r"[-–—*~†.:]+|n/?[ac]|<\s?\d+|tbc", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A cell as it stands in a line: its words, and how many columns it covers."""

    text: str
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """A table: its rows with the indices of their lines, and the index of the first line after."""

    rows: tuple[tuple[int, tuple[Found, ...]], ...]
    end: int

    @property
    def start(self) -> int:
        """The index of its first row's line."""
        return self.rows[0][0]


def is_rule(line: str) -> bool:
    """Whether a line only parts others: dashes, as under a heading."""
    return "--" in line and RULE.fullmatch(line) is not None


def is_value(text: str) -> bool:
    """Whether a cell holds a number, or a sign that none is printed."""
    return text.isdigit() or read_number(text) is not None or is_sign(text)


def is_sign(text: str) -> bool:
    """Whether a cell says that no number is printed: a dash, an asterisk, n/a."""
    return _NO_NUMBER.fullmatch(plain(text)) is not None
