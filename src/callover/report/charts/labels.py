"""Words within a chart: direct labels that keep off one another, in one layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.report.charts.look import FONT_SIZE, INK, Layer, values
from callover.report.fonts.widths import BOLD, text_width


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place: ``across`` is the share of the plot's width, ``value`` a height in data."""

    words: str
    across: float
    value: float
    colour: str = INK
    bold: bool = False
    align: str = "center"
    dx: float = 0
    dy: float = 0
    angle: int = 0


def width_of(words: str) -> float:
    """How many points ``words`` take, if need be in bold."""
    return BOLD * FONT_SIZE * text_width(words)


def side_of_rule(words: str, across: float, wide: float) -> tuple[str, int]:
    """How words beside an upright line are aligned, and how far from it: to its right, but to its
    left where a plot so ``wide`` has no room there."""
    has_room = across * wide + width_of(words) <= wide
    return ("left", 3) if has_room else ("right", -3)


def room_beside(labels: Sequence[Label]) -> float:
    """Points that the words right of the plot take."""
    beside = [each for each in labels if each.across == 1 and each.align == "left"]
    return max((each.dx + width_of(each.words) for each in beside), default=0.0)


def kept_apart(labels: Sequence[Label], gap: float, top: float, bottom: float = 0.0) -> list[Label]:
    """The labels moved up or down so that each is ``gap`` (in data) from the next, within
    ``bottom`` to ``top``; their order from low to high stays."""
    ordered = sorted(labels, key=lambda label: label.value)
    heights: list[float] = []
    for label in ordered:
        heights.append(max(label.value, heights[-1] + gap if heights else bottom))
    limit = top
    for place in range(len(heights) - 1, -1, -1):
        heights[place] = min(heights[place], limit)
        limit = heights[place] - gap
    return [_at(label, height) for label, height in zip(ordered, heights, strict=True)]


def _at(label: Label, height: float) -> Label:
    return Label(
        label.words, label.across, height, label.colour, label.bold, label.align, label.dx,
        label.dy, label.angle,
    )  # fmt: skip


def label_layer(labels: Sequence[Label], y: Layer) -> list[Layer]:
    """One layer for all labels; none where there are none."""
    if not labels:
        return []
    rows = [
        {
            "words": each.words, "across": each.across, "value": each.value, "ink": each.colour,
            "weight": "bold" if each.bold else "normal", "align": each.align, "dx": each.dx,
            "dy": each.dy, "angle": each.angle,
        }
        for each in labels
    ]  # fmt: skip
    mark: Layer = {"type": "text", "baseline": "middle", "clip": False}
    for name, field in (("align", "align"), ("dx", "dx"), ("dy", "dy"), ("color", "ink"),
                        ("fontWeight", "weight"), ("angle", "angle")):  # fmt: skip
        mark[name] = {"expr": f"datum.{field}"}
    encoding = {
        "x": {"value": {"expr": "width * datum.across"}},
        "y": y,
        "text": {"field": "words"},
    }
    return [{"data": values(rows), "mark": mark, "encoding": encoding}]
