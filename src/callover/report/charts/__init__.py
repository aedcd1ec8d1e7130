"""Charts as Vega-Lite specifications: calculated elsewhere, classified elsewhere, only drawn here.

Every chart comes with the finding in words and with its table.
"""

from callover.report.charts.draw import compiled, drawn, drawn_png
from callover.report.charts.findings import level_finding, month_finding
from callover.report.charts.lines import month_line_chart
from callover.report.charts.months import months_chart
from callover.report.charts.places import PeerValue, dot_plot
from callover.report.charts.points import Extras, MonthPoint
from callover.report.charts.sparks import sparkline, trend_finding, trend_words
from callover.report.charts.waterfall import contribution_finding, waterfall_chart
from callover.report.charts.years import levels_chart, years_chart

__all__ = [
    "Extras",
    "MonthPoint",
    "PeerValue",
    "compiled",
    "contribution_finding",
    "dot_plot",
    "drawn",
    "drawn_png",
    "level_finding",
    "levels_chart",
    "month_finding",
    "month_line_chart",
    "months_chart",
    "sparkline",
    "trend_finding",
    "trend_words",
    "waterfall_chart",
    "years_chart",
]
