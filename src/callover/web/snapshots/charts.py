"""The charts of a page for a browser: what it draws anew when somebody points at one.

Their words come from the table under each chart, so that nothing here is printed a second time.
"""

from __future__ import annotations

import json

from callover.report.blocks import Chart, Section, every
from callover.report.charts import compiled


def charts_of(section: Section) -> str:
    """A section's charts as Vega specifications by their ids, as JSON; empty where it has none."""
    charts = [block for block in every(section.blocks) if isinstance(block, Chart)]
    if not charts:
        return ""
    told = {each.id: compiled(each.spec, each.width, each.height) for each in charts}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
