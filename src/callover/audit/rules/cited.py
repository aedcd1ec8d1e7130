"""Figures that sentences cite from a row of a table of their own page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.mentions import Figure, What
from callover.audit.moves import Move, moves_in
from callover.audit.reading.months import Found, Span
from callover.audit.reading.names import words_of
from callover.audit.reading.numbers import Printed, plain
from callover.audit.reading.stretches import stretches_in
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

CITED = Rule(
    "row-and-text",
    "A figure in words is not the one of its row",
    Severity.WRONG,
    "A sentence that names one row of a table on its page, and a period or what was and is, gives "
    "the figures of that row.",
    "There were 2,189 shoplifting offences in Quarter 2; the row says 2,198.",
    "Take both from one extract; digits that changed places are the usual cause.",
    "Text and table use two sources; then the page must name both.",
)
_NEAR = 45
_SLIP = 3
_TELLING = 2
"""A name of fewer words is too common to be sought in other sections."""
_OTHER_KIND = re.compile(r"\bchange|\bdiff|\brate\b|\bper [\d1]|\brank|\btarget\b|\bvarian|%")
_NOT_ITS_OWN = re.compile(
    r"\bof (?:which|these|them|those)\b|\bincluding\b|\bexcept\b|\bexcluding\b|\baverage\b"
    r"|\bforecast\b|\btarget\b|\bper cent of\b|\beach\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Cited:
    """A sentence and the one row that it names."""

    said: Said
    grid: Grid
    line: Line


def cited(claims: Claims, book: Book) -> Iterator[Finding]:
    """Figures with a period, and moves, of sentences that name one row."""
    for each in _sentences(claims):
        text = plain(each.said.sentence.text)
        if _NOT_ITS_OWN.search(text):
            continue
        moves = moves_in(text)
        for move in moves:
            yield from _moved(each, move, book)
        if not moves:
            yield from _levels(each, text, book)


def _sentences(claims: Claims) -> Iterator[_Cited]:
    """Sentences that name one row: of the only table of their section, else of their paper."""
    of_section: dict[int, list[Grid]] = defaultdict(list)
    of_paper: dict[int, list[Grid]] = defaultdict(list)
    for grid in claims.grids:
        if not grid.turned:
            of_section[id(grid.section)].append(grid)
            of_paper[claims.paper_of(grid.section)].append(grid)
    for said in claims.said:
        section = said.sentence.section
        own = of_section[id(section)]
        if said.sentence.row is None and len(own) <= 1 and said.mentions.figures:
            yield from _of_one(said, own or of_paper[claims.paper_of(section)], not own)


def _of_one(said: Said, grids: Sequence[Grid], is_far: bool) -> Iterator[_Cited]:
    if not said.mentions.figures:
        return
    words = frozenset(words_of(said.sentence.text))
    found = [(grid, line) for grid in grids if (line := _named(grid, words))]
    if len(found) == 1 and not (is_far and len(found[0][1].words) < _TELLING):
        yield _Cited(said, *found[0])


def _named(grid: Grid, words: frozenset[str]) -> Line | None:
    """The one row whose name's words all stand in a sentence; totals only where no other does."""
    named = [line for own, line in grid.named if own <= words]
    parts = [line for line in named if not line.is_total]
    named = parts or named
    return named[0] if len(named) == 1 else None


# Moves


def _moved(each: _Cited, move: Move, book: Book) -> Iterator[Finding]:
    """One figure of a move is the row's; the other is one of the row's with a slip of digits."""
    if move.was.percent:
        return
    counts = [n for column, n in each.line.numbers.items() if not each.grid.is_percent(column)]
    inside = [_any(counts, number) for number in (move.was, move.now)]
    place = each.said.sentence.place
    book.note(place, move.was.text, move.now.text)
    if inside[0] == inside[1]:
        return
    odd = move.now if inside[0] else move.was
    if not any(_is_slip(odd, count) for count in counts):
        return  # a figure that this table does not hold
    yield finding(
        CITED, spot_of_sentence(each.said.sentence, odd.text), "a figure of the row",
        f"{odd.text} is not in the row: {each.line.excerpt}", _spot(each), each.said.subject,
        Severity.SUSPICIOUS, 0.8,
    )  # fmt: skip


def _any(counts: Sequence[Printed], number: Printed) -> bool:
    return any(count.may_be(number.low, number.high) for count in counts)


def _is_slip(one: Printed, other: Printed) -> bool:
    """Whether two numbers have the same digits in another order, or a long one has one other."""
    digits, others = (re.sub(r"\D", "", number.text) for number in (one, other))
    if len(digits) != len(others) or len(digits) < _SLIP or digits == others:
        return False
    unlike = sum(a != b for a, b in zip(digits, others, strict=True))
    return sorted(digits) == sorted(others) or (unlike == 1 and len(digits) > _SLIP)


def _spot(each: _Cited) -> Spot:
    place = next(iter(each.line.cells.values())).place
    return Spot(each.grid.section.title, place, each.line.name, each.grid.quoted(each.line))


# Figures with their period


def _levels(each: _Cited, text: str, book: Book) -> Iterator[Finding]:
    stretches = stretches_in(text)
    for figure in each.said.mentions.of(What.LEVEL):
        span = _span_of(text, figure, stretches)
        column = _column(each.grid, span) if span else None
        if span is None or column is None or column not in each.line.numbers:
            continue
        printed = each.line.numbers[column]
        book.note(each.said.sentence.place, figure.printed.text)
        if printed.money != figure.printed.money or printed.percent:
            continue
        if not printed.may_be(figure.printed.low, figure.printed.high):
            yield finding(
                CITED, spot_of_sentence(each.said.sentence, figure.printed.text), printed.text,
                f"{figure.printed.text} in the text, {printed.text} in the row {each.line.name} "
                f"for {span.name}", _spot(each), each.said.subject, None, 0.9,
            )  # fmt: skip


def _span_of(text: str, figure: Figure, stretches: Sequence[Found]) -> Span | None:
    """The stretch right behind a figure, or right before the only one."""
    behind = [s for s in stretches if 0 <= s.start - figure.end <= _NEAR]
    if behind and not re.search(r"\d|[.;]", text[figure.end : behind[0].start]):
        return behind[0].span
    before = [s for s in stretches if 0 <= figure.start - s.end <= _NEAR]
    if len(stretches) == 1 and before and "." not in text[before[0].end : figure.start]:
        return before[0].span
    return None


def _column(grid: Grid, span: Span) -> int | None:
    """The one column of counts whose heading names that stretch and no other."""
    found = []
    for column, head in grid.heads.items():
        spans = {each.span for each in stretches_in(head)}
        if spans == {span} and not _OTHER_KIND.search(head.lower()):
            found.append(column)
    return found[0] if len(found) == 1 else None


CHECKS = (Check(CITED, cited),)
