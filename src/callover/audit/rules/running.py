"""Rows by month against themselves: running totals, and what can never be added up."""

from __future__ import annotations

from collections.abc import Iterator

from callover.audit.claims import Claims, spot_of_cell
from callover.audit.findings import Finding
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.audit.settled import falls
from callover.domain.errors import Severity
from callover.domain.periods import Month

RUNNING_TOTAL = Rule(
    "running-total",
    "A year to date is not the sum of its months",
    Severity.WRONG,
    "Each year to date is the one before it plus its month; the first is its month.",
    "Months 19, 24, 12, 26 beside years to date 19, 43, 55, 82: 55 + 26 is 81.",
    "Take months and years to date from one extract; look for a month that was revised later.",
)
FALLING_TOTAL = Rule(
    "falling-total",
    "A year to date falls",
    Severity.WRONG,
    "A cumulative count never falls. Where it does, the row is usually one of single months under "
    "the wrong label.",
    "A row called Year to date holds 47, 79, 62: a sum cannot fall from 79 to 62.",
    "Print the row under its own label, or the years to date that belong there.",
)
PERCENT_SUM = Rule(
    "percentages-added",
    "Percentages are added up",
    Severity.WRONG,
    "A percentage for a year to date lies between those of its months; it is never their sum.",
    "Months of 118 % and 106 % beside a year to date of 224 %.",
    "Work the year to date out from the parts and wholes of its months.",
)


def _months_and_totals(claims: Claims) -> Iterator[tuple[Series, Series]]:
    """Each row of months with the row of its years to date."""
    for series in claims.series:
        if series.basis is Basis.TO_DATE and series.kind in (Kind.COUNT, Kind.SHARE):
            months = [
                each
                for each in claims.series_of(series.section)
                if each.basis in (Basis.MONTH, Basis.UNSAID)
                and each.key == series.key
                and each.kind in (Kind.COUNT, Kind.SHARE)
            ]
            if len(months) == 1:
                yield months[0], series


def _is_percent(series: Series) -> bool:
    return any(printed.percent for _, printed, _ in series.known)


def running_totals(claims: Claims, book: Book) -> Iterator[Finding]:
    """Years to date that their months do not add up to: one finding a row."""
    for months, totals in _months_and_totals(claims):
        if _is_percent(months) or _is_percent(totals) or falls(totals):
            continue
        steps = list(_steps(months, totals, book))
        wrong = [step for step in steps if not step[3].may_be(step[4])]
        if wrong:
            month, before, added, total, follows = wrong[0]
            also = "" if len(wrong) == 1 else f"; {len(wrong) - 1} later too"
            yield finding(
                RUNNING_TOTAL,
                spot_of_cell(totals, totals.cell_of(month)),
                f"{least(follows)} for {month.name}{also}",
                f"{least(before)} + {least(added)} = {least(follows)}, not {total.text}",
                spot_of_cell(months, months.cell_of(month)),
                claims.subjects.of_series(totals),
            )


def _steps(
    months: Series, totals: Series, book: Book
) -> Iterator[tuple[Month, float, float, Printed, float]]:
    """Month, total before it, what it adds, the total printed, and what follows."""
    for month, total, cell in totals.known:
        added = months.by_month.get(month)
        before = totals.by_month.get(month - 1)
        if month.position == 1 or month == totals.points[0].month:
            if month.position != 1:
                continue
            before = Printed("0", 0.0)
        if added is None or before is None:
            continue
        book.note(cell.place, total.text, added.text)
        yield month, before.value, added.value, total, before.value + added.value


def falling_totals(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows called year to date that fall."""
    for series in claims.series:
        if not (series.mislabelled or series.basis is Basis.TO_DATE) or _is_percent(series):
            continue
        if series.kind is not Kind.COUNT:
            continue
        for _, printed, cell in series.known:
            book.note(cell.place, printed.text)
        found = falls(series)
        if found:
            before, month = found[0]
            was, now = series.by_month[before], series.by_month[month]
            whole = sum(printed.value for _, printed, _ in series.known)
            yield finding(
                FALLING_TOTAL,
                spot_of_cell(series, series.cell_of(month)),
                f"single months under this label; their sum is {least(whole)}",
                f"{was.text} cannot fall to {now.text}",
                None,
                claims.subjects.of_series(series),
            )


def percentages_added(claims: Claims, book: Book) -> Iterator[Finding]:
    """Percentages of a year to date above every month's."""
    for months, totals in _months_and_totals(claims):
        if not (_is_percent(months) and _is_percent(totals)):
            continue
        beyond = []
        for month, total, cell in totals.known:
            so_far = [p for m, p, _ in months.known if m <= month]
            if len(so_far) < 2:
                continue
            book.note(cell.place, total.text)
            low, high = min(p.low for p in so_far), max(p.high for p in so_far)
            if not total.may_be(low, high):
                beyond.append((month, total, so_far))
        if beyond:
            month, total, so_far = beyond[0]
            mean = sum(p.value for p in so_far) / len(so_far)
            before = totals.by_month.get(month - 1)
            summed = f"{before.text} + {so_far[-1].text} = {total.text}" if before else total.text
            yield finding(
                PERCENT_SUM,
                spot_of_cell(totals, totals.cell_of(month)),
                f"between {least(min(p.value for p in so_far))} and "
                f"{least(max(p.value for p in so_far))} %, about {mean:.0f} %",
                f"{summed}: percentages cannot be added",
                spot_of_cell(months, months.cell_of(month)),
                claims.subjects.of_series(totals),
            )


CHECKS = (
    Check(RUNNING_TOTAL, running_totals),
    Check(FALLING_TOTAL, falling_totals),
    Check(PERCENT_SUM, percentages_added),
)
