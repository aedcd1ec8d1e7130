"""Whether the borough table agrees with itself. What does not is told, not corrected."""

from __future__ import annotations

from collections.abc import Sequence

from callover.data.sources.lfb_borough_table.layout import (
    P1_VISITS,
    TARGET,
    TO_DATE,
    Header,
    Measure,
)
from callover.domain.errors import Finding, Severity
from callover.domain.rounding import half_up

ID = "lfb_borough_table"
WHOLE, PARTS = "fire_all", ("fire_primary", "fire_secondary")


def check_table(header: Header, measures: Sequence[Measure]) -> list[Finding]:
    """Every contradiction of the table with itself."""
    findings = _headings(header)
    for measure in measures:
        if measure.series == P1_VISITS:
            findings += _added_percentages(measure, header)
        else:
            findings += _to_date(measure, header)
            findings += _rolling(measure, header)
            findings += _targets(measure, header)
    return findings + _parts(measures, header)


def _finding(
    rule: str,
    severity: Severity,
    header: Header,
    measure: Measure | None,
    period: str,
    message: str,
    numbers: tuple[float | None, float | None] = (None, None),
) -> Finding:
    series = measure.series if measure else ""
    place = f"line {measure.row + 1}" if measure else f"line {header.row + 1}"
    printed, follows = numbers
    return Finding(
        rule, severity, ID, series, header.area, period, message, printed, follows, place
    )


def _headings(header: Header) -> list[Finding]:
    """The headings' year is that of the total of the year before."""
    if header.printed == header.months:
        return []
    first, last = header.printed[0].short_name, header.printed[-1].short_name
    message = (
        f"The headings run from {first} to {last}, yet the total of the year before is that of "
        f"{header.before}: the months are taken as those of {header.months[0].financial_year}."
    )
    period = str(header.months[0].financial_year)
    return [_finding("heading_year", Severity.WRONG, header, None, period, message)]


def _to_date(measure: Measure, header: Header) -> list[Finding]:
    """Years to date that are not the sum of their months."""
    findings = []
    total: float | None = 0.0
    printed = measure.lines.get(TO_DATE, (None,) * 12)
    for month, number, shown in zip(header.months, measure.months, printed, strict=True):
        total = None if total is None or number is None else total + number
        if shown is not None and total is not None and shown != total:
            message = f"The year to date at {month.name} is {shown:g}; the months make {total:g}."
            findings.append(
                _finding(
                    "ytd_against_months",
                    Severity.WRONG,
                    header,
                    measure,
                    str(month),
                    message,
                    (shown, total),
                )
            )
    return findings


def added_percentages(measure: Measure) -> tuple[int, ...]:
    """Places (0 is April) of years to date that are the one before plus the month's percentage."""
    months, printed = measure.months, measure.lines.get(TO_DATE, (None,) * 12)
    found = []
    for i in range(1, 12):
        before, month, shown = printed[i - 1], months[i], printed[i]
        if before is not None and month and shown is not None and shown == before + month:
            found.append(i)
    return tuple(found)


def _added_percentages(measure: Measure, header: Header) -> list[Finding]:
    printed = measure.lines.get(TO_DATE, (None,) * 12)
    return [
        _finding(
            "percentages_added",
            Severity.WRONG,
            header,
            measure,
            str(header.months[i]),
            f"The year to date at {header.months[i].name}, {printed[i]:g}%, adds percentages.",
            (printed[i], None),
        )
        for i in added_percentages(measure)
    ]


def _rolling(measure: Measure, header: Header) -> list[Finding]:
    """A rolling 12 months below the year to date that it contains."""
    known = [number for number in measure.months if number is not None]
    if measure.rolling is None or sum(known) <= measure.rolling:
        return []
    message = (
        f"The rolling 12 months, {measure.rolling:g}, are below the year to date, {sum(known):g}."
    )
    return [
        _finding(
            "rolling_below_ytd",
            Severity.WRONG,
            header,
            measure,
            str(header.months[len(known) - 1]),
            message,
            (measure.rolling, sum(known)),
        )
    ]


def _targets(measure: Measure, header: Header) -> list[Finding]:
    """Cumulative targets that are not an even share of the year's, rounded half up."""
    targets = measure.lines.get(TARGET)
    if targets is None or targets[-1] is None:
        return []
    year = targets[-1]
    findings = []
    for position, (month, shown) in enumerate(zip(header.months, targets, strict=True), 1):
        even = half_up(year * position / 12)
        if shown is not None and shown != even:
            message = (
                f"The target to {month.name} is {shown:g}; an even share of {year:g} is {even:g}."
            )
            findings.append(
                _finding(
                    "target_profile",
                    Severity.EXPLAINABLE,
                    header,
                    measure,
                    str(month),
                    message,
                    (shown, even),
                )
            )
    return findings


def _parts(measures: Sequence[Measure], header: Header) -> list[Finding]:
    """All fires against primary and secondary ones, month by month, rolling and last year."""
    by_series = {measure.series: measure for measure in measures}
    if not {WHOLE, *PARTS} <= set(by_series):
        return []
    whole, first, second = (by_series[s] for s in (WHOLE, *PARTS))
    rows = [
        *zip(map(str, header.months), whole.months, first.months, second.months, strict=True),
        ("rolling 12 months", whole.rolling, first.rolling, second.rolling),
        (str(header.before), whole.before, first.before, second.before),
    ]
    return [
        _finding(
            "total_against_parts",
            Severity.WRONG,
            header,
            whole,
            period,
            f"All fires ({period}) are {total:g}; primary and secondary make {a + b:g}.",
            (total, a + b),
        )
        for period, total, a, b in rows
        if total is not None and a is not None and b is not None and total != a + b
    ]
