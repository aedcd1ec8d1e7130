"""Invented boundaries: cells around twelve places; the wards of one lie in its own."""

from __future__ import annotations

import numpy as np
from scipy.spatial import Voronoi

from callover.domain.boundaries import Boundaries, Outline, Ring
from callover.examples.invented.truths import AREA, DISTRICTS
from callover.examples.invented.wards import WARDS

_WIDTH, _HEIGHT = 1_000, 720
_PLACES = (
    (480, 350), (180, 140), (420, 130), (660, 160), (860, 210), (140, 380), (310, 320),
    (700, 390), (880, 480), (240, 580), (500, 600), (720, 620),
)  # fmt: skip
"""Where each district's middle lies, Exampleford in the midst of them."""


def invented_boundaries() -> Boundaries:
    """Outlines on a map of 1,000 by 720 units; mirror images of all places close outer cells."""
    places = np.array(_PLACES, dtype=float)
    x, y = places.T
    mirrored = [
        np.column_stack(pair)
        for pair in ((-x, y), (2 * _WIDTH - x, y), (x, -y), (x, 2 * _HEIGHT - y))
    ]
    cells = Voronoi(np.vstack([places, *mirrored]))
    outlines = tuple(
        Outline(code, name, (_ring(cells, number),))
        for number, (code, name, _, _) in enumerate(DISTRICTS)
    )
    return Boundaries("invented", _WIDTH, _HEIGHT, outlines)


_WARD_PLACES = (
    (300, 200), (620, 130), (520, 420), (860, 260), (150, 480), (740, 500), (930, 640),
    (330, 640), (560, 760), (790, 830),
)  # fmt: skip
"""Where each ward's middle lies in its district, in thousandths of its width and height."""

_FINER = 5
"""Units of the wards' map in one of the districts'."""


def invented_wards() -> Boundaries:
    """Outlines of the wards of Exampleford, which fill its outline."""
    own = next(each for each in invented_boundaries().outlines if each.code == AREA).rings[0]
    corners = np.array(own, dtype=float)
    corners = (corners - corners.min(axis=0)) * _FINER
    size = corners.max(axis=0)
    places = np.array(_WARD_PLACES) / 1_000 * size
    outlines = tuple(
        Outline(code, name, (_rounded(_nearest(corners, places, number)),))
        for number, (code, name, *_) in enumerate(WARDS)
    )
    width, height = (round(float(side)) for side in size)
    return Boundaries("invented-wards", width, height, outlines)


def _nearest(shape: np.ndarray, places: np.ndarray, number: int) -> np.ndarray:
    """What of a convex shape lies nearer to one place than to any other."""
    own = places[number]
    for other in np.delete(places, number, axis=0):
        shape = _cut(shape, other - own, (own + other) / 2)
    return shape


def _cut(shape: np.ndarray, away: np.ndarray, through: np.ndarray) -> np.ndarray:
    """What of a convex shape lies on the near side of a line (Sutherland and Hodgman 1974)."""
    beyond = (shape - through) @ away
    kept = []
    for i, j in zip(range(len(shape)), [*range(1, len(shape)), 0], strict=True):
        if beyond[i] <= 0:
            kept.append(shape[i])
        if (beyond[i] <= 0) != (beyond[j] <= 0):
            kept.append(shape[i] + (shape[j] - shape[i]) * beyond[i] / (beyond[i] - beyond[j]))
    return np.array(kept)


def _rounded(shape: np.ndarray) -> Ring:
    return tuple((round(float(x)), round(float(y))) for x, y in shape)


def _ring(cells: Voronoi, number: int) -> Ring:
    return _rounded(cells.vertices[cells.regions[cells.point_region[number]]])
