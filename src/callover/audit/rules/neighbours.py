"""Single cells of running twelve months that stand far from the months on either side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from callover.audit.claims import Claims, spot_of_cell
from callover.audit.findings import Finding
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.domain.errors import Severity
from callover.domain.periods import Month

OUT_OF_LINE = Rule(
    "out-of-line",
    "One month of a running total stands far from those around it",
    Severity.SUSPICIOUS,
    "Two neighbouring sums of twelve months share eleven of them. One that leaves both neighbours "
    "far behind, and more than eight times as far as the other months of its row do, is most "
    "likely a slip of the keyboard.",
    "592, 539 and 579 where the months around move by two or three.",
    "Look the month up in the source.",
    "A month really was unlike all others twice, a year apart; then the page should say so.",
)
_LEAST_MONTHS = 6
_TIMES, _SHARE = 8, 0.03
_LEAST_LEVEL = 50


@dataclass(frozen=True, slots=True)
class _Step:
    """A month with how far it stands from the middle of its neighbours."""

    month: Month
    off: float
    between: float
    apart: float


def out_of_line(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of counts or rates of running twelve months."""
    for series in claims.series:
        if series.basis is Basis.ROLLING and series.kind in (Kind.COUNT, Kind.RATE):
            yield from _of(claims, series, book)


def _of(claims: Claims, series: Series, book: Book) -> Iterator[Finding]:
    known = [(month, printed) for month, printed, _ in series.known]
    steps = list(_steps(known))
    level = median(printed.value for _, printed in known) if known else 0
    if len(steps) < _LEAST_MONTHS or (series.kind is Kind.COUNT and level < _LEAST_LEVEL):
        return
    for step in steps:
        book.note(series.cell_of(step.month).place, series.by_month[step.month].text)
    farthest = max(steps, key=lambda step: abs(step.off))
    others = [abs(step.off) for step in steps if abs(step.month.index - farthest.month.index) > 1]
    usual = max(others, default=0.0)
    is_alone = abs(farthest.apart) < abs(farthest.off) / 2
    if is_alone and abs(farthest.off) > max(_TIMES * _middle(others), 2 * usual, _SHARE * level):
        printed = series.by_month[farthest.month]
        yield finding(
            OUT_OF_LINE, spot_of_cell(series, series.cell_of(farthest.month)),
            f"about {least(round(farthest.between, 2))}",
            f"{printed.text} in {farthest.month.name}, {_told(series, farthest.month)} around it; "
            f"the other months stand within {least(round(usual, 2))} of theirs",
            None, claims.subjects.of_series(series), None, 0.75,
        )  # fmt: skip


def _middle(others: list[float]) -> float:
    return median(others) if others else 0.0


def _steps(known: list[tuple[Month, Printed]]) -> Iterator[_Step]:
    for (before, one), (month, own), (after, other) in zip(
        known, known[1:], known[2:], strict=False
    ):
        if before + 2 == after:
            between = (one.value + other.value) / 2
            yield _Step(month, own.value - between, between, other.value - one.value)


def _told(series: Series, month: Month) -> str:
    return " and ".join(series.by_month[month + step].text for step in (-1, 1))


CHECKS = (Check(OUT_OF_LINE, out_of_line),)
