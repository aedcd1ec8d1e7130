"""Values that are no count over months: snapshots, cohorts, windows, published percentages, ranks.

They are few, have dates of their own and never add, so they are kept as lists and not in a cube.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from callover.analysis.gather import SUM_KINDS
from callover.domain.periods import Month, Period, PeriodKind
from callover.domain.states import State

PointKey = tuple[str, str, str, str, str]
"""Source, series, area, measure, peer group."""


@dataclass(frozen=True, slots=True)
class Point:
    """One published value with its own dates. ``known`` is in seconds since 1970."""

    source: str
    series: str
    area: str
    kind: PeriodKind
    start: date
    end: date
    measure: str
    peer_group: str
    value: float | None
    numerator: float | None
    denominator: float | None
    state: State
    known: int

    @property
    def month(self) -> Month:
        """Month of its last day."""
        return Month.containing(self.end)

    @property
    def period(self) -> Period:
        """What it covers."""
        return Period(self.kind, self.start, self.end)

    @property
    def amount(self) -> float | None:
        """The value; remade from numerator and denominator where they are given (MEA-15)."""
        if self.numerator is not None and self.denominator:
            return 100.0 * self.numerator / self.denominator
        return self.value


@dataclass(frozen=True)
class Points:
    """Points by what they are a value of, each list in order of its last day."""

    by_key: Mapping[PointKey, tuple[Point, ...]] = field(default_factory=dict)

    def all_of(
        self, source: str, series: str, area: str, measure: str = "value", peer_group: str = ""
    ) -> tuple[Point, ...]:
        """Every point of a kind, oldest first."""
        return self.by_key.get((source, series, area, measure, peer_group), ())

    def at(
        self,
        source: str,
        series: str,
        area: str,
        month: Month,
        measure: str,
        peer_group: str = "",
        kinds: Collection[PeriodKind] = (),
    ) -> Point | None:
        """The point that ends in ``month``, of one of ``kinds`` if given (the last one wins)."""
        for point in reversed(self.all_of(source, series, area, measure, peer_group)):
            if point.month == month and (not kinds or point.kind in kinds):
                return point
        return None

    def latest(
        self, source: str, series: str, area: str, month: Month, kinds: Collection[PeriodKind]
    ) -> tuple[Point, ...]:
        """Points of ``kinds`` that end no later than ``month``, newest first."""
        held = self.all_of(source, series, area)
        return tuple(p for p in reversed(held) if p.kind in kinds and p.month <= month)

    def snapshots(self, series: str) -> Iterator[Point]:
        """Every snapshot value of a series, from any source and area."""
        for (_, name, _, measure, _), points in self.by_key.items():
            if name == series and measure == "value":
                yield from (p for p in points if p.kind is PeriodKind.SNAPSHOT)


def points_of(table: pa.Table, never_added: Collection[str] = ()) -> Points:
    """The points of a selection (columns as in ``gather``).

    A percentage known over several months is a point too: it cannot go into sums.
    """
    is_sum = pc.and_(
        pc.is_in(table["kind"], pa.array(SUM_KINDS)), pc.equal(table["measure"], "value")
    )
    percentage = pc.is_in(table["series"], pa.array(sorted(never_added), pa.string()))
    rows = table.filter(pc.or_(pc.invert(is_sum), percentage))
    grouped: dict[PointKey, list[Point]] = defaultdict(list)
    for row in rows.to_pylist():
        point = _point(row)
        key = (point.source, point.series, point.area, point.measure, point.peer_group)
        grouped[key].append(point)
    return Points({key: tuple(sorted(held, key=_when)) for key, held in grouped.items()})


def _when(point: Point) -> tuple[date, date]:
    return point.end, point.start


def _point(row: dict[str, object]) -> Point:
    """A row of the selection as a point."""
    fields = {name: row[name] for name in Point.__slots__ if name not in ("kind", "state", "known")}
    known = row["known_from"]
    return Point(
        **fields,  # type: ignore[arg-type]
        kind=PeriodKind(str(row["kind"])),
        state=State(str(row["state"])),
        known=int(known.timestamp()) if hasattr(known, "timestamp") else 0,
    )
