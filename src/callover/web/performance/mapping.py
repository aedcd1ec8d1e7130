"""A comparison as a map, where the workspace has outlines of its areas."""

from __future__ import annotations

from django.conf import settings

from callover.jobs.boundaries import boundaries_for, boundaries_of
from callover.report.charts.area_map import AreaMap, MapValue, area_map
from callover.report.wards import WardRow, WardTable
from callover.web.snapshots.index import Comparison


def mapped(comparison: Comparison) -> AreaMap | None:
    """The map of a comparison's areas; None where no outlines of them were added."""
    boundaries = boundaries_for(settings.WORKSPACE, [bar.name for bar in comparison.bars])
    if boundaries is None:
        return None
    values = [MapValue(bar.name, bar.value, bar.words, bar.own) for bar in comparison.bars]
    alt = f"Map of {comparison.name}: {comparison.title}. The table below has every value."
    return area_map(boundaries, values, alt)


def mapped_wards(table: WardTable, name: str) -> AreaMap | None:
    """The map of an indicator's wards by rate, by number where there is no rate; None where no
    outlines of them were added."""
    boundaries = boundaries_of(settings.WORKSPACE, [row.code for row in table.rows])
    if boundaries is None:
        return None
    values = [_value(row, bool(table.rate_unit)) for row in table.rows]
    alt = f"Map of {name} by ward, {table.months}. The table below has every value."
    return area_map(boundaries, values, alt)


def _value(row: WardRow, by_rate: bool) -> MapValue:
    """A ward as the map shades it; its title says number and rate."""
    said = row.rate if by_rate else row.now
    return MapValue(row.name, said.value, said.words, code=row.code, withheld=row.withheld)
