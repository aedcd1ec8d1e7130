"""What is held at one moment: cube with measures, points, denominators, names, who lies where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from callover.analysis import measures
from callover.analysis.arrays import Numbers
from callover.analysis.cube import Cube, empty_cube
from callover.analysis.denominators import Denominators, denominators_of
from callover.analysis.gather import cube_of
from callover.analysis.measured import Measured
from callover.analysis.points import Points, points_of
from callover.analysis.subjects import Subject, never_added, total_series
from callover.data.revisions import Carried, Place
from callover.domain.areas import AreaKind
from callover.domain.indicators import Catalogue
from callover.domain.peers import PeerGroup
from callover.domain.periods import Month

if TYPE_CHECKING:  # forecasts load SciPy, which most questions never need
    from callover.analysis.forecast.types import YearEnd
    from callover.analysis.process.chart import NotEnough


@dataclass
class Held:
    """Everything figures are made from. ``parents`` says which areas an area lies in."""

    catalogue: Catalogue
    measured: Measured
    points: Points
    denominators: Denominators
    names: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)  # places by name to their codes
    kinds: Mapping[str, AreaKind] = field(default_factory=dict)
    table: pa.Table | None = None  # the rows themselves, for lineage
    today: date | None = None  # the day of this knowledge, which says what is not due yet
    files: Mapping[int, str] = field(default_factory=dict)  # import number to file name
    carried: Mapping[Place, Sequence[Carried]] = field(default_factory=dict)
    store_root: Path | None = None  # beside which forecasts are kept
    year_ends: dict[object, YearEnd | NotEnough] = field(default_factory=dict)
    _rates: dict[tuple[str, str, str], Numbers] = field(default_factory=dict)
    _residents: dict[tuple[str, str], Numbers] = field(default_factory=dict)

    @property
    def cube(self) -> Cube:
        """The cube, sums and ratios included."""
        return self.measured.cube

    @cached_property
    def total(self) -> str:
        """The series of which shares are taken."""
        return total_series(self.catalogue)

    @cached_property
    def last_said(self) -> Mapping[tuple[str, str, str], Month]:
        """By source, series and area, the last month of which a row speaks, valued or not."""
        if self.table is None:
            return {}
        keys = ["source", "series", "area"]
        last = self.table.select([*keys, "end"]).group_by(keys).aggregate([("end", "max")])
        rows = zip(*(last[name].to_pylist() for name in (*keys, "end_max")), strict=True)
        return {(*key,): Month.containing(end) for *key, end in rows}

    def place(self, source: str, series: str, area: str) -> tuple[int, int] | None:
        """Places of key and area in the cube."""
        key = self.cube.key_index.get((source, series))
        column = self.cube.area_index.get(area)
        return None if key is None or column is None else (key, column)

    def rate(self, subject: Subject, source: str) -> Numbers | None:
        """Month × area rates of a subject's rolling 12 months; None without a rate or data."""
        row = self.cube.key_index.get((source, subject.series.id))
        if subject.rate is None or row is None:
            return None
        key = (subject.id, subject.series.id, source)
        if key not in self._rates:
            counts = self.measured.values("rolling12")[row]
            self._rates[key] = measures.rate(counts, self.residents(subject), subject.rate.per)
        return self._rates[key]

    def residents(self, subject: Subject) -> Numbers:
        """Month × area denominators of a subject's rate."""
        kind = subject.rate.denominator if subject.rate else ""
        key = (kind, subject.id)
        if key not in self._residents:
            cube = self.cube
            self._residents[key] = self.denominators.array(
                kind, subject.id, cube.first, cube.months, cube.areas
            )
        return self._residents[key]

    def members(self, group: PeerGroup, area: str, month: Month) -> tuple[str, ...]:
        """Codes of the areas in a group; the area itself belongs to a computed group."""
        if not group.computed:
            return group.members_on(month.last_day)
        alike = [a for a in self.cube.areas if self.kind(a) is self.kind(area)]
        if group.kind == "same_kind":
            return tuple(alike)
        forces = {p for p in self._above(area) if self.kind(p) is AreaKind.FORCE}
        return tuple(a for a in alike if forces & self._above(a))

    def kind(self, area: str) -> AreaKind:
        """Kind of a place, by what is known of it or by its code."""
        return self.kinds.get(area) or AreaKind.of_code(area)

    def _above(self, area: str) -> frozenset[str]:
        """Every area that ``area`` lies in, directly or not."""
        found: set[str] = set()
        waiting = list(self.parents.get(area, ()))
        while waiting:
            parent = waiting.pop()
            if parent not in found:
                found.add(parent)
                waiting.extend(self.parents.get(parent, ()))
        return frozenset(found)


def held_of(
    table: pa.Table,
    catalogue: Catalogue,
    names: Mapping[str, str] | None = None,
    parents: Mapping[str, frozenset[str]] | None = None,
) -> Held:
    """What a selection holds (columns as in ``gather``; areas already by code)."""
    percentages = never_added(catalogue)
    points = points_of(table, percentages)
    cube = cube_of(table, percentages) or _no_cube(points)
    return Held(
        catalogue=catalogue,
        measured=Measured(cube, catalogue.series),
        points=points,
        denominators=denominators_of(points, catalogue.denominator_uses, tuple(catalogue.sources)),
        names=names or {},
        parents=parents or {},
        table=table,
    )


def _no_cube(points: Points) -> Cube:
    """A cube without keys, over the areas that have points."""
    areas = tuple(dict.fromkeys(area for _, _, area, _, _ in points.by_key))
    return empty_cube((), Month.of(2000, 1), 1, areas)


def number(value: float) -> float | None:
    """A value out of an array: None for NaN."""
    return None if np.isnan(value) else float(value)
