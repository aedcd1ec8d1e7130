"""Charts as Vega-Lite specifications: calculated elsewhere, classified elsewhere, only drawn here.

Every chart comes with the finding in words and with its table.
"""

from callover.report.charts.draw import drawn, drawn_png
from callover.report.charts.months import MonthPoint, months_chart
from callover.report.charts.places import PeerValue, dot_plot
from callover.report.charts.years import levels_chart, lines_chart, years_chart

__all__ = [
    "MonthPoint",
    "PeerValue",
    "dot_plot",
    "drawn",
    "drawn_png",
    "levels_chart",
    "lines_chart",
    "months_chart",
    "years_chart",
]
