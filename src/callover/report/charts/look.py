"""How all charts look: one accent, greys, no boxes; marks differ by shape before colour.

Sizes are made for a phone: at 360 points wide a chart's words keep their size on a small screen
and come out at about 9.5 points beside the 9.5 points of the printed page.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from callover.report.fonts import FONT_FAMILY

ACCENT = "#1d70b8"
INK = "#0b0c0c"
QUIET = "#595f64"
SOFT = "#7d858c"
RULE = "#d3d7da"
BAND = "#eef2f5"
PAPER = "white"

WORDS = (ACCENT, INK, QUIET)
"""What words are written in: 4.5:1 at least on paper and on the band."""

MARKS = (ACCENT, INK, QUIET, SOFT)
"""What data are drawn in: 3:1 at least on paper."""

FONT_SIZE = 11
WIDE, NARROW, HEIGHT = 360, 240, 150
"""Points: a chart of time, a chart beside it, and the height of both."""

CONFIG: dict[str, Any] = {
    "aria": False,  # the picture has one sentence of its own; its marks are not read out
    "font": FONT_FAMILY,
    "background": PAPER,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE, "labelColor": QUIET,
        "titleColor": QUIET, "titleFontWeight": "normal", "domainColor": SOFT, "gridColor": RULE,
        "domain": False, "ticks": False, "labelPadding": 4,
        "labelLimit": 0,  # cutting words short would measure each once more: a third of the drawing
    },
    "text": {"fontSize": FONT_SIZE, "color": INK},
}  # fmt: skip

Layer = dict[str, Any]


class Room(NamedTuple):
    """Points kept free around the plot for words."""

    left: float = 2
    top: float = 8
    right: float = 2
    bottom: float = 2


def layered(layers: list[Layer], room: Room | None = None, **more: Any) -> dict[str, Any]:
    """A specification of layers in our look; the width and height are the drawer's.

    With ``room`` the words are measured here; else the drawer measures them all twice, which
    takes nearly as long as everything else that it does.
    """
    if room is not None:
        more |= {"autosize": "none", "padding": room._asdict()}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": CONFIG,
        "layer": layers,
        **more,
    }


def values(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Inline data."""
    return {"values": rows}
