"""What a figure can be asked about: an indicator, a headline sum, or a line of a measure table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from callover.domain.errors import UnknownName
from callover.domain.indicators import (
    Catalogue,
    Indicator,
    MeasureTable,
    RateBasis,
    RatingMeasure,
    Series,
    SeriesKind,
)
from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Direction
from callover.domain.targets import Target, in_force
from callover.domain.units import Unit


@dataclass(frozen=True)
class Subject:
    """The parts of a definition that figures need, with the series that is asked about."""

    id: str
    series: Series
    change_sources: tuple[str, ...]
    rate_sources: tuple[str, ...]
    rate: RateBasis | None = None
    direction: Direction = Direction.MONITOR
    targets: tuple[Target, ...] = ()
    baseline: FinancialYear | None = None
    indicator: Indicator | None = None
    rating_measure: RatingMeasure = RatingMeasure.YTD
    peer_groups: tuple[str, ...] = ()
    own: bool = True  # the indicator's own series, not one of its parts
    composite: bool = False  # a headline: its parts speak, each from its own source
    decimals: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """All sources, those of the change first."""
        return tuple(dict.fromkeys((*self.change_sources, *self.rate_sources)))

    def of_series(self, series: Series) -> Subject:
        """The same subject asked about another series."""
        return replace(self, series=series, own=False, composite=False)

    def direction_in(self, month: Month) -> Direction:
        """The direction in force in ``month``."""
        return self.indicator.direction_in(month) if self.indicator else self.direction

    def target(self, month: Month, area: str) -> Target | None:
        """The target in force."""
        return in_force(self.targets, month, area)


def subject_of(catalogue: Catalogue, name: str, series: str = "") -> Subject:
    """The subject called ``name``; ``series`` picks a part of it. Raises UnknownName."""
    if name in catalogue.tables:
        return _table_line(catalogue, catalogue.tables[name], series)
    indicator = catalogue.indicators.get(name) or catalogue.headlines.get(name)
    if indicator is None:
        raise UnknownName("indicator", name, tuple(catalogue.indicators))
    own = series in ("", indicator.series)
    return Subject(
        id=name,
        series=series_of(catalogue.series, series or indicator.series),
        change_sources=indicator.change_sources,
        rate_sources=indicator.rate_sources or indicator.change_sources,
        rate=indicator.rate,
        direction=indicator.direction,
        targets=indicator.targets if own else _component_targets(indicator, series),
        baseline=indicator.baseline_year,
        indicator=indicator,
        rating_measure=indicator.rating_measure if own else RatingMeasure.YTD,
        peer_groups=indicator.peer_groups,
        own=own,
        composite=name in catalogue.headlines and own,
        decimals=indicator.decimals,
    )


def series_of(series: Mapping[str, Series], name: str) -> Series:
    """A series by id; raises UnknownName."""
    if name not in series:
        raise UnknownName("series", name, tuple(series))
    return series[name]


def _component_targets(indicator: Indicator, series: str) -> tuple[Target, ...]:
    return tuple(c.target for c in indicator.component_targets if c.series == series)


def _table_line(catalogue: Catalogue, table: MeasureTable, series: str) -> Subject:
    row = next((row for row in table.rows if row.series == series), None)
    if row is None:
        raise UnknownName(f"line of {table.id}", series, tuple(r.series for r in table.rows))
    return Subject(
        id=table.id,
        series=series_of(catalogue.series, series),
        change_sources=(table.source,),
        rate_sources=(table.source,),
        direction=row.direction,
        targets=(row.target,) if row.target else (),
        rating_measure=RatingMeasure.ROLLING12 if row.rolling else RatingMeasure.YTD,
    )


def total_series(catalogue: Catalogue) -> str:
    """The sum of all offence groups, of which shares are taken; empty where there is none."""
    groups = {node.series for node in catalogue.offences if not node.parent}
    for series in catalogue.series.values():
        if groups and series.kind is SeriesKind.SUM and groups <= set(series.parts):
            return series.id
    return ""


def is_percentage(series: Series) -> bool:
    """Whether the series is a percentage, whose changes are in points."""
    return series.unit is Unit.PERCENTAGE


def never_added(catalogue: Catalogue) -> frozenset[str]:
    """Series whose values are no counts: percentages."""
    return frozenset(s.id for s in catalogue.series.values() if is_percentage(s))
