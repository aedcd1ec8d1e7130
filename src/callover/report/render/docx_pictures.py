"""Charts as pictures with alternative texts, and lines the size of a word beside their figures."""

from __future__ import annotations

from typing import Any

import vl_convert
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from lxml import etree

from callover.report.blocks import Chart
from callover.report.charts import drawn_png, sparkline
from callover.report.charts.sparks import Trend
from callover.report.render.docx_xml import Element, element

EMU = 12_700  # English metric units in a point
SCALE = 2
SPARK_WIDTH = 44  # points
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_ID = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"  # by which Word knows the mark


def picture(chart: Chart, part: Any, number: int, room: float) -> Element:
    """The run that holds the chart, as drawn or, in a narrower column, as wide as its ``room``."""
    png = drawn_png(chart.spec, chart.width, chart.height, SCALE)
    inline = _inline(png, part, number, min(chart.width, room))
    inline.docPr.set("name", f"Chart: {chart.title}")
    inline.docPr.set("descr", chart.alt or chart.caption or chart.title)
    return element("r", element("drawing", inline))


def spark(trend: Trend, part: Any, number: int, alt: str = "") -> Element:
    """The run that holds a line the size of a word with its course in words; without those,
    screen readers pass it by for the figures."""
    png = bytes(vl_convert.svg_to_png(sparkline(trend), scale=2 * SCALE))
    inline = _inline(png, part, number, SPARK_WIDTH)
    inline.docPr.set("name", f"Line {number}")
    if alt:
        inline.docPr.set("descr", alt)
    else:
        _decorate(inline)
    return element("r", element("drawing", inline))


def _decorate(inline: Any) -> None:
    """Mark a picture as decorative."""
    listed = etree.SubElement(inline.docPr, f"{{{_DRAWING}}}extLst")
    marked = etree.SubElement(listed, f"{{{_DRAWING}}}ext", uri=_DECORATIVE_ID)
    names = {"adec": _DECORATIVE}
    etree.SubElement(marked, f"{{{_DECORATIVE}}}decorative", nsmap=names).set("val", "1")


def _inline(png: bytes, part: Any, number: int, wide: float) -> Any:
    """A picture in the line of text, ``wide`` points wide.

    Every picture is its own part: python-docx would look through all others for the same bytes.
    """
    name = f"image{number}.png"
    image = ImagePart(PackURI(f"/word/media/{name}"), CONTENT_TYPE.PNG, png)
    tall = wide * image.image.px_height / image.image.px_width
    relation = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
    inline = CT_Inline.new_pic_inline(number, relation, name, round(wide * EMU), round(tall * EMU))
    for side in "TBLR":  # programs differ in the room they take where none is named
        inline.set(f"dist{side}", "0")
    return inline
