"""Small counts: shown as zero, printed against the note, or told as per cents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callover.audit.claims import Claims, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Kind
from callover.domain.errors import Severity

FALSE_ZERO = Rule(
    "false-zero",
    "Counts that were withheld are printed as 0",
    Severity.WRONG,
    "Where a note says that small counts were reduced to 0, a 0 is not the figure.",
    "Counts of less than 10 reduced to 0, and a row of 0, 0, 11.",
    'Print "fewer than 10", never 0.',
)
SMALL_BASE = Rule(
    "small-base",
    "A per cent of a handful",
    Severity.EXPLAINABLE,
    "Below 20 a change in per cent says less than the two numbers.",
    "A 42.8 % decrease, from 14 to 8.",
    "Print the numbers alone.",
    "The numbers stand beside it.",
)
_SHOWN_AS = re.compile(
    r"(?:less|fewer) than (?P<limit>\d{1,6})\b[^.]{0,40}\b(?:are|is|were|was)\s+(?:shown|printed|"
    r"given|marked|replaced|suppressed|withheld|not (?:shown|printed|given))\b"
    r"(?![^.]{0,30}\b(?:0|zero|nil)\b)",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"(?:less|fewer) than (?P<limit>\d{1,6})[^.]{0,60}\b(?:reduced|rounded|set|shown as|replaced)\b"
    r"[^.]{0,30}\b(?:0|zero|nil)\b",
    re.IGNORECASE,
)


def false_zeros(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of 0 on pages that say that small counts were set to 0: one finding a row."""
    for said in claims.said:
        found = _REDUCED.search(said.sentence.text)
        if found is None:
            continue
        for series in claims.series_of(said.sentence.section):
            zeros = [(m, c) for m, p, c in series.known if p.value == 0 and not p.percent]
            for _, cell in zeros:
                book.note(cell.place, series.label)
            if zeros and series.kind is Kind.COUNT:
                month, cell = zeros[0]
                yield finding(
                    FALSE_ZERO, spot_of_cell(series, cell), f"fewer than {found['limit']}",
                    f"{series.label}: 0 in {month.name} may be 0 to {int(found['limit']) - 1}",
                    spot_of_sentence(said.sentence, found[0]), claims.subjects.of_series(series),
                )  # fmt: skip


def printed_small(claims: Claims, book: Book) -> Iterator[Finding]:
    """Counts below the limit of a note that says that such counts are not printed."""
    for said in claims.said:
        found = _SHOWN_AS.search(said.sentence.text)
        for series in claims.series_of(said.sentence.section) if found else ():
            small = [
                (month, printed, cell)
                for month, printed, cell in series.known
                if found and printed.value < int(found["limit"]) and not printed.percent
            ]
            if small and found and series.kind is Kind.COUNT:
                month, printed, cell = small[0]
                book.note(cell.place, printed.text)
                yield finding(
                    FALSE_ZERO, spot_of_cell(series, cell), f"fewer than {found['limit']}",
                    f"{printed.text} in {month.name} is fewer than {found['limit']}",
                    spot_of_sentence(said.sentence, found[0]), claims.subjects.of_series(series),
                    None, 0.8,
                )  # fmt: skip


def small_bases(claims: Claims, book: Book) -> Iterator[Finding]:
    """Changes in per cent on fewer than 20."""
    for change in claims.changes:
        if change.percent is None or change.before is None:
            continue
        base = change.before.figure.printed
        book.note(change.sentence.place, change.percent.printed.text)
        if not base.percent and 0 < base.value < 20:
            yield finding(
                SMALL_BASE, spot_of_sentence(change.sentence, change.percent.printed.text),
                "the two numbers alone", f"one case is {100 / base.value:.0f} % of {base.text}",
                None, change.subject, None, 0.8,
            )  # fmt: skip


CHECKS = (
    Check(FALSE_ZERO, false_zeros),
    Check(FALSE_ZERO, printed_small),
    Check(SMALL_BASE, small_bases),
)
