"""The room that charts leave for their words is at least what the drawer itself would take."""

from __future__ import annotations

import re
from typing import Any

import pytest

from callover.domain.periods import Month
from callover.domain.states import State
from callover.report.blocks import Chart
from callover.report.charts import (
    Extras,
    MonthPoint,
    drawn,
    levels_chart,
    month_line_chart,
    months_chart,
    years_chart,
)

APRIL = Month.parse("2016-04")
YEAR_BEFORE = APRIL - 12


def _months(first: Month, *values: float | None) -> list[MonthPoint]:
    late = State.LATE
    return [MonthPoint(first + i, v, State.FINAL if v else late) for i, v in enumerate(values)]


def _around(spec: dict[str, Any], chart: Chart) -> tuple[float, ...]:
    """Points left of, above, right of and below the plot."""
    svg = drawn(spec, chart.width, chart.height)
    place = re.search(r"translate\(([\d.]+),([\d.]+)\)", svg)
    size = re.search(r'class="background"[^>]*d="M0\.?5?,0\.?5?h([\d.]+)v([\d.]+)', svg)
    assert place is not None and size is not None
    left, top, wide, high = map(float, (*place.groups(), *size.groups()))
    return left, top, chart.width - left - wide, chart.height - top - high


COUNTS = (12345, 9876, 11111, None, 15000, 13131)
CHARTS = {
    "bars": lambda: months_chart("c", "", _months(APRIL, *COUNTS), unit="offences"),
    "bars, year before, target": lambda: months_chart(
        "c", "", _months(APRIL, 4, 7, 9), _months(YEAR_BEFORE, 5, 5, 8), "calls",
        Extras(target=(6, 6, 8)),
    ),
    "bars with decimals": lambda: months_chart(
        "c", "", _months(APRIL, 83.3, 91.7), unit="%", decimals=1
    ),
    "bars all zero": lambda: months_chart("c", "", _months(APRIL, 0, 0, 0), unit="calls"),
    "line of a year": lambda: month_line_chart(
        "c", "", _months(APRIL, *range(1000, 1024)), _months(YEAR_BEFORE, *range(900, 924)), "calls"
    ),
    "line below zero": lambda: month_line_chart(
        "c", "", _months(APRIL, -120, 60, -110), unit="points"
    ),
    "years": lambda: years_chart("c", "", [("2014/15", 485.0), ("2015/16", 587.0)], "offences"),
    "years with a gap and a break": lambda: years_chart(
        "c", "", [(f"201{1 + i}/1{2 + i}", value)
                  for i, value in enumerate((18825.0, None, 16062.0, 16201.0, 17428.0))],
        "offences", breaks=((3, "recording"),),
    ),
    "one cohort beside long names": lambda: levels_chart(
        "c", "", [("2014", 44.5)], "%", [("Comparator group", 43.2), ("England and Wales", 37.7)]
    ),
    "cohorts with lines": lambda: levels_chart(
        "c", "", [("2013", 44.5), ("2014", 41.0)], "%", [("National", 43.2), ("London", 37.7)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_words_have_room(name: str) -> None:
    chart = CHARTS[name]()
    assert chart.spec["autosize"] == "none"
    fitted = {k: v for k, v in chart.spec.items() if k not in ("autosize", "padding")}
    ours, needed = _around(chart.spec, chart), _around(fitted, chart)
    sides = zip(ours, needed, strict=True)
    assert all(given >= least - 0.05 for given, least in sides), (ours, needed)
    assert ours[0] < needed[0] + 12 and ours[2] < needed[2] + 12, "room is given away"
