"""What stands twice though it tells of two things: rows of figures and sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from callover.audit.claims import Claims, Said, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.history import Year
from callover.audit.reading.names import words_of
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.domain.errors import Severity

COPIED_ROW = Rule(
    "copied-row",
    "Two pages, or two rows of a table, have the same figures",
    Severity.SUSPICIOUS,
    "Two indicators do not have equal figures by month, by year or by area by chance.",
    "Robbery and personal robbery with the same counts from 2010/11 to 2013/14.",
    "One of the rows was copied from the other.",
)
COPIED = Rule(
    "same-sentence-other-figures",
    "One sentence stands twice with different figures",
    Severity.WRONG,
    "Two nearly equal sentences about one indicator of one pack give one set of figures.",
    '"We needed to be on 17 and 10" in the report, "on 8 and 5" on the page.',
    "One of them was not brought up to date.",
)


def copied_rows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of two pages with equal figures, by month or by year, under different names."""
    yield from _copied_series(claims, book)
    yield from _copied_years(claims, book)


def _copied_series(claims: Claims, book: Book) -> Iterator[Finding]:
    alike: dict[tuple[Basis, tuple[float, ...]], list[tuple[int, Series]]] = defaultdict(list)
    for at, series in enumerate(claims.series):
        values = tuple(printed.value for _, printed, _ in series.known)
        if series.kind is Kind.COUNT and len(set(values)) >= 4:
            alike[series.basis, values].append((at, series))
    equal = [pair for rows in alike.values() for pair in combinations(rows, 2)]
    for (_, one), (_, other) in sorted(equal, key=lambda pair: (pair[0][0], pair[1][0])):
        if one.section is other.section:
            continue
        subjects = {claims.subjects.of_series(each) for each in (one, other)}
        if len(subjects) < 2 or _share_words(subjects):
            continue
        book.note(other.row[0].place, other.label)
        yield finding(
            COPIED_ROW, spot_of_cell(other, other.known[0][2]), "its own figures",
            f"{len(other.known)} months equal those of {one.section.title}",
            spot_of_cell(one, one.known[0][2]), claims.subjects.of_series(other),
        )  # fmt: skip


def _share_words(subjects: set[str]) -> bool:
    """Whether two names may mean one indicator: they share all telling words but one or two."""
    one, other = (set(words_of(each)) for each in sorted(subjects))
    shared = len(one & other)
    return shared >= min(len(one), len(other)) - (shared > 1)


def _copied_years(claims: Claims, book: Book) -> Iterator[Finding]:
    lists: dict[int, list[tuple[Year, float]]] = defaultdict(list)
    for year in claims.years:
        if year.count is not None:
            lists[id(year.section)].append((year, year.count.printed.value))
    pages = list(lists.values())
    for other in pages[1:]:
        book.note(other[0][0].place, "years")
    for first, second in _share_years(pages):
        yield from _equal_years(claims, pages[first], pages[second])


def _share_years(pages: Sequence[Sequence[tuple[Year, float]]]) -> list[tuple[int, int]]:
    """Pairs of pages with three or more values of years in common, in reading order."""
    holders: dict[tuple[int, float], list[int]] = defaultdict(list)
    for at, page in enumerate(pages):
        for each in dict.fromkeys((year.start, value) for year, value in page):
            holders[each].append(at)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    return sorted(pair for pair, times in shared.items() if times >= 3)


def _equal_years(
    claims: Claims, one: Sequence[tuple[Year, float]], other: Sequence[tuple[Year, float]]
) -> Iterator[Finding]:
    mine = {(year.start, value): year for year, value in one}
    equal = [(year, value) for year, value in other if (year.start, value) in mine]
    if len({value for _, value in equal}) < 3:
        return
    year, value = equal[0]
    twin = mine[year.start, value]
    yield finding(
        COPIED_ROW, Spot(year.section.title, year.place, year.text, year.text), "its own figures",
        f"{len(equal)} years equal those of {twin.section.title}",
        Spot(twin.section.title, twin.place, twin.text, twin.text),
        claims.subjects.of_section(year.section),
    )  # fmt: skip


# Copied sentences


def copies(claims: Claims, book: Book) -> Iterator[Finding]:
    """Nearly equal sentences about one indicator in two sections, with other figures."""
    by_subject: dict[str, list[_Worded]] = defaultdict(list)
    for said in claims.said:
        over = claims.subjects.of_section(said.sentence.section)
        if over != said.subject or not said.subject or not said.mentions.figures:
            continue
        words = Counter(re.findall(r"[a-z]{2,}", said.sentence.text.lower()))
        if words.total() >= 12:
            values = tuple(each.printed.text for each in said.mentions.figures)
            by_subject[said.subject].append(_Worded(said, words, words.total(), values))
    for group in by_subject.values():
        for one, other in _share_a_value(group):
            yield from _copied(group[one], group[other], book)


@dataclass(frozen=True, slots=True)
class _Worded:
    """A sentence with how often it uses each word, its length, and its figures as printed."""

    said: Said
    words: Counter[str]
    length: int
    values: tuple[str, ...]


def _share_a_value(group: Sequence[_Worded]) -> list[tuple[int, int]]:
    """Pairs with equally many figures of which one, at the same place, is equal."""
    holders: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for at, each in enumerate(group):
        for index, value in enumerate(each.values):
            holders[len(each.values), index, value].append(at)
    return sorted({pair for held in holders.values() for pair in combinations(held, 2)})


def _copied(one: _Worded, other: _Worded, book: Book) -> Iterator[Finding]:
    here, there = other.said.sentence, one.said.sentence
    if here.section is there.section or not _alike(one, other):
        return
    first, second = list(one.values), list(other.values)
    book.note(there.place, *first)
    book.note(here.place, *second)
    if first != second and _same_spans(one.said, other.said):
        yield finding(
            COPIED, spot_of_sentence(here, ", ".join(second)), ", ".join(first),
            f"{_listed(second)} here, {_listed(first)} there, in the same words",
            spot_of_sentence(there, ", ".join(first)), other.said.subject,
        )  # fmt: skip


def _alike(one: _Worded, other: _Worded) -> bool:
    longer = max(one.length, other.length)
    if min(one.length, other.length) / longer < 0.85:
        return False
    return (one.words & other.words).total() / longer >= 0.85


def _listed(values: list[str]) -> str:
    return " and ".join(values) if len(values) < 3 else ", ".join(values)


def _same_spans(one: Said, other: Said) -> bool:
    spans = [{found.span for found in each.mentions.spans} for each in (one, other)]
    return spans[0] == spans[1]


CHECKS = (
    Check(COPIED_ROW, copied_rows),
    Check(COPIED, copies),
)
