"""Charts as pictures with an alternative text."""

from __future__ import annotations

import io

from callover.report.blocks import Chart
from callover.report.charts import drawn_png
from callover.report.render.docx_writer import Writer
from callover.report.render.docx_xml import Element, element

EMU = 12_700  # English metric units in a point
SCALE = 2


def picture(chart: Chart, writer: Writer) -> Element:
    """The run that holds the chart, at most as wide as its column."""
    inline = writer.part.new_pic_inline(io.BytesIO(_png(chart)), None, None)
    wide = min(chart.width, writer.width / 20)
    tall = wide * inline.extent.cy / inline.extent.cx
    for extent in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.ext):
        extent.cx, extent.cy = round(wide * EMU), round(tall * EMU)
    for side in "TBLR":  # programs differ in the room they take where none is named
        inline.set(f"dist{side}", "0")
    inline.docPr.set("id", str(next(writer.pictures)))
    inline.docPr.set("name", f"Chart: {chart.title}")
    inline.docPr.set("descr", chart.alt or chart.caption or chart.title)
    return element("r", element("drawing", inline))


def _png(chart: Chart) -> bytes:
    return drawn_png(chart.spec, chart.width, chart.height, SCALE)
