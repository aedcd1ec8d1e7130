"""Moves from one figure to another: their direction, difference, per cent and points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.moves import Move, moves_in
from callover.audit.outline import Section
from callover.audit.pack import Paragraph, Place
from callover.audit.reading.numbers import plain
from callover.audit.rules.changes import CHANGE_DIRECTION, CHANGE_NUMBER, CHANGE_PERCENT
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

POINTS = Rule(
    "percentage-points",
    "A change in percentage points does not follow from its two percentages",
    Severity.WRONG,
    "Between two percentages the change is a number of points: the one less the other.",
    "Up 5 percentage points from 71 % to 74 %: it is 3.",
    "Take the one percentage from the other, and write points, not per cent.",
)
_ALIKE = re.compile(r"\b(?:unchanged|stable|the same)\b[^.;\d]{0,12}$", re.IGNORECASE)
_ALIKE_BY = 0.1
_BEFORE = 40
_TILE = 90
"""A paragraph no longer than this may be the figure of a tile, and the next its change."""


def moves(claims: Claims, book: Book) -> Iterator[Finding]:
    """Moves that sentences and tiles tell."""
    for said in claims.said:
        for move in moves_in(said.sentence.text):
            yield from _checked(move, said.sentence.section, said.sentence.place,
                                said.subject, book)  # fmt: skip
    for section in claims.sections:
        yield from _tiles(claims, section, book)


def _tiles(claims: Claims, section: Section, book: Book) -> Iterator[Finding]:
    """A figure and, as a paragraph of its own beneath it, its change on another figure."""
    for above, below in pairwise(section.blocks):
        if not isinstance(above, Paragraph) or not isinstance(below, Paragraph):
            continue
        if len(above.text) > _TILE or len(below.text) > _TILE or not _begins(above, below):
            continue
        for move in moves_in(f"{plain(above.text)}, {plain(below.text)}"):
            if move.start < len(above.text) < move.end:
                subject = claims.subjects.of_section(section)
                yield from _checked(move, section, below.place, subject, book)


def _begins(above: Paragraph, below: Paragraph) -> bool:
    """Whether a figure leads to a change: the one begins with a number, the other with a sign."""
    first = below.text.lstrip()[:4].lower()
    return above.text[:1].isdigit() and (first[:1] in "▲▼↑↓⬆⬇" or first in ("up ", "down"))


def _checked(
    move: Move, section: Section, place: Place, subject: str, book: Book
) -> Iterator[Finding]:  # fmt: skip
    spot = Spot(section.title, place, move.printed, move.text)
    book.note(place, move.was.text, move.now.text)
    yield from _directed(move, spot, subject)
    yield from _unchanged(move, spot, subject)
    if move.was.percent:
        yield from _points(move, spot, subject, book)
        return
    if move.number is not None and move.number.money == move.now.money:
        book.note(place, move.number.text)
        if not move.number.may_measure(*_differences(move)):
            arithmetic = f"{move.now.text} - {move.was.text} = {least(move.rise)}"
            yield _found(CHANGE_NUMBER, spot, move.number.text, least(move.rise), arithmetic,
                         subject)  # fmt: skip
    yield from _percent(move, spot, subject, book)


def _directed(move: Move, spot: Spot, subject: str) -> Iterator[Finding]:
    told = [(up, how) for up, how in ((move.up, move.how), (move.arrow, "arrow")) if up is not None]
    for up, how in told:
        if move.rise and up != (move.rise > 0):
            word = "a rise" if move.rise > 0 else "a fall"
            yield _found(
                CHANGE_DIRECTION, spot, how, word,
                f"{move.was.text} became {move.now.text}: {word} of {least(abs(move.rise))}",
                subject,
            )  # fmt: skip
            return


def _unchanged(move: Move, spot: Spot, subject: str) -> Iterator[Finding]:
    """Two figures far apart that are said to be alike."""
    before = move.text[max(0, move.start - _BEFORE) : move.start]
    said = _ALIKE.search(before)
    if said is None or abs(move.rise) <= _ALIKE_BY * abs(move.was.value):
        return
    place = Spot(spot.section, spot.place, said[0].strip(), spot.excerpt)
    word = "a rise" if move.rise > 0 else "a fall"
    yield finding(
        CHANGE_DIRECTION, place, word, f"{move.was.text} became {move.now.text}", None, subject,
        Severity.SUSPICIOUS, 0.8,
    )  # fmt: skip


def _percent(move: Move, spot: Spot, subject: str, book: Book) -> Iterator[Finding]:
    if move.percent is None or move.was.low <= 0:
        return
    book.note(spot.place, move.percent.text)
    low, high = 100 * (move.now.low / move.was.high - 1), 100 * (move.now.high / move.was.low - 1)
    if not move.percent.may_measure(low, high):
        percent = 100 * move.rise / move.was.value
        found = _found(
            CHANGE_PERCENT, spot, move.percent.text, f"{percent:+.1f} %",
            f"({move.now.text} - {move.was.text}) / {move.was.text} = {percent:+.2f} %", subject,
        )  # fmt: skip
        yield replace(found, severity=Severity.SUSPICIOUS) if _may_be_share(move) else found


def _may_be_share(move: Move) -> bool:
    """Whether a per cent may be a part of a whole and no change: no direction is said."""
    return move.up is None and move.arrow is None


def _points(move: Move, spot: Spot, subject: str, book: Book) -> Iterator[Finding]:
    if move.number is None:
        return
    book.note(spot.place, move.number.text)
    size = move.number if move.number.half else move.number.rounded()
    if not size.may_measure(*_differences(move)):
        yield _found(
            POINTS, spot, move.number.text, f"{least(abs(move.rise))} points",
            f"{move.now.text} - {move.was.text} = {least(move.rise)} points", subject,
        )  # fmt: skip


def _differences(move: Move) -> tuple[float, float]:
    return move.now.low - move.was.high, move.now.high - move.was.low


def _found(
    rule: Rule, spot: Spot, printed: str, follows: str, arithmetic: str, subject: str
) -> Finding:
    place = Spot(spot.section, spot.place, printed, spot.excerpt)
    return finding(rule, place, follows, arithmetic, None, subject, None, 0.9)


CHECKS = (Check(POINTS, moves),)
