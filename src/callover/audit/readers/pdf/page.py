"""What a page of a PDF holds, as plain values that can go from one process to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    """A word with its box in points, y upwards; ``size`` is the height of its line of type.

    ``mark`` is the number of its marked content, -1 for none. A ``glued`` word goes on without a
    space from the one before it on the page. ``item`` tells the text it was set with.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    mark: int = -1
    glued: bool = False
    item: int = 0

    @property
    def middle(self) -> float:
        """Its height on the page, for telling lines apart."""
        return (self.bottom + self.top) / 2


class Rule(NamedTuple):
    """A straight line along an axis: at ``at`` on the other one, from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Tag:
    """An element of the structure: what it is, what it covers, and what stands in it by place.

    ``kids`` are elements, or runs of words as (page, indexes), under their place in the element;
    of ``places`` in all, those without a word on any page are not among them.
    """

    kind: str
    columns: int = 1
    rows: int = 1
    places: int = 0
    kids: dict[int, Tag | list[tuple[int, int]]] = field(default_factory=dict)

    def in_order(self) -> list[Tag | list[tuple[int, int]]]:
        """What stands in it, in order."""
        return [self.kids[place] for place in sorted(self.kids)]

    def runs(self) -> list[tuple[int, int]]:
        """All words below it in the order of the structure."""
        runs: list[tuple[int, int]] = []
        waiting: list[Tag | list[tuple[int, int]]] = [self]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Tag):
                waiting.extend(reversed(kid.in_order()))
            else:
                runs += kid
        return runs


@dataclass(slots=True)
class Page:
    """A page, its number counted from 1, as it is seen: turned upright."""

    number: int
    width: float
    height: float
    words: list[Word]
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    tags: Tag | None = None
    problem: str = ""
