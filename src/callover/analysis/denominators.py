"""Residents and households that rates divide by: dated, per area, one vintage in force a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.points import Point, Points
from callover.domain.denominators import choose_vintage, use_in_force
from callover.domain.indicators import DenominatorUse
from callover.domain.periods import Month


@dataclass(frozen=True)
class Denominators:
    """Snapshots by kind, area and day, with the dated choices of the catalogue."""

    held: Mapping[str, Mapping[str, Mapping[date, Point]]]
    uses: Sequence[DenominatorUse]
    _vintages: dict[tuple[str, str, Month, tuple[date, ...]], date | None] = field(
        default_factory=dict
    )

    def chosen(self, kind: str, indicator: str, area: str, month: Month) -> Point | None:
        """The snapshot that a rate of ``indicator`` divides by."""
        days = self.held.get(kind, {}).get(area, {})
        day = self._vintage(kind, indicator, month, tuple(days))
        return days.get(day) if day else None

    def _vintage(
        self, kind: str, indicator: str, month: Month, days: tuple[date, ...]
    ) -> date | None:
        """The day in force; decided once, since every rate of every area asks."""
        key = (kind, indicator if indicator in self._named else "", month, days)
        if key not in self._vintages:
            use = use_in_force(self.uses, kind, indicator, month)
            day = choose_vintage(use, month, days) if use else max(days, default=None)
            self._vintages[key] = day
        return self._vintages[key]

    @cached_property
    def _named(self) -> frozenset[str]:
        """Indicators with a choice of their own."""
        return frozenset(name for use in self.uses for name in use.indicators)

    def array(
        self, kind: str, indicator: str, first: Month, months: int, areas: Sequence[str]
    ) -> Numbers:
        """Month × area; NaN where no vintage fits. Areas with the same days share the choice."""
        result = np.full((months, len(areas)), np.nan)
        alike: dict[tuple[date, ...], list[int]] = defaultdict(list)
        of_kind = self.held.get(kind, {})
        for i, area in enumerate(areas):
            if area in of_kind:
                alike[tuple(sorted(of_kind[area]))].append(i)
        for places in alike.values():
            sample = areas[places[0]]
            for m in range(months):
                point = self.chosen(kind, indicator, sample, first + m)
                if point is not None:
                    values = [of_kind[areas[i]][point.end].value for i in places]
                    result[m, places] = [np.nan if v is None else v for v in values]
        return result


def denominators_of(
    points: Points, uses: Sequence[DenominatorUse], preferred: Sequence[str] = ()
) -> Denominators:
    """Denominators held; where two sources give the same day, the one earlier in ``preferred``."""
    order = {source: -i for i, source in enumerate(preferred)}
    held: dict[str, dict[str, dict[date, Point]]] = {}
    for kind in {use.kind for use in uses}:
        found = [p for p in points.snapshots(kind) if p.value is not None]
        by_area: dict[str, dict[date, Point]] = defaultdict(dict)
        for point in sorted(found, key=lambda p: (order.get(p.source, -len(order)), p.known)):
            by_area[point.area][point.end] = point
        held[kind] = dict(by_area)
    return Denominators(held, uses)
