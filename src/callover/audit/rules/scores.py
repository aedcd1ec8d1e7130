"""Scorecards and league tables: ratings, arrows and ranks against the figures of their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import permutations

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.ratings import AGAINST_RULE, amber_band, colour_named, colour_of
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
_RAG = re.compile(r"\brag\b|\brating\b|\bstatus\b|\brated?\b")
_COLOUR = re.compile(r"(?P<colour>red|amber|green|[rag])", re.IGNORECASE)
_GOOD = re.compile(r"\bgood\b|\bpolarity\b|\baim\b|\bbetter\b|\bdesired\b")
_LOW = re.compile(
    r"(?:low|lower|smaller|less|fewer|decrease|down|minimise|reduce)\b.*", re.IGNORECASE
)
_HIGH = re.compile(
    r"(?:high|higher|bigger|larger|more|increase|up|maximise|raise)\b.*", re.IGNORECASE
)
_ACTUAL = re.compile(r"\bactual\b|\boutturn\b|\bachieved\b|\bperformance\b|\bresult\b")
_TARGET = re.compile(r"\btarget\b|\bplan(?:ned)?\b")


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
    placed = [(line, _place(line, known, other, highest)) for line in known]
    alike = Counter(line.numbers[other].value for line in known)
    return [
        (line, place)
        for line, place in placed
        if not 0 <= line.numbers[column].value - place < alike[line.numbers[other].value]
    ]


def _place(line: Line, lines: Sequence[Line], column: int, highest: bool) -> int:
    own = line.numbers[column].value
    values = [each.numbers[column].value for each in lines if column in each.numbers]
    return 1 + sum(value > own if highest else value < own for value in values)


_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
}  # fmt: skip
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15,
}  # fmt: skip
_IN_WORDS = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))[ -])?"
    r"(?P<side>highest|lowest|largest|smallest)\s+(?:\w+\s+)?(?:of|out of|among)\s+(?:all\s+)?"
    rf"(?:the\s+)?(?P<of>{'|'.join(_NUMBERS)}|\d{{1,2}})\b",
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
            grids = [
                grid
                for grid in claims.grids
                if grid.section is said.sentence.section and not grid.turned
            ]
            for grid in grids:
                line = _named(grid, said.sentence.text)
                if line is None or len(grid.parts) != _number(found["of"]):
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


def _named(grid: Grid, text: str) -> Line | None:
    named = [line for line in grid.parts if len(line.name) > 3 and _has(text, line.name)]
    return named[0] if len(named) == 1 else None


def _has(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower()) or int(re.sub(r"\D", "", text) or 0)


def _stands(grid: Grid, line: Line, found: re.Match[str]) -> bool:
    nth = (found["nth"] or "").lower()
    place = _ORDINALS.get(nth) or int(re.sub(r"\D", "", nth) or 1)
    highest = found["side"].lower() in ("highest", "largest")
    columns = [column for column in grid.columns if column in line.numbers]
    return any(_place(line, grid.parts, column, highest) == place for column in columns)


# Ratings


@dataclass(frozen=True, slots=True)
class _Score:
    """A row of a scorecard: its rating, and the one that its figures call for."""

    line: Line
    colour: str
    follows: str
    arithmetic: str


def ratings(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows with actual, target and rating, by the rule that the pack states."""
    band = amber_band(claims)
    for grid in claims.grids if band else ():
        columns = [grid.column_of(pattern) for pattern in (_ACTUAL, _TARGET, _RAG)]
        actual, target, rag = columns
        if band is None or actual is None or target is None or rag is None:
            continue
        scores = [
            score
            for line in grid.parts
            if (score := _score(grid, line, (actual, target, rag), band[0]))
        ]
        wrong = [score for score in scores if score.colour != score.follows]
        for score in scores:
            book.note(score.line.cells[rag].place, score.line.text(rag))
        if 2 * len(wrong) > len(scores) - len(wrong):
            continue
        for score in wrong:
            cell = score.line.cells[rag]
            spot = Spot(grid.section.title, cell.place, cell.text.strip(), grid.quoted(score.line))
            subject = claims.subjects.of_name(score.line.name)
            yield finding(AGAINST_RULE, spot, score.follows, score.arithmetic, band[1], subject)


def _score(
    grid: Grid, line: Line, columns: tuple[int, int, int], share: float
) -> _Score | None:  # fmt: skip
    actual, target = (line.numbers.get(column) for column in columns[:2])
    found = _COLOUR.fullmatch(line.text(columns[2]))
    low = _low_is_good(grid, line)
    if actual is None or target is None or found is None or low is None or target.value <= 0:
        return None
    short = 100 * (actual.value - target.value) / target.value * (1 if low else -1)
    arithmetic = (
        f"{actual.text} of {target.text} is {abs(short):.1f} % "
        f"{'worse' if short > 0 else 'better'}; amber reaches {share:.0f} %"
    )
    return _Score(line, colour_named(found["colour"]), colour_of(short, share), arithmetic)


def _low_is_good(grid: Grid, line: Line) -> bool | None:
    """What the row says is good; None where it does not say."""
    column = grid.column_of(_GOOD)
    text = line.text(column) if column is not None else ""
    if _LOW.fullmatch(text):
        return True
    return False if _HIGH.fullmatch(text) else None


CHECKS = (
    Check(AGAINST_RULE, ratings),
    Check(ARROW, arrows),
    Check(RANK_ORDER, ranks),
    Check(RANK_WORDS, in_words),
)
