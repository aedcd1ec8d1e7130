"""Months and years: of headings, of past years, of text that was not brought up to date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from callover.audit.claims import Claims, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.pack import Cell
from callover.audit.reading.months import bad_years_in, to_date
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Series
from callover.domain.errors import Severity
from callover.domain.periods import Month

HEADING_YEAR = Rule(
    "heading-year",
    "The months of a heading are not those of its figures",
    Severity.WRONG,
    "A heading a year behind: text or another page gives the same figures for the year after.",
    "A table headed Apr-15 to Mar-16 whose 460 in September the text dates September 2016.",
    "Correct the heading; it was copied from last year's pack.",
)
HEADING_ORDER = Rule(
    "heading-order",
    "The months of a heading do not follow one another",
    Severity.WRONG,
    "Months of a heading run on in equal steps, mostly of one month, without gap or repetition.",
    "Apr-16, May-16, May-16, Jul-16.",
    "Correct the heading.",
)
YEAR_PAIR = Rule(
    "year-pair",
    "A financial year that does not exist",
    Severity.WRONG,
    "The second part of a financial year is the year after the first.",
    "2011/11.",
    "Write 2010/11 or 2011/12, as the neighbours show.",
)
STALE_MONTH = Rule(
    "stale-month",
    "Text of an earlier month was left in",
    Severity.SUSPICIOUS,
    'A page of one month whose words about now name an earlier one: "at August 2016" in a pack of '
    "September.",
    "Total offences are up 5 % at August 2016, on a page of September 2016.",
    "Bring the words up to date, or say why an earlier month is meant.",
    "The source is later than the others; then the page says so.",
)
_STEPS = (1, 3, 12, 6)
"""By how many months headings run on, the most usual first."""


def heading_years(claims: Claims, book: Book) -> Iterator[Finding]:
    """Headings a year behind: one finding a table."""
    seen: set[int] = set()
    for series in claims.series:
        month, cell = series.headed[0]
        book.note(cell.place, cell.text)
        if series.years_off and id(series.section) not in seen:
            seen.add(id(series.section))
            last = series.headed[-1][1]
            later = month + 12 * series.years_off
            yield finding(
                HEADING_YEAR,
                Spot(series.section.title, cell.place,
                     f"{cell.text.strip()} ... {last.text.strip()}", _heading_of(series)),
                f"{later.short_name} and after",
                f"the figures are those of {later.financial_year} elsewhere in the pack",
                None, claims.subjects.of_section(series.section),
            )  # fmt: skip


def _heading_of(series: Series) -> str:
    return " | ".join(cell.text.strip() for _, cell in series.headed)


def heading_order(claims: Claims, book: Book) -> Iterator[Finding]:
    """Headings whose months do not run on in equal steps: by month, quarter or year."""
    seen: set[tuple[int, str]] = set()
    for series in claims.series:
        mark = id(series.section), _heading_of(series)
        if mark in seen:
            continue
        seen.add(mark)
        headed = _without_year_before(series.headed)
        step = _step([month.index for month, _ in headed])
        for (before, _), (month, cell) in pairwise(headed):
            book.note(cell.place, cell.text)
            if month.index - before.index != step:
                yield finding(
                    HEADING_ORDER,
                    Spot(series.section.title, cell.place, cell.text.strip(), mark[1]),
                    (before + step).short_name,
                    f"{before.short_name} is followed by {month.short_name}",
                    None, claims.subjects.of_section(series.section),
                )  # fmt: skip
                break


def _without_year_before(headed: Sequence[tuple[Month, Cell]]) -> Sequence[tuple[Month, Cell]]:
    """Without a first column of the same month a year before, printed to compare the last with."""
    return headed[1:] if headed[-1][0].index - headed[0][0].index == 12 else headed


def _step(months: Sequence[int]) -> int:
    """By how many months headings run on: as most do, else as packs usually do."""
    steps = Counter(now - was for was, now in pairwise(months))
    return max(steps, key=lambda step: (steps[step], -_STEPS.index(step) if step in _STEPS else -9))


def year_pairs(claims: Claims, book: Book) -> Iterator[Finding]:
    """Years such as ``2011/11``."""
    for section in claims.sections:
        for text, place in claims.worded_of(section):
            for start, end, printed in bad_years_in(plain(text)):
                book.note(place, printed)
                first, around = int(printed[:4]), text[max(0, start - 80) : end + 80]
                yield finding(
                    YEAR_PAIR, Spot(section.title, place, printed, around),
                    f"{first}/{(first + 1) % 100:02d}",
                    f"the year after {first} is {first + 1}",
                    None, claims.subjects.of_section(section),
                )  # fmt: skip


def stale_months(claims: Claims, book: Book) -> Iterator[Finding]:
    """Sentences of a page that give "at" an earlier month than the page's."""
    for change in claims.changes:
        section = change.sentence.section
        if change.month is None or change.month.months != 1 or claims.month is None:
            continue
        if not claims.series_of(section) or change.now or change.before:
            continue
        month = change.month.last
        if not re.search(rf"\b(?:at|to)\s+{month.name}", change.sentence.text):
            continue
        book.note(change.sentence.place, month.name)
        if month < claims.month and month in _to_date(claims):
            yield finding(
                STALE_MONTH, spot_of_sentence(change.sentence, month.name), claims.month.name,
                f"the page reports {claims.month.name}", None, change.subject, None, 0.85,
            )  # fmt: skip


def _to_date(claims: Claims) -> set[object]:
    if claims.month is None:
        return set()
    span = to_date(claims.month)
    return {span.first + i for i in range(span.months)}


CHECKS = (
    Check(HEADING_YEAR, heading_years),
    Check(HEADING_ORDER, heading_order),
    Check(YEAR_PAIR, year_pairs),
    Check(STALE_MONTH, stale_months),
)
