"""Files of boundaries: GeoJSON and shapefiles, brought onto one map of small whole numbers.

Publishers name the columns of code and name by year (``LAD24CD``, ``WD13NM``, ``GSS_CODE``), so
they are found by what they hold. Coordinates are degrees (longitude, latitude) or metres of the
British National Grid; degrees are laid out flat around their middle, which for one county is as
good as any projection.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapefile

from callover.domain.boundaries import Boundaries, Outline, Ring
from callover.domain.errors import UserError

WIDTH = 1_000
"""Units across a map: a line of one unit is thinner than any screen shows."""

_CODE = re.compile(r"[A-Z]\d{8}")
_NAME_COLUMN = re.compile(r"(?:^|_)name$|^[a-z]+\d{2}nm$|^name", re.IGNORECASE)
MOST_POINTS = 2_000_000
_REMEDY = "Give GeoJSON (.json, .geojson) or a shapefile (.shp with its .dbf beside it)."

Coordinates = Sequence[Sequence[float]]


@dataclass(frozen=True)
class _Feature:
    properties: Mapping[str, Any]
    rings: tuple[Coordinates, ...]


def read_boundaries(path: Path, attribution: str = "") -> Boundaries:
    """The outlines of a file. Raises UserError for what cannot be read, or names no areas."""
    features = [f for f in _features(path) if f.rings]
    if not features:
        raise UserError(f"{path.name} holds no outline of any area.", _REMEDY)
    if sum(len(ring) for f in features for ring in f.rings) > MOST_POINTS:
        raise UserError(
            f"{path.name} has more than {MOST_POINTS:,} points.",
            "Take the publisher's generalised boundaries.",
        )
    code, name = _columns(features)
    if not name:
        raise UserError(f"{path.name} has no column with the areas' names.", "One such as LAD24NM.")
    placed = _Placed.around(features)
    outlines = tuple(
        Outline(str(f.properties.get(code, "")), str(f.properties[name]), rings)
        for f in features
        if (rings := placed.rings(f.rings)) and f.properties.get(name)
    )
    return Boundaries(path.stem.lower(), WIDTH, placed.height, outlines, attribution)


def _features(path: Path) -> Iterator[_Feature]:
    try:
        if path.suffix.lower() == ".shp":
            with shapefile.Reader(str(path)) as reader:
                for each in reader.iterShapeRecords():
                    yield _feature(each.record.as_dict(), each.shape.__geo_interface__)
        else:
            for each in json.loads(path.read_bytes())["features"]:
                yield _feature(each["properties"], each["geometry"] or {})
    except (OSError, ValueError, KeyError, TypeError, shapefile.ShapefileException) as error:
        raise UserError(f"{path.name} cannot be read as boundaries: {error}.", _REMEDY) from error


def _feature(properties: Mapping[str, Any], geometry: Mapping[str, Any]) -> _Feature:
    kind, inner = geometry.get("type"), geometry.get("coordinates", ())
    polygons = [inner] if kind == "Polygon" else inner if kind == "MultiPolygon" else []
    return _Feature(properties, tuple(ring for polygon in polygons for ring in polygon))


def _columns(features: Sequence[_Feature]) -> tuple[str, str]:
    """The columns of code and name; empty where there is none."""
    first = features[0].properties
    codes = [
        column for column in first
        if all(_CODE.fullmatch(str(f.properties.get(column, ""))) for f in features)
    ]  # fmt: skip
    names = [column for column in first if _NAME_COLUMN.search(column) and first[column]]
    return codes[0] if codes else "", names[0] if names else ""


@dataclass(frozen=True)
class _Placed:
    """How coordinates become units of the map."""

    left: float
    top: float
    scale: float
    squeeze: float  # degrees of longitude are shorter than those of latitude
    height: int

    @classmethod
    def around(cls, features: Sequence[_Feature]) -> _Placed:
        points = [point for f in features for ring in f.rings for point in ring]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        degrees = max(map(abs, xs)) <= 180 and max(map(abs, ys)) <= 90
        squeeze = math.cos(math.radians((min(ys) + max(ys)) / 2)) if degrees else 1.0
        scale = WIDTH / max((max(xs) - min(xs)) * squeeze, 1e-9)
        return cls(min(xs), max(ys), scale, squeeze, math.ceil((max(ys) - min(ys)) * scale) or 1)

    def rings(self, rings: Sequence[Coordinates]) -> tuple[Ring, ...]:
        """Rings with three points or more left once equal neighbours are one."""
        placed = (self._ring(ring) for ring in rings)
        return tuple(ring for ring in placed if len(ring) >= 3)

    def _ring(self, ring: Coordinates) -> Ring:
        across = self.squeeze * self.scale
        points = [
            (round((x - self.left) * across), round((self.top - y) * self.scale))
            for x, y, *_ in ring
        ]
        return tuple(p for i, p in enumerate(points) if i == 0 or p != points[i - 1])
