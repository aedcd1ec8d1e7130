"""Ranks: within their field, from both ends, in table, text and summary, under the right name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from callover.audit.claims import Claims, row_excerpt, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import Ranked, mentions_of
from callover.audit.pack import Cell, Place
from callover.audit.reading.areas import GROUPS
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Kind, Series
from callover.domain.errors import Severity
from callover.domain.periods import Month

BEYOND = Rule(
    "rank-beyond-field",
    "A rank beyond the number of areas",
    Severity.WRONG,
    "A rank lies between 1 and the number of areas compared.",
    "17 of 15.",
    "Check both numbers at the source.",
)
FROM_ENDS = Rule(
    "rank-from-ends",
    "A rank and its place from the other end disagree",
    Severity.WRONG,
    "The 13th of 15 is the third highest or the third lowest. A place that is neither the rank nor "
    "its mirror cannot be right.",
    "20 of 32, or 10th highest: from the other end it is 13th.",
    "Work the second number out: areas, less the rank, plus one.",
)
OTHER_RANK = Rule(
    "rank-differs",
    "One rank has two values",
    Severity.WRONG,
    "Table, text and summary of one month give one rank among the same areas.",
    "The summary says 11 of 32, the page 10 of 32.",
    "Take all of them from the month reported.",
)
RANK_LABEL = Rule(
    "rank-label",
    "The label of a rank names the groups in the wrong order",
    Severity.WRONG,
    "The number of areas tells which group a rank belongs to: text names both.",
    "Rank (force / similar areas) over cells of 4of15/10of32, where the force has 32 areas.",
    "Swap the names in the label, or the numbers in the cells.",
)
FIELD = Rule(
    "field-size",
    "One group of areas has two sizes",
    Severity.SUSPICIOUS,
    "A page that ranks the area several times among as many others does so everywhere. A number of "
    "areas that stands only once in the whole pack, beside three others on its page, is most "
    "likely a slip.",
    "3 of 15, 4 of 15 and 12th lowest of 15, and once 12th lowest of 14.",
    "Count the areas of the group.",
    "One area gave no figure that time; then say so.",
)
_OTHER_TIME = re.compile(r"\bgood\b|\btarget|\bhistory\b|\bdefinition\b", re.IGNORECASE)
"""Labels of a form whose words are of another time than the month reported."""
_RANKED = re.compile(r"\brank|\bposition|\bplace\b|\bbench|\bcompar", re.IGNORECASE)
_ABOUT = re.compile(r"\brank\w*|\bposition(?:ed)?\b|\bplaced\b|\bin place\b", re.IGNORECASE)
_NEAR = 40
_FIELD = re.compile(
    r"\W*(?:$|[.,;:)]|(?:in|for|on|at|among|across|with|and|but|when|this|last)\b|(?:[\w'’-]+\s+){0,3}?"
    r"(?:boroughs?|areas?|forces?|districts?|wards?|partnerships?|authorit\w+|councils?|counties|"
    r"places|groups?|stations?|towns?|regions?)\b)",
    re.IGNORECASE,
)
"""What follows a rank: the areas of its field, or nothing; "14 of 12 seats" is none."""
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of ranks with the month it stands under."""

    series: Series
    month: Month
    cell: Cell
    ranks: tuple[Ranked, ...]


def _cells(claims: Claims) -> Iterator[_Cell]:
    for series in claims.series:
        yield from _cells_of(series)


def _cells_of(series: Series) -> Iterator[_Cell]:
    if series.kind is Kind.RANK:
        for point in series.points:
            ranks = mentions_of(plain(point.cell.text)).ranks
            if ranks:
                yield _Cell(series, point.month, point.cell, ranks)


def beyond(claims: Claims, book: Book) -> Iterator[Finding]:
    """Ranks that no field of so many areas has."""
    for cell in _cells(claims):
        for rank in cell.ranks:
            book.note(cell.cell.place, rank.text)
            if not 1 <= rank.rank <= rank.of:
                spot = Spot(cell.series.section.title, cell.cell.place, rank.text,
                            row_excerpt(cell.series))  # fmt: skip
                yield _beyond(claims, spot, rank, cell.series)
    for said in claims.said:
        for rank in said.mentions.ranks:
            near = said.sentence.text[max(0, rank.start - _NEAR) : rank.end + _NEAR]
            about = _ABOUT.search(near) and _FIELD.match(said.sentence.text, rank.end)
            if not about and not _ORDINAL.match(rank.text):
                continue
            book.note(said.sentence.place, rank.text)
            if rank.of and not 1 <= rank.rank <= rank.of:
                yield _beyond(claims, spot_of_sentence(said.sentence, rank.text), rank, None)


def _beyond(claims: Claims, spot: Spot, rank: Ranked, series: Series | None) -> Finding:
    subject = claims.subjects.of_series(series) if series else ""
    return finding(
        BEYOND, spot, f"a rank from 1 to {rank.of}", f"{rank.rank} > {rank.of}", None, subject
    )


def from_ends(claims: Claims, book: Book) -> Iterator[Finding]:
    """Places from the other end beside their rank."""
    for said in claims.said:
        ranks = [rank for rank in said.mentions.ranks if rank.of > 2]
        ends = [rank for rank in said.mentions.ranks if not rank.of]
        for end in ends:
            near = [rank for rank in ranks if _gap(rank, end) < 70]
            if len(near) != 1:
                continue
            rank = near[0]
            mirror = rank.of - rank.rank + 1
            book.note(said.sentence.place, end.text, rank.text)
            if end.rank not in (rank.rank, mirror):
                yield finding(
                    FROM_ENDS, spot_of_sentence(said.sentence, f"{rank.text}, {end.text}"),
                    f"{_ordinal(mirror)} from the other end",
                    f"{rank.of} - {rank.rank} + 1 = {mirror}, not {end.rank}", None, said.subject,
                )  # fmt: skip


def _gap(rank: Ranked, end: Ranked) -> int:
    return max(rank.start - end.end, end.start - rank.end)


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


def differ(claims: Claims, book: Book) -> Iterator[Finding]:
    """Ranks of sentences and summaries against their page's row, in the month reported."""
    rows, in_rows = _latest(claims), _places_of_rows(claims)
    for said in claims.said:
        own = rows.get(said.subject)
        if own is None or not said.mentions.ranks or said.sentence.place in in_rows:
            continue
        if _OTHER_TIME.search(said.sentence.label):
            continue
        for rank in said.mentions.ranks:
            known = {each.of: each.rank for each in own.ranks}
            if rank.of not in known:
                continue
            book.note(said.sentence.place, rank.text)
            if known[rank.of] != rank.rank:
                spot = Spot(own.series.section.title, own.cell.place, own.cell.text.strip(),
                            row_excerpt(own.series))  # fmt: skip
                yield finding(
                    OTHER_RANK, spot_of_sentence(said.sentence, rank.text),
                    f"{known[rank.of]} of {rank.of}",
                    f"{rank.text} here, {known[rank.of]} of {rank.of} in the table for "
                    f"{own.month.name}", spot, said.subject,
                )  # fmt: skip


def differ_in_rows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Ranks in cells of summaries against their page's row, in the month reported."""
    rows = _latest(claims)
    for row in claims.rows:
        own = rows.get(claims.subjects.of_name(row.name))
        for column in row.cells if own else ():
            ranks = mentions_of(plain(column.cell.text)).ranks
            whole = len(ranks) == 1 and ranks[0].text.strip() == plain(column.cell.text).strip()
            if own is None or not whole or not _RANKED.search(column.heading):
                continue
            known = {each.of: each.rank for each in own.ranks}
            book.note(column.cell.place, ranks[0].text)
            if known.get(ranks[0].of, ranks[0].rank) != ranks[0].rank:
                told = f"{known[ranks[0].of]} of {ranks[0].of}"
                yield finding(
                    OTHER_RANK,
                    Spot(row.section.title, column.cell.place, ranks[0].text, row.quoted),
                    told, f"{ranks[0].text} here, {told} in the table for {own.month.name}",
                    Spot(own.series.section.title, own.cell.place, own.cell.text.strip(),
                         row_excerpt(own.series)),
                    claims.subjects.of_name(row.name),
                )  # fmt: skip


def _latest(claims: Claims) -> dict[str, _Cell]:
    """The last cell of ranks of each page."""
    found: dict[str, _Cell] = {}
    for cell in _cells(claims):
        found[claims.subjects.of_section(cell.series.section)] = cell
    return found


def _places_of_rows(claims: Claims) -> frozenset[Place]:
    """Where the cells of rows of ranks and the entries of past years stand."""
    cells = (cell.cell.place for cell in _cells(claims))
    return frozenset((*cells, *(year.place for year in claims.years)))


def labels(claims: Claims, book: Book) -> Iterator[Finding]:
    """Labels of two groups over ranks in the other order: one finding a row."""
    sizes = _groups(claims)
    for series in claims.series:
        named = _named(series.label)
        cells = [cell for cell in _cells_of(series) if len(cell.ranks) == 2]
        if len(named) != 2 or not cells:
            continue
        first = Counter(sizes.get(cell.ranks[0].of, "") for cell in cells).most_common(1)[0][0]
        book.note(series.row[0].place, series.label)
        if first == named[1]:
            cell = cells[0]
            areas = f"{cell.ranks[0].of} areas in the {named[1]} group"
            yield finding(
                RANK_LABEL,
                Spot(series.section.title, cell.cell.place, series.label, row_excerpt(series)),
                "the groups the other way round",
                f"{cell.cell.text.strip()} has the {areas.replace('force group', 'force')} first",
                None, claims.subjects.of_series(series),
            )  # fmt: skip


_AMONG = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th)?\s+(?:highest|lowest|best|worst|largest)?\s*(?:out\s+)?of\s+"
    r"(?:the\s+|all\s+)?(?P<of>\d{1,3})(?![\d%]|[.,/]\d)(?:\s+(?P<what>[A-Za-z]+))?",
    re.IGNORECASE,
)
_LEAST_SIZE, _LEAST_TIMES = 4, 3


def sizes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Numbers of areas that stand once in a pack, on a page that gives another several times."""
    pages: dict[int, list[tuple[int, str, Spot]]] = {}
    for section in claims.sections:
        pages[id(section)] = [
            (int(found["of"]), (found["what"] or "").lower(),
             Spot(section.title, place, found[0].strip(), text))
            for text, place in claims.texts_of(section)
            for found in _AMONG.finditer(plain(text))
            if int(found["of"]) >= _LEAST_SIZE
        ]  # fmt: skip
    times = Counter(size for fields in pages.values() for size, _, _ in fields)
    for fields in pages.values():
        own = Counter(size for size, _, _ in fields)
        usual, often = own.most_common(1)[0] if own else (0, 0)
        for size, what, spot in fields if often >= _LEAST_TIMES else ():
            book.note(spot.place, spot.printed)
            like = any(each == usual and noun == what for each, noun, _ in fields)
            if times[size] == 1 and size != usual and like:
                yield finding(
                    FIELD, spot, f"of {usual}",
                    f"{size} areas here, {usual} in {often} places of the page", None, "", None,
                    0.75,
                )  # fmt: skip


def _named(label: str) -> list[str]:
    """The groups that a label names, in order."""
    found = [(match.start(), group) for group, pattern in GROUPS.items()
             if (match := pattern.search(label))]  # fmt: skip
    return [group for _, group in sorted(found)]


def _groups(claims: Claims) -> dict[int, str]:
    """Which group has how many areas, by the sentences that name both."""
    votes: dict[int, Counter[str]] = {}
    for said in claims.said:
        for rank in said.mentions.ranks:
            if rank.of:
                text = said.sentence.text
                around = text[max(0, rank.start - 60) : rank.start], text[rank.end : rank.end + 60]
                groups = _named(around[1])[:1] or _named(around[0])[-1:]
                votes.setdefault(rank.of, Counter()).update(groups)
    return {of: count.most_common(1)[0][0] for of, count in votes.items() if count}


CHECKS = (
    Check(BEYOND, beyond),
    Check(FROM_ENDS, from_ends),
    Check(OTHER_RANK, differ),
    Check(OTHER_RANK, differ_in_rows),
    Check(RANK_LABEL, labels),
    Check(FIELD, sizes),
)
