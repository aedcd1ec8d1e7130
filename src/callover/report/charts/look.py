"""How all charts look: one accent, greys, no boxes; marks differ by shape before colour."""

from __future__ import annotations

from typing import Any

from callover.report.fonts import FONT_FAMILY

ACCENT = "#1d70b8"
INK = "#0b0c0c"
QUIET = "#595f64"
SOFT = "#8a9197"
RULE = "#d3d7da"
BAND = "#e8edf2"

CONFIG: dict[str, Any] = {
    "font": FONT_FAMILY,
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelFont": FONT_FAMILY, "titleFont": FONT_FAMILY, "labelFontSize": 10,
        "titleFontSize": 10, "labelColor": QUIET, "titleColor": QUIET, "titleFontWeight": "normal",
        "domainColor": SOFT, "tickColor": RULE, "gridColor": RULE, "domain": False, "ticks": False,
    },
    "text": {"font": FONT_FAMILY, "fontSize": 10, "color": INK},
}  # fmt: skip

Layer = dict[str, Any]


def layered(layers: list[Layer], **more: Any) -> dict[str, Any]:
    """A specification of layers in our look; the width and height are the drawer's."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": CONFIG,
        "layer": layers,
        **more,
    }


def values(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Inline data."""
    return {"values": rows}
