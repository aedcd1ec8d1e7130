"""Places on a page as they are seen: some pages are written lying and turned for the reader."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, right, bottom, top."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn by so many quarters clockwise of a page that is written ``width`` by ``height``."""

    quarters: int
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is seen."""
        match self.quarters:
            case 1:
                return y, self.width - x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return self.height - y, x
            case _:
                return x, y

    def box(self, left: float, right: float, bottom: float, top: float) -> Box:
        """Where a box is seen."""
        if not self.quarters:
            return left, right, bottom, top
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
