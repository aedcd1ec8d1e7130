"""A comparison as a map, where the workspace has outlines of its areas."""

from __future__ import annotations

from django.conf import settings

from callover.jobs.boundaries import boundaries_for
from callover.report.charts.area_map import AreaMap, MapValue, area_map
from callover.web.snapshots.index import Comparison


def mapped(comparison: Comparison) -> AreaMap | None:
    """The map of a comparison's areas; None where no outlines of them were added."""
    boundaries = boundaries_for(settings.WORKSPACE, [bar.name for bar in comparison.bars])
    if boundaries is None:
        return None
    values = [MapValue(bar.name, bar.value, bar.words, bar.own) for bar in comparison.bars]
    alt = f"Map of {comparison.name}: {comparison.title}. The table below has every value."
    return area_map(boundaries, values, alt)
