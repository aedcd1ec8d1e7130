"""What must add up: months and printed sums, parts and wholes, numerators and denominators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.grouping import numbered
from callover.data.potentials import Edge, solve
from callover.data.quality.values import (
    PERIOD,
    Value,
    numbers,
    of,
    said,
    value_at,
    values_at,
)
from callover.domain.errors import Finding, Severity
from callover.domain.indicators import Series, SeriesKind
from callover.domain.periods import PeriodKind

AGREES = 1e-6
_SUMS = [kind.value for kind in PeriodKind if kind.is_sum]


def sums(source: str, table: pa.Table, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Year to date against months; rolling against last full year + year to date − last year's.

    Months alone cannot contradict one another: only places with a longer sum are solved.
    """
    adding = [known.id for known in series.values() if known.unit.adds]
    held = of(table, kind=_SUMS, series=adding)
    place = numbered(held, ("series", "area"))
    longer = pc.not_equal(held["kind"], PeriodKind.MONTH.value).to_numpy().astype(bool)
    by_place: dict[int, list[Value]] = defaultdict(list)
    mixed = np.flatnonzero(np.isin(place, place[longer]))
    for number, value in zip(place[mixed].tolist(), values_at(held, mixed), strict=True):
        by_place[number].append(value)
    for values in by_place.values():
        yield from _conflicts(source, values, series[values[0].series])


def _conflicts(source: str, values: list[Value], known: Series) -> Iterator[Finding]:
    """Printed sums of one place that the others do not give."""
    first = min(v.period.first_month.index for v in values)
    last = max(v.period.last_month.index for v in values)
    edges = [
        Edge(
            v.period.first_month.index - first,
            v.period.last_month.index + 1 - first,
            v.value,
            v.period.kind,
            number,
        )
        for number, v in enumerate(values)
    ]
    for conflict in solve(edges, last - first + 2).conflicts:
        value = values[conflict.edge.label]
        message = (
            f"{known.title}, {said(value.period)}: printed {value.value:,g}, but the source's "
            f"other figures give {conflict.implied:,g}."
        )
        yield value.finding(source, "sum-of-months", Severity.WRONG, message, conflict.implied)


def parts(source: str, table: pa.Table, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Totals against their parts, for the same source, area and period."""
    held = set(pc.unique(table["series"]).to_pylist())
    for known in series.values():
        if known.kind is SeriesKind.SUM and known.id in held:
            yield from _parts_of(source, of(table, series=[known.id, *known.parts]), known)


def _parts_of(source: str, table: pa.Table, known: Series) -> Iterator[Finding]:
    """One total against its parts: all of them make it, some of them not more."""
    group, value = numbered(table, PERIOD), numbers(table)
    whole = pc.equal(table["series"], known.id).to_numpy().astype(bool)
    size = int(group.max()) + 1
    total = np.bincount(group[~whole], value[~whole], size)[group]
    given = np.bincount(group[~whole], minlength=size)[group]
    complete = given == len(known.parts)
    differs = whole & complete & (np.abs(total - value) > AGREES)
    above = whole & ~complete & (given > 0) & (total > value + AGREES)
    for at in np.flatnonzero(differs | above).tolist():
        printed, add_up = value_at(table, at), float(total[at])
        rule, what = ("total-against-parts", "its parts add up to")
        if above[at]:
            rule, what = ("part-above-whole", "only some of its parts already make")
        message = (
            f"{known.title}, {said(printed.period)}: printed {printed.value:,g}, "
            f"but {what} {add_up:,g}."
        )
        yield printed.finding(source, rule, Severity.WRONG, message, add_up)


def ratios(source: str, table: pa.Table, series: Mapping[str, Series]) -> Iterator[Finding]:
    """A numerator above its denominator in the same period."""
    for known in series.values():
        if known.kind is SeriesKind.RATIO:
            yield from _ratio(source, of(table, series=[known.numerator, known.denominator]), known)


def _ratio(source: str, table: pa.Table, known: Series) -> Iterator[Finding]:
    group, value = numbered(table, PERIOD), numbers(table)
    top = pc.equal(table["series"], known.numerator).to_numpy().astype(bool)
    below = np.full(int(group.max(initial=-1)) + 1, np.inf)
    below[group[~top]] = value[~top]
    for at in np.flatnonzero(top & (value > below[group])).tolist():
        printed, whole = value_at(table, at), float(below[group[at]])
        message = (
            f"{known.title}, {said(printed.period)}: {printed.value:,g} of {whole:,g} is more "
            "than all of them."
        )
        rule = "numerator-above-denominator"
        yield printed.finding(source, rule, Severity.WRONG, message, whole, known.id)
