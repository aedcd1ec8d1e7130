"""The usual range behind a chart of months, and the months that are no chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from callover.analysis.process.chart import ProcessChart
from callover.analysis.process.rules import Special
from callover.domain.indicators import Indicator
from callover.domain.periods import Month
from callover.report.build.context import PackContext
from callover.report.charts import Extras, MonthPoint

WHY = {
    Special.OUTSIDE_ABOVE: "above",
    Special.OUTSIDE_BELOW: "below",
    Special.TREND_UP: "trend up",
    Special.TREND_DOWN: "trend down",
    Special.TWO_IN_THREE_ABOVE: "near the upper end",
    Special.TWO_IN_THREE_BELOW: "near the lower end",
    Special.RUN_ABOVE: "run above",
    Special.RUN_BELOW: "run below",
    Special.COMMON: "",
}
"""What a special month is called in a table."""


def with_usual_range(
    ctx: PackContext, indicator: Indicator, months: Sequence[MonthPoint], extras: Extras
) -> Extras:
    """``extras`` with limits and special months; unchanged where the signal has no chart of the
    same months, as when another source or another scale is drawn."""
    if any(low is not None for low in extras.lower):
        return extras  # a target's band is drawn already
    signal = ctx.signal(indicator)
    if signal.chart is None or not _drawn_from(ctx, indicator, months, signal.source):
        return extras
    found = [_in_month(signal.chart, point) for point in months]
    if any(each is None for each in found):
        return extras
    known = [each for each in found if each is not None]
    return replace(
        extras,
        lower=tuple(low for low, _, _ in known),
        upper=tuple(high for _, high, _ in known),
        range_name="usual range",
        special=tuple(why for _, _, why in known),
    )


def _drawn_from(
    ctx: PackContext, indicator: Indicator, months: Sequence[MonthPoint], source: str
) -> bool:
    """Whether every month that is drawn comes from the source of the signal."""
    return all(
        ctx.figure(indicator, "month", point.month).source == source
        for point in months
        if point.value is not None
    )


_Range = tuple[float | None, float | None, str]


def _in_month(chart: ProcessChart, point: MonthPoint) -> _Range | None:
    """Both ends and why the month is special; None where the chart holds another value."""
    place = _place(chart, point.month)
    if place is None:
        return (None, None, "")
    value = float(chart.values[place]) * chart.scale
    if math.isnan(value):
        return (None, None, "")
    if point.value is not None and not math.isclose(value, point.value, rel_tol=1e-6):
        return None
    low, high = float(chart.limits.lower[place]), float(chart.limits.upper[place])
    if math.isnan(low) or math.isnan(high):
        return (None, None, "")
    why = WHY[chart.special[place]] if point.value is not None else ""
    return (low * chart.scale, high * chart.scale, why)


def _place(chart: ProcessChart, month: Month) -> int | None:
    place = month.index - chart.first.index
    return place if 0 <= place < len(chart.values) else None
