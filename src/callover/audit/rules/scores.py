"""League tables: arrows and ranks against the figures of their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import permutations

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.reading.number_words import NUMBER_WORDS, counted
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

ARROW = Rule(
    "arrow-against-figures",
    "An arrow points another way than its figures",
    Severity.SUSPICIOUS,
    "In a column of arrows most follow the change, or the two periods, beside them; one does not.",
    "188 after 208, a change of -20, under ▲.",
    "Turn the arrow, or correct the figure.",
    "The arrow says better or worse, not more or fewer; then the table must say so.",
)
RANK_ORDER = Rule(
    "rank-order",
    "A rank is not the place of its figure",
    Severity.WRONG,
    "Where the ranks of a table follow the order of one of its columns, each row's rank is its "
    "place in that order.",
    "Wards of 586, 298, 207 and 112 incidents ranked 1, 2, 4 and 4.",
    "Rank the column again.",
)
RANK_WORDS = Rule(
    "rank-in-words",
    "A place in words is not that of the table",
    Severity.SUSPICIOUS,
    '"Second lowest of the four wards" is so in at least one column of the table of four wards.',
    "The lowest of the four, where another ward has fewer in every column.",
    "Read the place off the table.",
    "Another table or period is meant; then name it.",
)
_UP, _DOWN = "▲↑⬆△⇧", "▼↓⬇▽⇩"
_PERIOD = re.compile(
    r"20\d\d|\bq[1-4]\b|\bactual\b|\b(?:this|last|previous) (?:year|quarter|month|period)\b"
    r"|\bcurrent\b|\bbaseline\b|\blatest\b"
)
_CHANGE = re.compile(r"\bchange|\bdiff|\+/-")
_RANK = re.compile(r"\brank|\bposition\b|\bplace\b")


def _signs(line: Line, column: int) -> int:
    text = line.text(column)
    return (any(sign in text for sign in _UP)) - (any(sign in text for sign in _DOWN))


# Arrows


def arrows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of arrows beside a change, or beside two periods."""
    for grid in claims.grids:
        for column in grid.heads:
            lines = [line for line in grid.lines if _signs(line, column)]
            if len(lines) >= 4 and not grid.turned and column not in grid.columns:
                yield from _arrows(claims, grid, column, lines, book)


def _arrows(
    claims: Claims, grid: Grid, column: int, lines: Sequence[Line], book: Book
) -> Iterator[Finding]:
    ways = [_against(lines, column, told) for told in _told(grid)]
    proven = [way for way in ways if _is_proven(lines, column, way)]
    for line in lines if proven else ():
        book.note(line.cells[column].place, line.text(column))
    wrong = min(proven, key=len, default=[])
    for line in wrong:
        spot = Spot(
            grid.section.title, line.cells[column].place, line.text(column), grid.quoted(line)
        )
        word = "down" if _signs(line, column) > 0 else "up"
        yield finding(
            ARROW, spot, f"an arrow {word}", "all other arrows of the column follow the figures",
            None, claims.subjects.of_name(line.name), None, 0.8,
        )  # fmt: skip


Told = Callable[[Line], float | None]


def _told(grid: Grid) -> Iterator[Told]:
    """What arrows may follow: columns of changes; two periods where there is no such column."""
    changes = [c for c in grid.columns if _CHANGE.search(grid.head(c))]
    for column in changes:
        yield partial(_value, column)
    periods = [c for c in grid.columns if _PERIOD.search(grid.head(c)) and c not in changes]
    for pair in permutations(periods, 2) if not changes else ():
        yield partial(_rise, *pair)


def _value(column: int, line: Line) -> float | None:
    return line.numbers[column].value if column in line.numbers else None


def _rise(one: int, other: int, line: Line) -> float | None:
    now, was = line.numbers.get(one), line.numbers.get(other)
    return now.value - was.value if now and was else None


def _against(lines: Sequence[Line], column: int, told: Told) -> list[Line]:
    """The lines whose arrow points the other way."""
    values = [(line, told(line)) for line in lines]
    return [line for line, value in values if value and value * _signs(line, column) < 0]


def _is_proven(lines: Sequence[Line], column: int, wrong: Sequence[Line]) -> bool:
    """Whether both directions stand among the many that are right and at most a fifth is wrong."""
    right = {_signs(line, column) for line in lines if line not in wrong}
    return right >= {1, -1} and 4 * len(wrong) <= len(lines) - len(wrong)


# Ranks


def ranks(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of ranks that follow the order of another column in all rows but one or two."""
    for grid in claims.grids:
        for column in grid.columns:
            if _RANK.search(grid.head(column)) and not grid.turned:
                yield from _ranks(claims, grid, column, book)


def _ranks(claims: Claims, grid: Grid, column: int, book: Book) -> Iterator[Finding]:
    lines = [line for line in grid.parts if column in line.numbers]
    if len(lines) < 4:
        return
    ways = [
        _misplaced(lines, column, other, highest)
        for other in grid.columns
        if other != column and not _RANK.search(grid.head(other))
        for highest in (True, False)
    ]
    wrong = min(ways, key=len, default=None)
    if wrong is None or 3 * len(wrong) > len(lines) - len(wrong):
        return
    for line in lines:
        book.note(line.cells[column].place, line.text(column))
    for line, place in wrong:
        spot = Spot(
            grid.section.title, line.cells[column].place, line.text(column), grid.quoted(line)
        )
        yield finding(
            RANK_ORDER, spot, str(place),
            f"{line.name} is number {place} by the column that the other ranks follow",
            None, claims.subjects.of_name(line.name), None, 0.85,
        )  # fmt: skip


def _misplaced(
    lines: Sequence[Line], column: int, other: int, highest: bool
) -> list[tuple[Line, int]]:
    known = [line for line in lines if other in line.numbers]
    if len(known) < len(lines):
        return [(line, 0) for line in lines]
    placed = [(line, place_of(line, known, other, highest)) for line in known]
    alike = Counter(line.numbers[other].value for line in known)
    return [
        (line, place)
        for line, place in placed
        if not 0 <= line.numbers[column].value - place < alike[line.numbers[other].value]
    ]


def place_of(line: Line, lines: Sequence[Line], column: int, highest: bool) -> int:
    """The place of a line among ``lines`` by one column, from the highest or the lowest."""
    own = line.numbers[column].value
    values = [each.numbers[column].value for each in lines if column in each.numbers]
    return 1 + sum(value > own if highest else value < own for value in values)


_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15,
}  # fmt: skip
_IN_WORDS = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))[ -])?"
    r"(?P<side>highest|lowest|largest|smallest)\s+(?:\w+\s+)?(?:of|out of|among)\s+(?:all\s+)?"
    rf"(?:the\s+)?(?P<of>{'|'.join(NUMBER_WORDS)}|\d{{1,2}})\b",
    re.IGNORECASE,
)
_SHARED = re.compile(r"(?:\w+th|joint|jointly|equal)[ -]$", re.IGNORECASE)
"""Before a place: an ordinal beyond those known, or a place that two share."""


def in_words(claims: Claims, book: Book) -> Iterator[Finding]:
    """Places in words, against every column of the table of so many rows on the same page."""
    for said in claims.said:
        for found in _IN_WORDS.finditer(said.sentence.text):
            if _SHARED.search(said.sentence.text[: found.start()]):
                continue
            for grid in claims.grids_of(said.sentence.section):
                if grid.turned:
                    continue
                line = named(grid, said.sentence.text)
                if line is None or len(grid.parts) != counted(found["of"]):
                    continue
                book.note(said.sentence.place, found[0])
                if not _stands(grid, line, found):
                    spot = Spot(grid.section.title, said.sentence.place, found[0],
                                said.sentence.text)  # fmt: skip
                    yield finding(
                        RANK_WORDS, spot, "another place", f"in no column of {line.excerpt}",
                        Spot(grid.section.title, line.cells[0].place, line.name, grid.quoted(line)),
                        said.subject, None, 0.8,
                    )  # fmt: skip


def named(grid: Grid, text: str) -> Line | None:
    """The one line of a grid that a text names; None for none or several."""
    named = [line for line in grid.parts if len(line.name) > 3 and _has(text, line.name)]
    return named[0] if len(named) == 1 else None


def _has(text: str, name: str) -> bool:
    return name in text and re.search(rf"\b{re.escape(name)}\b", text) is not None


def _stands(grid: Grid, line: Line, found: re.Match[str]) -> bool:
    nth = (found["nth"] or "").lower()
    place = _ORDINALS.get(nth) or int(re.sub(r"\D", "", nth) or 1)
    highest = found["side"].lower() in ("highest", "largest")
    columns = [column for column in grid.columns if column in line.numbers]
    return any(place_of(line, grid.parts, column, highest) == place for column in columns)


CHECKS = (
    Check(ARROW, arrows),
    Check(RANK_ORDER, ranks),
    Check(RANK_WORDS, in_words),
)
