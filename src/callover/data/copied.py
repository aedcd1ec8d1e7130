"""Yearly series that should differ and do not: one was copied from the other (AMB-29)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from callover.domain.errors import Finding, Severity
from callover.domain.indicators import Series, SeriesKind
from callover.domain.periods import FinancialYear, Month, Period

COPIED = "copied-series"
FEWEST = 3
"""Years in a row that agree to the last offence: two may be chance."""

Years = Mapping[tuple[str, str], Mapping[Period, float]]
"""Totals of financial years by series and area."""


def copied_parts(source: str, years: Years, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Parts that equal their whole in three or more years in which the rest was not given."""
    wholes = [s for s in series.values() if s.kind is SeriesKind.SUM and len(s.parts) > 1]
    for whole in wholes:
        for area in [area for name, area in years if name == whole.id]:
            for part in whole.parts:
                for run in _runs(_alike(years, whole, part, area)):
                    totals = years[whole.id, area]
                    yield _copied(source, series[part], whole, area, run, totals)


def _alike(years: Years, whole: Series, part: str, area: str) -> list[Period]:
    """The years in which the part is as large as the whole, though not all else is known as 0."""
    others = [years.get((other, area), {}) for other in whole.parts if other != part]
    own = years.get((part, area), {})
    same = [
        period
        for period, total in years[whole.id, area].items()
        if total > 0 and own.get(period) == total
        and not all(period in other for other in others)
    ]  # fmt: skip
    return sorted(same, key=lambda period: period.end)


def _runs(periods: list[Period]) -> Iterator[list[Period]]:
    """Stretches of years that follow on one another, long enough to be no chance."""
    run: list[Period] = []
    for period in periods:
        if run and run[-1].last_month + 1 != period.first_month:
            if len(run) >= FEWEST:
                yield run
            run = []
        run.append(period)
    if len(run) >= FEWEST:
        yield run


def _copied(
    source: str,
    part: Series,
    whole: Series,
    area: str,
    run: list[Period],
    totals: Mapping[Period, float],
) -> Finding:
    first, last = run[0], run[-1]
    same = ", ".join(f"{totals[period]:,g}" for period in run)
    message = (
        f"{part.title}, {_year(first)} to {_year(last)}: the same as {whole.title.lower()} in each "
        f"of {len(run)} years ({same}), of which it is only a part: one was copied. No trend is "
        "drawn from these years."
    )
    return Finding(
        COPIED, Severity.WRONG, source, part.id, area, f"{first.start} to {last.end}", message,
        totals[last], None, "",
    )  # fmt: skip


def _year(period: Period) -> FinancialYear:
    return period.last_month.financial_year


def years_in(finding: Finding) -> tuple[FinancialYear, ...]:
    """The financial years that a finding of this kind calls copied."""
    start, end = (date.fromisoformat(day) for day in finding.period.split(" to "))
    years = range(Month.containing(start).financial_year.start, end.year)
    return tuple(FinancialYear(year) for year in years)
