"""A cube as a labelled xarray Dataset, for notebooks and export.

Apart from ``cube``: xarray brings pandas, a second that no command needs to spend.
"""

from __future__ import annotations

import xarray

from callover.analysis.cube import Cube


def dataset_of(cube: Cube) -> xarray.Dataset:
    """The cube's arrays under their labels; ``boundary`` has one month more than ``month``."""
    months = [str(cube.first + i) for i in range(cube.months + 1)]
    inner, outer = ("key", "month", "area"), ("key", "boundary", "area")
    return xarray.Dataset(
        {
            "value": (inner, cube.value),
            "state": (inner, cube.state),
            "potential": (outer, cube.potential),
            "component": (outer, cube.component),
        },
        coords={
            "source": ("key", [source for source, _ in cube.keys]),
            "series": ("key", [series for _, series in cube.keys]),
            "month": months[:-1],
            "boundary": months,
            "area": list(cube.areas),
        },
    )
