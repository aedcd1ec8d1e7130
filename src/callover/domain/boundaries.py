"""Boundaries of areas, as maps draw them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[int, int]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """An area's outline in the units of its map: rings of points, x to the east, y to the south.

    Raises ValueError for an outline without any ring of three points.
    """

    code: str
    name: str
    rings: tuple[Ring, ...]

    def __post_init__(self) -> None:
        if not self.rings or any(len(ring) < 3 for ring in self.rings):
            raise ValueError(f"{self.name or self.code} has no outline")


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Outlines of areas of one kind on one map, ``width`` by ``height`` units."""

    id: str
    width: int
    height: int
    outlines: tuple[Outline, ...]
    attribution: str = ""

    def covering(self, names: Iterable[str]) -> int:
        """How many of ``names`` it draws."""
        drawn = {outline.name.casefold() for outline in self.outlines}
        return sum(name.casefold() in drawn for name in names)
