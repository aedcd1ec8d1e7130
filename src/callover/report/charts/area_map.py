"""A map of areas in five classes of a value, drawn as SVG without any colour of its own.

Classes hold equally many areas each (quantiles), so that a few extreme areas do not wash the others
out; the style sheet gives each class its shade, light or dark. An area whose value may not be shown
is hatched, one without a value is left open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from callover.domain.boundaries import Boundaries, Outline, Ring

CLASSES = 5


@dataclass(frozen=True, slots=True)
class MapValue:
    """An area's value, and as it is printed. It is found on the map by its code, if it has one,
    else by its name; without a value it is ``withheld`` or not known."""

    name: str
    value: float | None
    words: str
    own: bool = False
    code: str = ""
    withheld: bool = False

    @property
    def key(self) -> str:
        """What it is found by."""
        return self.code or self.name.casefold()


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


HATCH = Markup(
    '<defs><pattern id="hatch" class="hatch" width="14" height="14" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="14" height="14"/><path d="M0,0V14"/></pattern>'
    "</defs>"
)
"""The pattern of what is withheld, for one map of a page."""


def area_map(boundaries: Boundaries, values: Sequence[MapValue], alt: str) -> AreaMap:
    """Every outline in the class of its area; outlines without a value are left open."""
    classed = _classed(values)
    known = {each.key: each for each in values}
    found = [(outline, _held(known, outline)) for outline in boundaries.outlines]
    found.sort(key=lambda pair: pair[1] is not None and pair[1].own)  # ours lies on top
    paths = [_path(outline.rings, held, outline.name, classed) for outline, held in found]
    hatch = HATCH if any(each.withheld for each in values) else Markup("")
    svg = Markup(
        '<svg class="map" viewBox="-6 -6 {} {}" role="img" aria-label="{}" focusable="false">'
        "{}{}</svg>"
    ).format(boundaries.width + 12, boundaries.height + 12, alt, hatch, Markup("").join(paths))
    return AreaMap(str(svg), _legend(values, classed), boundaries.attribution)


def _held(known: Mapping[str, MapValue], outline: Outline) -> MapValue | None:
    """The value of an outline's area."""
    return known.get(outline.code) or known.get(outline.name.casefold())


def _of_values(values: Sequence[MapValue]) -> list[tuple[float, MapValue]]:
    """Those that have a value, from low to high."""
    found = [(each.value, each) for each in values if each.value is not None]
    return sorted(found, key=lambda pair: pair[0])


def _classed(values: Sequence[MapValue]) -> Mapping[str, int]:
    """The class of each area by its key: equal values share one."""
    ordered = _of_values(values)
    classes = min(CLASSES, len({value for value, _ in ordered}))
    found: dict[str, int] = {}
    of_value: dict[float, int] = {}
    for place, (value, each) in enumerate(ordered):
        found[each.key] = of_value.setdefault(value, place * classes // len(ordered) + 1)
    return found


def _path(
    rings: Sequence[Ring], held: MapValue | None, name: str, classed: Mapping[str, int]
) -> Markup:
    shape = "".join(f"M{' '.join(f'{x},{y}' for x, y in ring)}Z" for ring in rings)
    own = " own" if held is not None and held.own else ""
    said = name if held is None else f"{held.name}: {held.words}"
    look = _look(held, classed)
    fill = Markup(' fill="url(#hatch)"') if look == "withheld" else ""
    return Markup('<path class="{}{}"{} d="{}"><title>{}</title></path>').format(
        look, own, fill, shape, said
    )


def _look(held: MapValue | None, classed: Mapping[str, int]) -> str:
    """The style of an outline."""
    if held is None or (held.value is None and not held.withheld):
        return "none"
    return "withheld" if held.withheld else f"c{classed[held.key]}"


def _legend(values: Sequence[MapValue], classed: Mapping[str, int]) -> tuple[MapClass, ...]:
    """Lowest and highest printed value of each class."""
    legend = []
    for number in sorted(set(classed.values())):
        held = [each for _, each in _of_values(values) if classed[each.key] == number]
        low, high = held[0].words, held[-1].words
        legend.append(MapClass(number, low if low == high else f"{low} to {high}"))
    return tuple(legend)
