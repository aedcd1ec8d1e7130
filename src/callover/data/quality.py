"""What contradicts itself in the values of one source: found, said and stored, never corrected."""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from callover.data.copied import Years, copied_parts
from callover.data.potentials import Edge, solve
from callover.domain.errors import Finding, Severity
from callover.domain.indicators import Series, SeriesKind
from callover.domain.periods import Month, Period, PeriodKind
from callover.domain.units import Unit

MOST_ROWS = 400_000
"""Above this many values only the reader's own checks run: a street-level file has no totals."""

JUMP = 6.0
"""A month this many robust deviations from the months before it is a sudden jump."""

DENOMINATOR_STEP = 0.04
"""Populations rarely move by more than this in a year without a new census or method."""

KIND_WORDS = {
    PeriodKind.MONTH: "month",
    PeriodKind.QUARTER: "quarter",
    PeriodKind.YEAR_TO_DATE: "year to date",
    PeriodKind.FINANCIAL_YEAR: "financial year",
    PeriodKind.ROLLING12: "rolling 12 months",
    PeriodKind.MONTHS: "months together",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One stored value, as the checks need it."""

    period: Period
    value: float
    place: str


Values = Mapping[tuple[str, str], list[Value]]
"""By series and area."""


def contradictions(source: str, table: pa.Table, series: Mapping[str, Series]) -> list[Finding]:
    """Every check over one source's current values (text keys, ``contracts.OBSERVATIONS``)."""
    if table.num_rows > MOST_ROWS:
        return []
    values = _values(table)
    found = [
        *_sums(source, values, series),
        *_parts(source, values, series),
        *_ratios(source, values, series),
        *_jumps(source, values, series),
        *_denominators(source, values, series),
        *copied_parts(source, _yearly(values), series),
    ]
    return sorted(found, key=lambda f: (f.series, f.area, f.period, f.rule))


def _values(table: pa.Table) -> Values:
    """Plain values with a number; published rates, ranks and averages are not checked here."""
    found: dict[tuple[str, str], list[Value]] = defaultdict(list)
    names = ("series", "area", "kind", "start", "end", "measure", "value", "row")
    columns = [table[name].to_pylist() for name in names]
    for series, area, kind, start, end, measure, value, row in zip(*columns, strict=True):
        if value is not None and measure == "value":
            period = Period(PeriodKind(kind), start, end)
            place = f"line {row}" if row is not None else ""
            found[series, area].append(Value(period, value, place))
    return found


def _sums(source: str, values: Values, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Year to date against months; rolling against last full year + year to date − last year's."""
    for (name, area), held in values.items():
        known = series.get(name)
        sums = [v for v in held if v.period.kind.is_sum]
        if known is None or not known.unit.adds or not sums:
            continue
        first = min(v.period.first_month.index for v in sums)
        last = max(v.period.last_month.index for v in sums)
        edges = [
            Edge(
                v.period.first_month.index - first,
                v.period.last_month.index + 1 - first,
                v.value,
                v.period.kind,
                number,
            )
            for number, v in enumerate(sums)
        ]
        for conflict in solve(edges, last - first + 2).conflicts:
            value = sums[conflict.edge.label]
            yield _finding(
                source, "sum-of-months", Severity.WRONG, name, area, value,
                f"{known.title}, {_said(value.period)}: printed {value.value:,g}, but the source's "
                f"other figures give {conflict.implied:,g}.",
                conflict.implied,
            )  # fmt: skip


def _parts(source: str, values: Values, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Totals against their parts, for the same source, area and period."""
    by_period = _by_period(values)
    for name, known in series.items():
        if known.kind is not SeriesKind.SUM:
            continue
        for (area, period), whole in by_period.get(name, {}).items():
            parts = [by_period.get(part, {}).get((area, period)) for part in known.parts]
            present = [part for part in parts if part is not None]
            total = sum(part.value for part in present)
            if len(present) == len(parts) and abs(total - whole.value) > 1e-6:
                rule, what = "total-against-parts", "its parts add up to"
            elif present and total > whole.value + 1e-6:
                rule, what = "part-above-whole", "only some of its parts already make"
            else:
                continue
            yield _finding(
                source, rule, Severity.WRONG, name, area, whole,
                f"{known.title}, {_said(period)}: printed {whole.value:,g}, but {what} {total:,g}.",
                total,
            )  # fmt: skip


def _ratios(source: str, values: Values, series: Mapping[str, Series]) -> Iterator[Finding]:
    """A numerator above its denominator in the same period."""
    by_period = _by_period(values)
    for known in series.values():
        if known.kind is not SeriesKind.RATIO:
            continue
        for (area, period), top in by_period.get(known.numerator, {}).items():
            whole = by_period.get(known.denominator, {}).get((area, period))
            if whole is not None and top.value > whole.value:
                yield _finding(
                    source, "numerator-above-denominator", Severity.WRONG, known.id, area, top,
                    f"{known.title}, {_said(period)}: {top.value:,g} of {whole.value:,g} is more "
                    "than all of them.",
                    whole.value,
                )  # fmt: skip


def _yearly(values: Values) -> Years:
    """The totals of financial years."""
    return {
        key: {v.period: v.value for v in held if v.period.kind is PeriodKind.FINANCIAL_YEAR}
        for key, held in values.items()
    }


def _by_period(values: Values) -> dict[str, dict[tuple[str, Period], Value]]:
    found: dict[str, dict[tuple[str, Period], Value]] = defaultdict(dict)
    for (name, area), held in values.items():
        for value in held:
            found[name][area, value.period] = value
    return found


def _jumps(source: str, values: Values, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Months far from the two years before them, by the median and its absolute deviations."""
    for (name, area), held in values.items():
        known = series.get(name)
        if known is None or not known.unit.adds:
            continue
        months = sorted(
            (v for v in held if v.period.kind is PeriodKind.MONTH), key=lambda v: v.period.start
        )
        for place in range(24, len(months)):
            before = [v.value for v in months[place - 24 : place]]
            middle = statistics.median(before)
            spread = statistics.median(abs(v - middle) for v in before) * 1.4826
            now = months[place]
            if abs(now.value - middle) > JUMP * max(spread, middle**0.5, 1.0):
                yield _finding(
                    source, "sudden-jump", Severity.EXPLAINABLE, name, area, now,
                    f"{known.title}, {_said(now.period)}: {now.value:,g}, where the two years "
                    f"before had {min(before):,g} to {max(before):,g}.",
                    middle,
                )  # fmt: skip


def _denominators(source: str, values: Values, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Populations and households that step: every rate made from them steps too."""
    for (name, area), held in values.items():
        known = series.get(name)
        days: list[tuple[date, Value]] = sorted(
            ((v.period.end, v) for v in held if v.period.kind is PeriodKind.SNAPSHOT),
            key=lambda pair: pair[0],
        )
        if known is None or known.unit not in (Unit.PEOPLE, Unit.HOMES, Unit.CHILDREN):
            continue
        for (earlier, before), (later, after) in itertools.pairwise(days):
            years = max(1.0, (later - earlier).days / 365.25)
            step = after.value / before.value - 1 if before.value > 1000 else 0.0
            if abs(step) > DENOMINATOR_STEP * years:
                yield _finding(
                    source, "changed-denominator", Severity.EXPLAINABLE, name, area, after,
                    f"{known.title}: {before.value:,g} on {_day(earlier)}, {after.value:,g} on "
                    f"{_day(later)} ({step:+.1%}): rates made from it step as well.",
                    before.value,
                )  # fmt: skip


def _finding(
    source: str,
    rule: str,
    severity: Severity,
    series: str,
    area: str,
    value: Value,
    message: str,
    follows: float,
) -> Finding:
    period = value.period
    return Finding(
        rule, severity, source, series, area, f"{period.start} to {period.end}", message,
        value.value, follows, value.place,
    )  # fmt: skip


def _said(period: Period) -> str:
    last = Month.containing(period.end)
    if period.kind is PeriodKind.FINANCIAL_YEAR:
        return str(last.financial_year)
    if period.kind is PeriodKind.MONTH:
        return last.name
    if period.kind is PeriodKind.MONTHS:
        return f"{period.first_month.name} to {last.name}"
    return f"{KIND_WORDS.get(period.kind, period.kind.value)} to {last.name}"


def _day(day: date) -> str:
    return f"{day.day} {Month.containing(day).name}"


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those that an earlier file had already given."""
    return list(dict.fromkeys(findings))
