"""A rule with the function that checks it, and the book of what was compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.pack import Place
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity


class Book:
    """Which claims some rule compared with another."""

    def __init__(self) -> None:
        self._compared: set[tuple[Place, str]] = set()

    def note(self, place: Place, *printed: str) -> None:
        """Remember that what is printed at ``place`` was compared."""
        self._compared.update((place, text.strip()) for text in printed)

    def join(self, other: Book) -> None:
        """Take over what another book remembers."""
        self._compared |= other._compared

    def of(self, read: frozenset[tuple[Place, str]]) -> int:
        """How many of the claims that were read it holds."""
        return len(self._compared & read)


Found = Callable[[Claims, Book], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and what finds breaches of it."""

    rule: Rule
    found: Found


def finding(
    rule: Rule, spot: Spot, follows: str, arithmetic: str, other: Spot | None = None,
    indicator: str = "", severity: Severity | None = None, confidence: float = 0.95,
) -> Finding:  # fmt: skip
    """A breach of ``rule``; its own severity where none is given."""
    return Finding(
        rule.id, severity or rule.severity, confidence, spot, _MINUS.sub("−", follows),
        _MINUS.sub("−", arithmetic), other, indicator or spot.section,
    )  # fmt: skip


_MINUS = re.compile(r"(?<![\w−–-])-(?=\s?\d)")


def least(value: float) -> str:
    """A number with as many decimals as it needs, four at most."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
