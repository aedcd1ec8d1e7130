"""What a pack prints against what is held: the workspace's figures as known at the pack's date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from callover.audit.changes import Change, Level, counted_span
from callover.audit.claims import Claims, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.pack import Cell
from callover.audit.reading.months import Span
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Found, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.domain.errors import Severity
from callover.domain.periods import Month

AGAINST_DATA = Rule(
    "against-data",
    "A figure is not the one that is held",
    Severity.WRONG,
    "With --workspace each count, rate and change of an indicator that the workspace knows is "
    "compared with its figures, as known at the pack's date, from every source that has them.",
    "84 thefts in July in the pack; the store holds 87.",
    "Ask callover explain for the figure; a file that came after the pack was made is the usual "
    "cause.",
    "The pack uses a source that the workspace does not hold, or an earlier extract; then most of "
    "the row differs.",
)
_COUNTED = {Basis.MONTH: "month", Basis.TO_DATE: "ytd", Basis.ROLLING: "rolling12"}
_CHANGED = {Basis.TO_DATE: "ytd_change_pct", Basis.ROLLING: "rolling12_change_pct"}
_DIFFERED = {Basis.TO_DATE: "ytd_change", Basis.ROLLING: "rolling12_change"}


_OTHER = re.compile(
    r"\bpopulation\b|\bresidents\b|\bhouseholds\b|\btargets?\b|\bbaseline\b|\bexpected\b"
    r"|\bon 20\d\d",
    re.IGNORECASE,
)
"""Words of sentences whose numbers are no figures of the indicator itself."""
_NEAR = 1.25
_FAR = 5.0
"""A number so many times larger or smaller is of something else."""


@dataclass(frozen=True, slots=True)
class HeldFigure:
    """A figure as a workspace holds it: its value under one source, and whether it is per cent."""

    value: float
    source: str
    percent: bool = False


class Holding(Protocol):
    """What holds figures; ``key`` is an indicator's name as :func:`reading.names.key_of` makes it.

    ``known_at`` says as known on which day, in words.
    """

    known_at: str

    def figures(self, key: str, measure: str, month: Month) -> Sequence[HeldFigure]:
        """The figure under each source that has it; none where the indicator is not known."""


def against(holding: Holding) -> Found:
    """The check of all rows and sentences against ``holding``."""

    def found(claims: Claims, book: Book) -> Iterator[Finding]:
        for series in claims.series:
            yield from _row(claims, series, holding, book)
        for change in claims.changes:
            yield from _change(claims, change, holding, book)

    return found


def _measure(series: Series) -> str:
    if series.kind is Kind.RATE:
        return "rate"
    if series.kind is Kind.CHANGE:
        return "ytd_change_pct"
    return _COUNTED.get(series.basis, "") if series.kind is Kind.COUNT else ""


def _row(claims: Claims, series: Series, holding: Holding, book: Book) -> Iterator[Finding]:
    """One finding a row, at the first month that differs."""
    measure = _measure(series)
    if not measure:
        return
    subject = claims.subjects.of_series(series)
    unlike: list[tuple[Month, Printed, Cell, HeldFigure]] = []
    compared = 0
    for month, printed, cell in series.known:
        held = _like(holding.figures(subject, measure, month), printed)
        if not held or (printed.signed and series.kind is Kind.COUNT):
            continue
        compared += 1
        book.note(cell.place, printed.text)
        if not any(printed.may_be(each.value) for each in held):
            unlike.append((month, printed, cell, held[0]))
    if unlike:
        month, printed, cell, figure = unlike[0]
        others = f"; {len(unlike) - 1} more of the row" if len(unlike) > 1 else ""
        spot = spot_of_cell(series, cell)
        row = 2 * len(unlike) > compared > 2
        yield _unlike(spot, printed, figure, month.name, subject, holding, row, others)


def _like(held: Sequence[HeldFigure], printed: Printed) -> list[HeldFigure]:
    """Those of the same kind as what is printed: a count, or a per cent."""
    return [each for each in held if each.percent == printed.percent]


def _unlike(
    spot: Spot, printed: Printed, figure: HeldFigure, when: str, subject: str, holding: Holding,
    whole_row: bool = False, others: str = "",
) -> Finding:  # fmt: skip
    decimals = len(printed.text.partition(".")[2].rstrip("% )"))
    held = f"{figure.value:,.{decimals}f}"
    return finding(
        AGAINST_DATA, spot, f"{held} ({figure.source}){others}",
        f"{printed.text} printed, {held} held for {when}, as known on {holding.known_at}",
        None, subject, Severity.SUSPICIOUS if whole_row else Severity.WRONG,
        0.6 if whole_row else 0.9,
    )  # fmt: skip


def _change(claims: Claims, change: Change, holding: Holding, book: Book) -> Iterator[Finding]:
    if _OTHER.search(change.sentence.text) or _OTHER.search(change.sentence.label):
        return
    page = _on_its_page(claims, change)
    for level in (change.now, change.before):
        if level is not None and not level.figure.printed.percent:
            yield from _level(change, level, holding, page, book)
    span = counted_span(change)
    basis = _basis(span)
    if span is None or basis is Basis.UNSAID or not page:
        return
    for figure, measures in ((change.number, _DIFFERED), (change.percent, _CHANGED)):
        held = holding.figures(change.subject, measures.get(basis, ""), span.last) if figure else ()
        if figure is None or not held:
            continue
        book.note(change.sentence.place, figure.printed.text)
        slack = figure.printed.half + 1e-9
        if not any(abs(figure.amount - each.value) <= slack for each in held):
            spot = spot_of_sentence(change.sentence, figure.printed.text)
            yield _unlike(spot, figure.printed, held[0], span.name, change.subject, holding)


def _on_its_page(claims: Claims, change: Change) -> bool:
    """Whether a sentence stands on the page of the indicator that it is about."""
    section = change.sentence.section
    own = claims.subjects.of_section(section) == change.subject
    return own and (section.sheet or bool(claims.series_of(section)))


def _level(
    change: Change, level: Level, holding: Holding, page: bool, book: Book
) -> Iterator[Finding]:
    """A level of a sentence; away from the indicator's page only one that is near what is held."""
    span = level.span
    if span is not None and span.months == 1 and change.basis is not Basis.UNSAID:
        span = change.basis.span(span.last)
    basis = _basis(span)
    if span is None or basis is Basis.UNSAID:
        return
    printed = level.figure.printed
    held = _like(holding.figures(change.subject, _COUNTED[basis], span.last), printed)
    most = _FAR if page else _NEAR
    if not any(_within(printed.value, each.value, most) for each in held):
        return
    book.note(change.sentence.place, printed.text)
    if not any(printed.may_be(each.value) for each in held):
        spot = spot_of_sentence(change.sentence, printed.text)
        apart = not page
        yield _unlike(spot, printed, held[0], span.name, change.subject, holding, apart)


def _within(one: float, other: float, times: float) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return high <= times * low


def _basis(span: Span | None) -> Basis:
    """Which of a workspace's stretches a span is."""
    if span is None:
        return Basis.UNSAID
    if span.months == 12:
        return Basis.ROLLING
    if span.is_to_date and span.months > 1:
        return Basis.TO_DATE
    return Basis.MONTH if span.months == 1 else Basis.UNSAID
