"""Specifications drawn to SVG or PNG, each once: the same content comes from memory."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any

import vl_convert

from callover.report.fonts import FOLDER

_VERSION = "5.20"


@cache
def _fonts() -> None:
    """Make the vendored typeface known to the drawer, once."""
    vl_convert.register_font_directory(str(FOLDER))


def drawn(spec: dict[str, Any], width: int, height: int) -> str:
    """The chart as SVG, ``width`` × ``height`` points overall.

    Raises ValueError for a specification that cannot be drawn.
    """
    return _svg(_sized(spec, width, height))


def drawn_png(spec: dict[str, Any], width: int, height: int, scale: float = 2) -> bytes:
    """The chart as PNG, ``scale`` pixels a point, from the SVG that was drawn once."""
    return bytes(vl_convert.svg_to_png(drawn(spec, width, height), scale=scale))


def compiled(spec: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    """The chart as a Vega specification, which a browser draws as ``drawn`` draws it here."""
    return dict(vl_convert.vegalite_to_vega(_sized(spec, width, height), _VERSION))


def _sized(spec: dict[str, Any], width: int, height: int) -> str:
    room = spec.get("padding")
    if room:
        wide, high = width - room["left"] - room["right"], height - room["top"] - room["bottom"]
        fitted = spec | {"width": wide, "height": high}
    else:
        fit = {"type": "fit", "contains": "padding"}
        fitted = spec | {"width": width, "height": height, "autosize": fit, "padding": 2}
    return json.dumps(fitted, sort_keys=True)


@lru_cache(maxsize=4096)
def _svg(spec: str) -> str:
    _fonts()
    svg = str(vl_convert.vegalite_to_svg(spec, _VERSION))
    if svg.count('class="mark-') < 2:  # the drawer logs what went wrong and gives an empty frame
        raise ValueError(f"the chart cannot be drawn: {spec[:400]}")
    return svg
