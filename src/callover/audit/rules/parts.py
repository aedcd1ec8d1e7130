"""Parts and their wholes: a part is never larger, and a share is one over the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from callover.audit.claims import Claims, Said, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import DIRECTION, clear_of
from callover.audit.outline import Section
from callover.audit.reading.names import key_of
from callover.audit.reading.numbers import read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.domain.errors import Severity
from callover.domain.periods import Month

PART_ABOVE_WHOLE = Rule(
    "part-above-whole",
    "A part is larger than its whole",
    Severity.WRONG,
    "What is counted as a part of something else, by its name or its definition, is never more.",
    "Three successful terminations in a month with two terminations.",
    "Check whether both rows are of one period and one source.",
    "The two rows follow different events, such as outcomes of cases that began earlier.",
)
REST_FALLS = Rule(
    "rest-falls",
    "What is left of two years to date falls",
    Severity.WRONG,
    "The whole less its part, as years to date, is a cumulative count too and cannot fall.",
    "All robberies 145 and 192, personal ones 138 and 186: business robberies fell from 7 to 6.",
    "One of the four figures was taken from another day's data.",
)
SHARE = Rule(
    "share-of-rows",
    "A percentage does not follow from the rows beside it",
    Severity.WRONG,
    "Where a table prints a part, its whole and the share, the share follows from them.",
    "10 successful of 26 printed as 48 %.",
    "Work the share out from the two rows.",
)
STATED_SHARE = Rule(
    "stated-share",
    "A percentage in words does not follow from its two counts",
    Severity.WRONG,
    '"15 surveys returned, 11 satisfied (87 %)": the per cent is the second over the first.',
    "11 of 15 printed as 87 %: it is 73 %.",
    "Work the share out from the counts printed.",
)
_BRACKETS = re.compile(r"\(.*\)|\([^)]*$")
_INCLUDES = re.compile(r"\binclud\w+\b", re.IGNORECASE)
_WHOLE = re.compile(r"\boverall\b|\ball\b|\btotal\b", re.IGNORECASE)


def _basis(series: Series) -> Basis:
    return Basis.MONTH if series.basis is Basis.UNSAID else series.basis


def _pairs(claims: Claims, section: Section) -> Iterator[tuple[Series, Series]]:
    """Rows of one page of which the first is a part of the second, by their names."""
    counts = [each for each in claims.series_of(section) if each.kind is Kind.COUNT and each.key]
    for part in counts:
        for whole in counts:
            narrower = _bare(part).endswith(f" {_bare(whole)}")
            if narrower and _basis(part) is _basis(whole):
                yield part, whole


def _bare(series: Series) -> str:
    """What a row counts without what its brackets explain."""
    return key_of(_BRACKETS.sub(" ", series.name))


def above(claims: Claims, book: Book) -> Iterator[Finding]:
    """Parts above their wholes, within a page and between pages."""
    for section in claims.sections:
        for part, whole in _pairs(claims, section):
            yield from _above(claims, part, whole, book)
    for part, whole in _between_pages(claims):
        yield from _above(claims, part, whole, book)


def _above(claims: Claims, part: Series, whole: Series, book: Book) -> Iterator[Finding]:
    """One finding a row, at its first month."""
    larger = []
    for month, printed, cell in part.known:
        of = whole.by_month.get(month)
        if of is not None:
            book.note(cell.place, printed.text)
            larger += [(month, printed, of)] if printed.low > of.high else []
    if larger:
        month, printed, of = larger[0]
        also = "" if len(larger) == 1 else f"; {len(larger) - 1} later months too"
        yield finding(
            PART_ABOVE_WHOLE, spot_of_cell(part, part.cell_of(month)), f"at most {of.text}{also}",
            f"{part.label} {printed.text} > {whole.label} {of.text} in {month.name}",
            spot_of_cell(whole, whole.cell_of(month)), claims.subjects.of_series(part),
        )  # fmt: skip


def _between_pages(claims: Claims) -> Iterator[tuple[Series, Series]]:
    """Counts of a page and of the page whose definition includes it."""
    for whole, part in claims.narrower:
        if not _WHOLE.search(whole.title) and not _is_included(claims, part, whole):
            continue
        for basis in (Basis.MONTH, Basis.TO_DATE, Basis.ROLLING):
            rows = [claims.find(each, Kind.COUNT, basis) for each in (part, whole)]
            if rows[0] is not None and rows[1] is not None:
                yield rows[0], rows[1]


def _is_included(claims: Claims, part: Section, whole: Section) -> bool:
    key = claims.subjects.of_section(part)
    return any(
        _INCLUDES.search(said.sentence.text) and key in key_of(said.sentence.text)
        for said in claims.said_of(whole)
    )


def rests(claims: Claims, book: Book) -> Iterator[Finding]:
    """Wholes less their parts, as years to date, that fall."""
    for part, whole in _between_pages(claims):
        if part.basis is not Basis.TO_DATE:
            continue
        rest = [
            (month, of.value - printed.value)
            for month, printed, _ in part.known
            if (of := whole.by_month.get(month)) is not None
        ]
        for (before, was), (month, now) in pairwise(rest):
            book.note(part.cell_of(month).place, part.by_month[month].text)
            if now < was and before.financial_year == month.financial_year:
                yield finding(
                    REST_FALLS, spot_of_cell(part, part.cell_of(month)),
                    f"at most {least(whole.by_month[month].value - was)}",
                    f"{_less(whole, part, before)} = {least(was)}, "
                    f"{_less(whole, part, month)} = {least(now)}: a cumulative count cannot fall",
                    spot_of_cell(whole, whole.cell_of(month)), claims.subjects.of_series(part),
                )  # fmt: skip


def _less(whole: Series, part: Series, month: Month) -> str:
    return f"{whole.by_month[month].text} - {part.by_month[month].text}"


def shares(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of percentages beside the two rows that they are of."""
    for series in claims.series:
        if series.kind is not Kind.SHARE:
            continue
        pairs = [
            (part, whole)
            for part, whole in _pairs(claims, series.section)
            if _basis(part) is _basis(series) and set(series.key.split()) & set(part.key.split())
        ]
        if len(pairs) == 1:
            yield from _share(claims, series, *pairs[0], book)


def _share(
    claims: Claims, series: Series, part: Series, whole: Series, book: Book
) -> Iterator[Finding]:
    for month, printed, cell in series.known:
        one, of = part.by_month.get(month), whole.by_month.get(month)
        if one is None or of is None or of.value <= 0:
            continue
        book.note(cell.place, printed.text)
        follows = 100 * one.value / of.value
        if one.value <= of.value and not printed.may_be(follows):
            yield finding(
                SHARE, spot_of_cell(series, cell), f"{follows:.1f} %",
                f"{one.text} / {of.text} = {follows:.1f} % in {month.name}",
                spot_of_cell(part, part.cell_of(month)), claims.subjects.of_series(series),
            )  # fmt: skip


_OF = re.compile(
    r"(?P<part>\d[\d,]*)\s+(?:\w+\s+){0,2}?(?:out )?of "
    r"(?:the |all |its |our |their |those |these )?(?P<whole>\d[\d,]*)"
    r"[^.;%\d]{0,40}\(?\s*(?<![\d.,])(?P<share>\d+(?:\.\d+)?)\s?%"
)
_AGAINST = re.compile(
    r"(?P<part>\d[\d,]*)[^.;%\d]{0,60}\bagainst\b[^.;%\d]{0,40}?(?P<whole>\d[\d,]*)\s*"
    r"\(\s*(?P<share>\d+(?:\.\d+)?)\s?%"
)
_RETURNED = re.compile(
    r"(?P<whole>\d[\d,]*)\s+[a-z]+ (?:returned|received|sent|completed|made|held),\s*"
    r"(?P<part>\d[\d,]*)\s+\w+\s*\(\s*(?P<share>\d+(?:\.\d+)?)\s?%"
)
_SHARE_FIRST = re.compile(
    r"(?P<share>\d+(?:\.\d+)?)\s?(?:%|per cent\b)[^.;%\d()]{0,60}"
    r"\(\s*£?(?P<part>\d[\d,]*)\s+(?:out )?of (?:the |all )?£?(?P<whole>\d[\d,]*)\s*\)"
)
_OF_WHOLE = re.compile(
    r"\b[Oo]f (?:the |all )?(?P<whole>\d[\d,]*)\s[^.;%\d,()]{0,40},\s*£?(?P<part>\d[\d,]*)\s"
    r"[^.;%\d()]{0,60}\(\s*(?P<share>\d+(?:\.\d+)?)\s?%\s*\)"
)
_MONEY_OF = re.compile(
    r"£(?P<part>\d[\d,]*)\s+(?:out )?of (?:the |all |a )?£(?P<whole>\d[\d,]*)[^.;%\d]{0,40}"
    r"\(?\s*(?<![\d.,])(?P<share>\d+(?:\.\d+)?)\s?%"
)
_PART_BEHIND = re.compile(
    r"(?P<share>\d+(?:\.\d+)?)\s?(?:%|per cent\b) of (?:the |all |our )?(?P<whole>\d[\d,]*)\s"
    r"[^.;%\d()]{0,60}\(\s*(?P<part>\d[\d,]*)\s*\)"
)
_OF_WHICH = re.compile(
    r"(?P<whole>\d[\d,]*)\s[^.;%\d()]{0,40},?\s+of (?:which|whom|these)\s+(?P<part>\d[\d,]*)\s*"
    r"[^.;%\d()]{0,20}\(\s*(?P<share>\d+(?:\.\d+)?)\s?%"
)
_SLASH = re.compile(r"(?P<part>\d[\d,]*)\s*/\s*(?P<whole>\d[\d,]*)")


_SIGN = re.compile(r"\d\s?(?:%|per cent)")
_STATED = (_OF, _AGAINST, _RETURNED, _SHARE_FIRST, _OF_WHOLE, _MONEY_OF, _PART_BEHIND, _OF_WHICH)


def stated(claims: Claims, book: Book) -> Iterator[Finding]:
    """Shares that a sentence gives with both counts, dates between them aside."""
    for said in claims.said:
        text = said.sentence.text
        for pattern in _STATED if _SIGN.search(text) else ():
            seen: set[int] = set()
            for found in (*pattern.finditer(text), *pattern.finditer(clear_of(text))):
                if found.start() not in seen:
                    seen.add(found.start())
                    yield from _stated(said, found, text[found.start() : found.end()], book)


def _stated(said: Said, found: re.Match[str], words: str, book: Book) -> Iterator[Finding]:
    printed = read_number(f"{found['share']}%")
    part, whole = (float(found[name].replace(",", "")) for name in ("part", "whole"))
    if printed is None or not 0 < part <= whole or DIRECTION.search(words):
        return
    book.note(said.sentence.place, words)
    follows = 100 * part / whole
    if not printed.may_be(follows):
        yield finding(
            STATED_SHARE, spot_of_sentence(said.sentence, words),
            f"{follows:.1f} %", f"{found['part']} / {found['whole']} = {follows:.1f} %",
            None, said.subject,
        )  # fmt: skip


def slashes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Cells such as ``42 / 460`` beside the per cent that they are."""
    for row in claims.rows_of_all:
        for before, cell in pairwise(row.row):
            found = _SLASH.fullmatch(cell.text.strip())
            printed = read_number(before.text)
            if found is None or printed is None or not printed.percent:
                continue
            part, whole = (float(found[name].replace(",", "")) for name in ("part", "whole"))
            book.note(cell.place, cell.text)
            follows = 100 * part / whole if whole else 0.0
            if whole and not printed.may_be(follows):
                yield finding(
                    STATED_SHARE, Spot(row.section.title, before.place, printed.text, row.quoted),
                    f"{follows:.1f} %", f"{found['part']} / {found['whole']} = {follows:.1f} %",
                    Spot(row.section.title, cell.place, cell.text.strip(), row.quoted),
                    claims.subjects.of_name(row.name),
                )  # fmt: skip


CHECKS = (
    Check(PART_ABOVE_WHOLE, above),
    Check(REST_FALLS, rests),
    Check(SHARE, shares),
    Check(STATED_SHARE, stated),
    Check(STATED_SHARE, slashes),
)
