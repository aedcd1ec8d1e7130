"""A map of areas in five classes of a value, drawn as SVG without any colour of its own.

Classes hold equally many areas each (quantiles), so that a few extreme areas do not wash the others
out; the style sheet gives each class its shade, light or dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from callover.domain.boundaries import Boundaries, Ring

CLASSES = 5


@dataclass(frozen=True, slots=True)
class MapValue:
    """An area's value, and as it is printed."""

    name: str
    value: float
    words: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class MapClass:
    """A shade: its number from low to high, and what it stands for."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The drawing, its classes from low to high, and whose outlines they are."""

    svg: str
    classes: tuple[MapClass, ...]
    attribution: str


def area_map(boundaries: Boundaries, values: Sequence[MapValue], alt: str) -> AreaMap:
    """Every outline in the class of its area; outlines without a value are left open."""
    classed = _classed(values)
    known = {each.name.casefold(): each for each in values}
    paths = [
        _path(outline.rings, known.get(outline.name.casefold()), outline.name, classed)
        for outline in sorted(boundaries.outlines, key=lambda o: _own(known, o.name))
    ]
    svg = Markup(
        '<svg class="map" viewBox="-6 -6 {} {}" role="img" aria-label="{}" focusable="false">'
        "{}</svg>"
    ).format(boundaries.width + 12, boundaries.height + 12, alt, Markup("").join(paths))
    return AreaMap(str(svg), _legend(values, classed), boundaries.attribution)


def _own(known: Mapping[str, MapValue], name: str) -> bool:
    """Ours is drawn last, so that its thicker line lies on top."""
    found = known.get(name.casefold())
    return found is not None and found.own


def _classed(values: Sequence[MapValue]) -> Mapping[str, int]:
    """The class of each area by name: equal values share one."""
    ordered = sorted(values, key=lambda each: each.value)
    classes = min(CLASSES, len({each.value for each in ordered}))
    found: dict[str, int] = {}
    of_value: dict[float, int] = {}
    for place, each in enumerate(ordered):
        number = of_value.setdefault(each.value, place * classes // len(ordered) + 1)
        found[each.name.casefold()] = number
    return found


def _path(
    rings: Sequence[Ring], held: MapValue | None, name: str, classed: Mapping[str, int]
) -> Markup:
    shape = "".join(f"M{' '.join(f'{x},{y}' for x, y in ring)}Z" for ring in rings)
    look = "none" if held is None else f"c{classed[held.name.casefold()]}"
    own = " own" if held is not None and held.own else ""
    said = name if held is None else f"{name}: {held.words}"
    return Markup('<path class="{}{}" d="{}"><title>{}</title></path>').format(
        look, own, shape, said
    )


def _legend(values: Sequence[MapValue], classed: Mapping[str, int]) -> tuple[MapClass, ...]:
    """Lowest and highest printed value of each class."""
    legend = []
    for number in sorted(set(classed.values())):
        held = sorted(
            (v for v in values if classed[v.name.casefold()] == number), key=lambda v: v.value
        )
        low, high = held[0].words, held[-1].words
        legend.append(MapClass(number, low if low == high else f"{low} to {high}"))
    return tuple(legend)
