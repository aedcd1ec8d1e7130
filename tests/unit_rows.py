"""Rows that several unit tests begin with."""

from __future__ import annotations

from reference.case import AREAS, FIRST, SOURCE
from reference.measures import Stored


def steady(values: list[float], series: str = "burglary", area: str = AREAS[0]) -> list[Stored]:
    """Months of a series, one after another from the first."""
    return [
        Stored(SOURCE, series, area, "month", FIRST.index + i, FIRST.index + i + 1, value)
        for i, value in enumerate(values)
    ]
