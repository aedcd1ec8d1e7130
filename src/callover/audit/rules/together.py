"""The rules of a long pack in two processes, those of a short one one after another."""

from __future__ import annotations

from collections.abc import Sequence

from callover.audit.claims import Claims
from callover.audit.copies import alternated, in_two
from callover.audit.findings import Finding
from callover.audit.rules.check import Book, Check

WORTH_A_PROCESS = 6000
"""Sentences from which two processes are sooner done than one."""

Family = Sequence[Check]


def found_by(families: Sequence[Family], claims: Claims, book: Book) -> list[Finding]:
    """What the rules find, in their order; ``book`` notes what they compared."""

    def found(some: Sequence[Family]) -> tuple[list[list[Finding]], Book]:
        noted = Book()
        return [[e for check in each for e in check.found(claims, noted)] for each in some], noted

    if len(claims.said) < WORTH_A_PROCESS:
        halves = [found(families)]
    else:
        claims.read_first()
        halves = in_two(families, found)
    for _, noted in halves:
        book.join(noted)
    return [each for family in alternated([half for half, _ in halves]) for each in family]
