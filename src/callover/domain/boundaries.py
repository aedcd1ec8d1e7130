"""Boundaries of areas, as maps draw them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

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

    def drawing(self, codes: Collection[str]) -> int:
        """How many areas of these codes it draws."""
        return sum(outline.code in codes for outline in self.outlines)

    def only(self, codes: Collection[str]) -> Boundaries:
        """The map of these areas alone, cut close around them and as wide as the whole was.

        Raises ValueError where it draws none of them.
        """
        kept = [outline for outline in self.outlines if outline.code in codes]
        points = [point for outline in kept for ring in outline.rings for point in ring]
        if not points:
            raise ValueError(f"{self.id} draws none of these areas")
        left, top = (min(point[axis] for point in points) for axis in (0, 1))
        across, down = (
            max(max(point[axis] for point in points) - least, 1)
            for axis, least in ((0, left), (1, top))
        )
        scale = self.width / across

        def moved(ring: Ring) -> Ring:
            return tuple((round((x - left) * scale), round((y - top) * scale)) for x, y in ring)

        outlines = tuple(replace(o, rings=tuple(map(moved, o.rings))) for o in kept)
        return replace(self, height=round(down * scale), outlines=outlines)
