"""Rates against counts: what base they imply, and whether it stays the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from callover.audit.claims import Claims, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.history import Year
from callover.audit.outline import Section
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.domain.errors import Severity
from callover.domain.periods import Month

RATE_BASE = Rule(
    "rate-base-changes",
    "The base of a rate changes within a row",
    Severity.SUSPICIOUS,
    "Count divided by rate gives the base. Where two bases are needed within one row of months, "
    "months before and after are not comparable, and the page must say so.",
    "1,533 at 7.73 and 1,548 at 7.66: the count rises and the rate falls, because residents "
    "changed from about 198,300 to 202,000.",
    "Say from which month the new population counts, or work the whole row out on one.",
    "A new population estimate came in; that is right once it is said.",
)
RATE_OF_MONTH = Rule(
    "rate-cell",
    "A rate does not follow from its count",
    Severity.WRONG,
    "One cell of a row of rates needs another base than all the others.",
    "Counts of 578, 579 and 593 at 2.91, 3.92 and 2.99 per 1,000.",
    "Work the cell out again.",
)
RATE_OF_YEAR = Rule(
    "rate-of-year",
    "A rate of a past year does not follow from its count",
    Severity.WRONG,
    "Population moves by a few per cent a year. A rate that needs a base far from those of the "
    "other years of its list, or of other pages, is wrong.",
    "619 offences at 1.44 per 1,000 imply 430,000 residents; every other line implies 190,000.",
    "Work the rate out from the count and that year's population.",
)
STATED_BASE = Rule(
    "stated-base",
    "The base that the page states is not the one its rates use",
    Severity.WRONG,
    "A page that says that its rates use one estimate cannot need two, and a rate cannot be per "
    "household and per resident at once.",
    "15.00 per 1,000 residents beside a table of 15.00 per 1,000 households.",
    "State the base that was used: which people or households, of which year.",
)
_HOUSEHOLDS = re.compile(r"\bhouseholds?\b|\bhh\b|\bdwellings\b|\bhomes\b", re.IGNORECASE)
_RESIDENTS = re.compile(r"\bresidents?\b|\bpopulation\b|\bpeople\b|\bres\b", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\b(?:population|residents|households|base|denominator|estimate)s?\b[^.]*\bchang",
    re.IGNORECASE,
)
_ONE_ESTIMATE = re.compile(
    r"mid[- ]?(?:year )?(?P<year>\d{4})[^.]*estimate|(?P<census>\d{4}) census", re.I
)
_CLOSE = 0.005
"""Bases within half a per cent are one: no estimate changes by less from year to year."""
_FAR = 0.15


@dataclass(frozen=True, slots=True)
class _Base:
    """The bases that a count and its rate leave possible."""

    month: Month
    low: float
    high: float
    count: Printed
    rate: Printed

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def bases_of(counts: Series, rates: Series) -> list[_Base]:
    """The base of each month of a row of rates that has one decimal or more to tell it by."""
    found = []
    for month, rate, _ in rates.known:
        count = counts.by_month.get(month)
        if count is None or rate.low <= 0 or rate.half / rate.value > _CLOSE:
            continue
        low, high = rates.per * count.low / rate.high, rates.per * count.high / rate.low
        found.append(_Base(month, low, high, count, rate))
    return found


def _rows(claims: Claims) -> Iterator[tuple[Series, Series, list[_Base]]]:
    """Rows of rates with the row of counts they are of."""
    for rates in claims.series:
        if rates.kind is not Kind.RATE:
            continue
        for basis in (Basis.ROLLING, Basis.TO_DATE, Basis.MONTH):
            counts = claims.find(rates.section, Kind.COUNT, basis)
            if counts is None:
                continue
            bases = bases_of(counts, rates)
            if len(bases) > 1 and max(b.high for b in bases) < 1.5 * min(b.low for b in bases):
                yield counts, rates, bases
                break


def _runs(bases: list[_Base]) -> list[list[_Base]]:
    """Neighbouring months that one base explains."""
    runs: list[list[_Base]] = []
    for base in bases:
        run = runs[-1] if runs else None
        if run and min(b.high for b in (*run, base)) >= max(b.low for b in (*run, base)):
            run.append(base)
        else:
            runs.append([base])
    return runs


def base_changes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of rates that need two bases, one after the other, where the page does not say so."""
    for counts, rates, bases in _rows(claims):
        for base in bases:
            book.note(rates.cell_of(base.month).place, base.rate.text)
        runs = _runs(bases)
        if len(runs) == 2 and not _announced(claims, rates.section):
            yield _switch(claims, counts, rates, runs)


def odd_cells(claims: Claims, book: Book) -> Iterator[Finding]:
    """Single cells that need another base than all the others of their row."""
    for counts, rates, bases in _rows(claims):
        odd = _odd_cell(_runs(bases))
        if odd is not None:
            book.note(rates.cell_of(odd.month).place, odd.rate.text)
            yield _cell(claims, counts, rates, odd, bases)


def _announced(claims: Claims, section: Section) -> bool:
    """Whether the page says that its base changes."""
    return any(_ANNOUNCED.search(said.sentence.text) for said in claims.said_of(section))


def _odd_cell(runs: list[list[_Base]]) -> _Base | None:
    """The one month without which one base would explain the row."""
    if len(runs) == 3 and len(runs[1]) == 1:
        rest = [*runs[0], *runs[2]]
        if len(_runs(rest)) == 1:
            return runs[1][0]
    return None


def _cell(claims: Claims, counts: Series, rates: Series, odd: _Base, bases: list[_Base]) -> Finding:
    usual = median(base.middle for base in bases if base is not odd)
    follows = rates.per * odd.count.value / usual
    decimals = len(odd.rate.text.partition(".")[2])
    return finding(
        RATE_OF_MONTH, spot_of_cell(rates, rates.cell_of(odd.month)), f"{follows:.{decimals}f}",
        f"{odd.count.text} / {least(round(usual))} x {rates.per:,} = {follows:.{decimals}f}",
        spot_of_cell(counts, counts.cell_of(odd.month)), claims.subjects.of_series(rates),
    )  # fmt: skip


def _switch(claims: Claims, counts: Series, rates: Series, runs: list[list[_Base]]) -> Finding:
    before, after = runs[0][-1], runs[1][0]
    opposite = (after.count.value - before.count.value) * (after.rate.value - before.rate.value) < 0
    severity = Severity.SUSPICIOUS if opposite else Severity.EXPLAINABLE
    told = (f"{_middle(run):,.0f}" for run in runs)
    return finding(
        RATE_BASE,
        spot_of_cell(rates, rates.cell_of(after.month)),
        f"the base changes in {after.month.name}",
        f"{before.count.text} at {before.rate.text}, {after.count.text} at {after.rate.text}: "
        f"bases of about {' and '.join(told)}",
        spot_of_cell(counts, counts.cell_of(after.month)),
        claims.subjects.of_series(rates),
        severity,
    )


def _middle(run: list[_Base]) -> float:
    return (max(base.low for base in run) + min(base.high for base in run)) / 2


def stated_base(claims: Claims, book: Book) -> Iterator[Finding]:
    """Pages that state one estimate and whose rates need two."""
    for counts, rates, bases in _rows(claims):
        runs = _runs(bases)
        if len(runs) != 2 or len(bases) < 4:
            continue
        stated = _stated(claims, rates.section)
        if stated is None:
            continue
        book.note(stated.place, stated.printed)
        told = " and ".join(f"{_middle(run):,.0f}" for run in runs)
        yield finding(
            STATED_BASE, stated, f"bases of about {told}",
            f"{runs[0][-1].count.text} / {runs[0][-1].rate.text} and {runs[1][0].count.text} / "
            f"{runs[1][0].rate.text} are not one estimate's",
            spot_of_cell(rates, rates.cell_of(runs[1][0].month)), claims.subjects.of_series(counts),
        )  # fmt: skip


def _stated(claims: Claims, section: Section) -> Spot | None:
    for said in claims.said_of(section):
        found = _ONE_ESTIMATE.search(said.sentence.text)
        if found and _RESIDENTS.search(said.sentence.text):
            return spot_of_sentence(said.sentence, found[0])
    return None


# Past years


def past_years(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rates of past years that need a base far from their page's table, or from all the others."""
    tables = {
        id(rates.section): median(b.middle for b in bases) for _, rates, bases in _rows(claims)
    }
    for year in claims.years:
        base = _base_of(year)
        if base is None or year.rate is None or year.count is None:
            continue
        usual = tables.get(id(year.section)) or _of_the_others(claims, year)
        if usual is None:
            continue
        book.note(year.place, year.rate.printed.text)
        if abs(base / usual - 1) > _FAR:
            follows = year.rate.per * year.count.printed.value / usual
            yield finding(
                RATE_OF_YEAR,
                Spot(year.section.title, year.place, year.rate.printed.text, year.text),
                f"about {follows:.2f} per {year.rate.per:,}",
                f"{year.count.printed.text} / {year.rate.printed.text} x {year.rate.per:,} = "
                f"{base:,.0f}, elsewhere about {usual:,.0f}",
                None, claims.subjects.of_section(year.section),
            )  # fmt: skip


def _of_the_others(claims: Claims, year: Year) -> float | None:
    """The base that three or more other years of a list agree on."""
    others = [_base_of(other) for other in claims.years if other.section is year.section]
    bases = [base for base in others if base is not None]
    if len(bases) < 4:
        return None
    middle = median(bases)
    near = [base for base in bases if abs(base / middle - 1) < _FAR]
    return median(near) if len(near) > 2 else None


def _base_of(year: Year) -> float | None:
    if year.count is None or year.rate is None:
        return None
    if year.rate.printed.value <= 0 or year.count.printed.value <= 0:
        return None
    return year.rate.per * year.count.printed.value / year.rate.printed.value


def households(claims: Claims, book: Book) -> Iterator[Finding]:
    """Lists per resident on a page whose table is per household, from one base."""
    for counts, rates, bases in _rows(claims):
        if not _HOUSEHOLDS.search(rates.label) or not bases:
            continue
        table = median(base.middle for base in bases)
        for year in claims.years:
            base = _base_of(year)
            if (
                year.section is not rates.section
                or base is None
                or not _RESIDENTS.search(year.text)
            ):
                continue
            book.note(year.place, year.name)
            if abs(base / table - 1) < 0.05:
                yield finding(
                    STATED_BASE, Spot(year.section.title, year.place, year.text, year.text),
                    "per 1,000 households, as in the table",
                    f"the list implies {base:,.0f}, the table's households {table:,.0f}",
                    spot_of_cell(rates, rates.known[0][2]), claims.subjects.of_series(counts),
                )  # fmt: skip
                break


CHECKS = (
    Check(RATE_BASE, base_changes),
    Check(RATE_OF_MONTH, odd_cells),
    Check(RATE_OF_YEAR, past_years),
    Check(STATED_BASE, stated_base),
    Check(STATED_BASE, households),
)
