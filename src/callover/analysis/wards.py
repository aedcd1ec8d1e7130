"""A district's wards: which source counts an indicator by ward, what its wards make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.held import Held, number
from callover.analysis.subjects import subject_of
from callover.domain.areas import AreaKind
from callover.domain.indicators import Indicator, SeriesKind
from callover.domain.periods import Month

FEWEST = 3
"""Wards that a table or a map is worth making of."""

_ADDED = (SeriesKind.COUNTED, SeriesKind.SUM)


@dataclass(frozen=True, slots=True)
class ByWard:
    """An indicator that one source counts by ward over twelve months. A total is the sum of all
    wards, None where one of them is not known."""

    indicator: str
    series: str
    source: str
    wards: tuple[str, ...]
    total: float | None
    total_before: float | None


def by_ward(
    held: Held, indicators: Iterable[Indicator], area: str, month: Month
) -> tuple[ByWard, ...]:
    """The indicators that a source counts by ward of ``area``, from the first source that does."""
    wards = wards_of(held, area)
    found = (next(_counted(held, each, wards, month), None) for each in indicators)
    return tuple(each for each in found if each is not None)


def wards_of(held: Held, area: str) -> tuple[str, ...]:
    """Codes of the wards that lie in a district and of which something is held, by name."""
    inside = [
        code
        for code in held.cube.areas
        if held.kind(code) is AreaKind.WARD and area in held.parents.get(code, ())
    ]
    return tuple(sorted(inside, key=lambda code: (held.names.get(code, code), code)))


def _counted(
    held: Held, indicator: Indicator, wards: Sequence[str], month: Month
) -> Iterator[ByWard]:
    """What each source in the register's order counts; twelve months of three wards at least."""
    series = subject_of(held.catalogue, indicator.id).series
    place = held.cube.month_index(month)
    if place is None or not series.unit.adds or series.kind not in _ADDED:
        return
    columns = [held.cube.area_index[ward] for ward in wards]
    for source in held.catalogue.sources:
        row = held.cube.key_index.get((source, series.id))
        if row is None:
            continue
        now = held.measured.values("rolling12")[row, place, columns]
        before = held.measured.values("rolling12_previous")[row, place, columns]
        known = ~np.isnan(now)
        if np.count_nonzero(known) >= FEWEST:
            held_of_it = tuple(
                ward for ward, is_known in zip(wards, known, strict=True) if is_known
            )
            yield ByWard(
                indicator.id, series.id, source, held_of_it, _sum(now[known]), _sum(before[known])
            )


def _sum(values: Numbers) -> float | None:
    """The sum, None where a part is not known."""
    return number(float(values.sum()))
