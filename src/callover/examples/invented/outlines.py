"""Invented boundaries of the invented districts: cells around twelve places."""

from __future__ import annotations

import numpy as np
from scipy.spatial import Voronoi

from callover.domain.boundaries import Boundaries, Outline
from callover.examples.invented.truths import DISTRICTS

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


def _ring(cells: Voronoi, number: int) -> tuple[tuple[int, int], ...]:
    corners = cells.vertices[cells.regions[cells.point_region[number]]]
    return tuple((round(float(x)), round(float(y))) for x, y in corners)
