"""What moves further than it should: months that jump, denominators that step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from callover.data.grouping import numbered
from callover.data.quality.values import Numbers, day_words, numbers, of, said, value_at
from callover.domain.errors import Finding, Severity
from callover.domain.indicators import Series
from callover.domain.periods import PeriodKind
from callover.domain.units import Unit

JUMP = 6.0
"""A month this many robust deviations from the months before it is a sudden jump."""

BEFORE, SHORT = 24, 6
"""Months that a month is held against; of a short history at least."""

SHORT_JUMP = 12.0
"""The same against six months, which say less of what is usual."""

DENOMINATOR_STEP = 0.04
"""Populations rarely move by more than this in a year without a new census or method."""

_SMALLEST = 1000  # people or homes below which a step says nothing
_AT_ONCE = 100_000  # windows worked on together, so that memory stays small


def jumps(source: str, table: pa.Table, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Months far from the two years before them, by the median and its absolute deviations."""
    adding = [known.id for known in series.values() if known.unit.adds]
    months = of(table, kind=[PeriodKind.MONTH.value], series=adding)
    months, place = _in_order(months, "start")
    value = numbers(months)
    for length, words in ((BEFORE, "two years"), (SHORT, "six months known")):
        for at, middle in _jumping(value, place, length):
            now, before = value_at(months, at), value[at - length : at]
            message = (
                f"{series[now.series].title}, {said(now.period)}: {now.value:,g}, where the "
                f"{words} before had {before.min():,g} to {before.max():,g}."
            )
            yield now.finding(source, "sudden-jump", Severity.EXPLAINABLE, message, middle)


def _jumping(
    value: Numbers, place: npt.NDArray[np.int64], length: int
) -> Iterator[tuple[int, float]]:
    """Positions far from the ``length`` months before them, and the middle of those; the short
    length only where the long one has too few."""
    if len(value) <= length:
        return
    windows = np.lib.stride_tricks.sliding_window_view(value, length + 1)
    whole = place[length:] == place[:-length]
    if length == SHORT:
        longer = np.zeros(len(value), bool)
        longer[BEFORE:] = place[BEFORE:] == place[: max(0, len(place) - BEFORE)]
        whole &= ~longer[length:]
    enough = np.flatnonzero(whole)
    for first in range(0, len(enough), _AT_ONCE):
        chosen = enough[first : first + _AT_ONCE]
        middle, far = _far(windows[chosen], SHORT_JUMP if length == SHORT else JUMP)
        for at in np.flatnonzero(far):
            yield int(chosen[at] + length), float(middle[at])


def _far(windows: Numbers, jump: float) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """The middle of the months before the last of each window, and whether that is far from it."""
    before, now = windows[:, :-1], windows[:, -1]
    middle = np.median(before, axis=1)
    spread = np.median(np.abs(before - middle[:, None]), axis=1) * 1.4826
    usual = np.maximum(np.maximum(spread, np.sqrt(np.maximum(middle, 0.0))), 1.0)
    return middle, np.abs(now - middle) > jump * usual


def denominators(source: str, table: pa.Table, series: Mapping[str, Series]) -> Iterator[Finding]:
    """Populations and households that step: every rate made from them steps too."""
    units = (Unit.PEOPLE, Unit.HOMES, Unit.CHILDREN)
    counted = [known.id for known in series.values() if known.unit in units]
    days = of(table, kind=[PeriodKind.SNAPSHOT.value], series=counted)
    days, place = _in_order(days, "end")
    value, end = numbers(days), days["end"].to_numpy().astype("datetime64[D]").astype(np.int64)
    before, after = value[:-1], value[1:]
    years = np.maximum(1.0, np.diff(end) / 365.25)
    same = (place[:-1] == place[1:]) & (before > _SMALLEST)
    step = np.zeros(len(before))
    np.divide(after, before, out=step, where=same)
    for at in np.flatnonzero(same & (np.abs(step - 1) > DENOMINATOR_STEP * years)).tolist():
        earlier, later = value_at(days, at), value_at(days, at + 1)
        message = (
            f"{series[later.series].title}: {earlier.value:,g} on {day_words(earlier.period.end)}, "
            f"{later.value:,g} on {day_words(later.period.end)} ({step[at] - 1:+.1%}): "
            "rates made from it step as well."
        )
        yield later.finding(
            source, "changed-denominator", Severity.EXPLAINABLE, message, earlier.value
        )


def _in_order(table: pa.Table, day: str) -> tuple[pa.Table, npt.NDArray[np.int64]]:
    """Rows by place and day, and the number of the place (series and area) of each."""
    place = numbered(table, ("series", "area"))
    days = table[day].to_numpy().astype("datetime64[D]").astype(np.int64)
    order = np.lexsort((days, place))
    return table.take(order), place[order]
