"""Scorecards: ratings by what was achieved and aimed at, and what sentences say of targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.moves import NUMBER
from callover.audit.reading.names import words_of
from callover.audit.reading.numbers import Printed, read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.ratings import AGAINST_RULE, TARGET, amber_band, colour_named, colour_of
from callover.audit.rules.targets import A_VERB, CALLED, JUDGED, clear_words, quoted
from callover.audit.scorecards import Score
from callover.domain.errors import Severity

_COLOUR = re.compile(r"(?P<colour>red|amber|green|[rag])", re.IGNORECASE)


# Ratings


@dataclass(frozen=True, slots=True)
class _Rated:
    """A row with its rating, whether its figures call for it, and how."""

    score: Score
    column: int
    right: bool
    follows: str
    arithmetic: str


def ratings(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows with actual, target and rating: by the rule that the pack states, else green is met."""
    band = amber_band(claims)
    tables: dict[int, list[_Rated]] = defaultdict(list)
    for score in _with_sides(claims.scores):
        rated = _by_tolerance(score) or (_by_band(score, band[0]) if band else _by_target(score))
        if rated is not None:
            tables[id(score.grid)].append(rated)
    for rows in tables.values():
        wrong = [row for row in rows if not row.right]
        for row in rows:
            book.note(row.score.line.cells[row.column].place, row.score.line.text(row.column))
        if 2 * len(wrong) <= len(rows) - len(wrong):
            for row in wrong:
                yield _misrated(claims, row, band[1] if band else None)


def _misrated(claims: Claims, row: _Rated, rule: Spot | None) -> Finding:
    line = row.score.line
    cell = line.cells[row.column]
    spot = Spot(
        row.score.grid.section.title, cell.place, cell.text.strip(), row.score.grid.quoted(line)
    )
    subject = claims.subjects.of_name(line.name)
    severity = None if rule else Severity.SUSPICIOUS
    sure = 0.95 if rule else 0.8
    return finding(AGAINST_RULE, spot, row.follows, row.arithmetic, rule, subject, severity, sure)


def _colour(score: Score) -> str:
    found = None if score.column is None else _COLOUR.fullmatch(score.line.text(score.column))
    return colour_named(found["colour"]) if found else ""


def _by_band(score: Score, share: float) -> _Rated | None:
    actual, target, colour = score.actual, score.target, _colour(score)
    if score.column is None or not colour or score.lower is None or target.value <= 0:
        return None
    short = 100 * (actual.value - target.value) / target.value * (1 if score.lower else -1)
    follows = colour_of(short, share)
    arithmetic = (
        f"{actual.text} of {target.text} is {abs(short):.1f} % "
        f"{'worse' if short > 0 else 'better'}; amber reaches {share:.0f} %"
    )
    return _Rated(score, score.column, colour == follows, follows, arithmetic)


def _with_sides(scores: Sequence[Score]) -> Iterator[Score]:
    """Rows that do not say which side is good take more for it, where the others of their table
    that say as little bear that out."""
    tables: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        tables[id(score.grid)].append(score)
    for rows in tables.values():
        silent = [replace(row, lower=False) for row in rows if row.lower is None]
        rated = [row for row in silent if row.verdict in ("good", "bad")]
        right = sum(row.met == (row.verdict == "good") for row in rated)
        known = right >= max(2, 2 * (len(rated) - right))
        for row in rows:
            yield replace(row, lower=False) if row.lower is None and known else row


def _by_tolerance(score: Score) -> _Rated | None:
    """Where the row says how far the middle rating reaches."""
    if score.column is None or not score.verdict or score.tolerance is None or score.lower is None:
        return None
    short, reach = score.short, score.tolerance.value
    follows = "good" if short <= 0 else "middle" if short <= reach else "bad"
    unit = "points" if score.target.percent else "%"
    arithmetic = (
        f"{score.actual.text} against {score.target.text} is {abs(short):.1f} {unit} "
        f"{'worse' if short > 0 else 'better'}; {reach:g} {unit} are tolerated"
    )
    return _Rated(score, score.column, score.verdict == follows, _named(score, follows), arithmetic)


def _by_target(score: Score) -> _Rated | None:
    """Without a rule in the pack: green is met, red is not; amber may be either."""
    verdict, met = score.verdict, score.met
    if score.column is None or not verdict or met is None:
        return None
    side = "no more than" if score.lower else "at least"
    arithmetic = f"{score.actual.text} where {side} {score.target.text} is the target"
    right = verdict == "middle" or met == (verdict == "good")
    follows = _named(score, "good") if met else f"not {_named(score, 'good')}"
    return _Rated(score, score.column, right, follows, arithmetic)


def _named(score: Score, verdict: str) -> str:
    """A verdict in the words of its table: colours, yes and no, or met and missed."""
    text = "" if score.column is None else score.line.text(score.column).lower()
    if _COLOUR.fullmatch(text):
        return {"good": "green", "middle": "amber", "bad": "red"}[verdict]
    if text in ("yes", "no", "y", "n"):
        return {"good": "yes", "middle": "in between", "bad": "no"}[verdict]
    return {"good": "met", "middle": "within tolerance", "bad": "missed"}[verdict]


# Words

_STATED = re.compile(
    rf"\b{CALLED}\s+(?:of|is|was|at)\s+(?:at least |no more than |not more than |fewer than )?"
    rf"(?P<target>{NUMBER})(?![,.]?\d)",
    re.IGNORECASE,
)
_SHORT_OF = re.compile(
    rf"(?P<size>{NUMBER})(?![,.]?\d)\s+(?P<between>(?:[a-z-]+\s+){{0,3}}?)"
    r"(?P<side>above|over|more than|ahead of|below|under|short of|less than|fewer than|behind)\s+"
    rf"(?:the|its|our|their|this|that)\s+(?:\w+\s+){{0,2}}?{CALLED}\b",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(?:next|last|previous|coming) (?:year|quarter)|\b(?:annual|full[- ]year|year[- ]end)\b"
    r"|\byear's\b|\bfor the year\b|\b(?:monthly|quarterly)\b|\bfrom April\b|\bnew target\b",
    re.IGNORECASE,
)
_UP = frozenset(("above", "over", "more than", "ahead of"))


def in_words(claims: Claims, book: Book) -> Iterator[Finding]:
    """What sentences call the target of a row, and how far they say it is from its target."""
    if not claims.scores:
        return
    for said in claims.said:
        text = clear_words(said)
        if said.sentence.row is not None or _OTHER_TIME.search(text):
            continue
        for found in _STATED.finditer(text):
            yield from _other_target(claims, said, text, found, book)
        for found in _SHORT_OF.finditer(text):
            yield from _other_distance(claims, said, text, found, book)


def _score_of(claims: Claims, said: Said, before: str) -> Score | None:
    """The one row whose telling words the words before a target hold; the longest name wins."""
    words = frozenset(words_of(before))
    named = [each for each in claims.scores if each.words and each.words <= words]
    longest = max((len(each.words) for each in named), default=0)
    named = [each for each in named if len(each.words) == longest]
    own = [each for each in named if each.grid.section is said.sentence.section]
    found = own or named
    return found[0] if len(found) == 1 else None


def _clause(text: str, at: int) -> str:
    """The words of the clause before ``at``."""
    marks = [mark.end() for mark in re.finditer(r"[;]|\bwhile\b|\bbut\b", text[:at])]
    return text[max([0, *marks]) : at]


def _other_target(
    claims: Claims, said: Said, text: str, found: re.Match[str], book: Book
) -> Iterator[Finding]:
    number = read_number(found["target"])
    score = _score_of(claims, said, _clause(text, found.start()))
    if number is None or score is None or number.percent != score.target.percent:
        return
    book.note(said.sentence.place, number.text)
    if _may_be_one(score.line.numbers.values(), number) or _may_be_one([score.target], number):
        return
    yield finding(
        TARGET, spot_of_sentence(said.sentence, found[0]), score.target.text,
        f"{number.text} in the text, {score.target.text} in the table", _spot(score),
        claims.subjects.of_name(score.line.name), Severity.SUSPICIOUS, 0.8,
    )  # fmt: skip


def _other_distance(
    claims: Claims, said: Said, text: str, found: re.Match[str], book: Book
) -> Iterator[Finding]:
    size = read_number(found["size"])
    score = _score_of(claims, said, _clause(text, found.start()))
    if size is None or score is None or score.actual.percent != size.percent:
        return
    book.note(said.sentence.place, size.text)
    up = " ".join(found["side"].lower().split()) in _UP
    low, high = score.actual.low - score.target.high, score.actual.high - score.target.low
    if A_VERB.search(found["between"]) or _may_be_one([score.actual], size):  # no distance
        right = size.high > score.target.low if up else size.low < score.target.high
    else:
        right = size.may_be(low, high) if up else size.may_be(-high, -low)
    if not right:
        gap = score.actual.value - score.target.value
        yield finding(
            JUDGED, spot_of_sentence(said.sentence, quoted(said, found)),
            f"{least(abs(gap))} {'above' if gap > 0 else 'below'}",
            f"{score.actual.text} - {score.target.text} = {least(gap)}", _spot(score),
            claims.subjects.of_name(score.line.name), None, 0.85,
        )  # fmt: skip


def _may_be_one(numbers: Iterable[Printed], number: Printed) -> bool:
    return any(each.may_be(number.low, number.high) for each in numbers)


def _spot(score: Score) -> Spot:
    cell = next(cell for cell in score.line.cells.values() if cell.text.strip())
    return Spot(
        score.grid.section.title, cell.place, score.line.name, score.grid.quoted(score.line)
    )


CHECKS = (Check(AGAINST_RULE, ratings), Check(TARGET, in_words))
