"""Sentences for signals: one each, with the numbers, for a reader who never saw a control chart."""

from __future__ import annotations

from callover.analysis.differences import Difference
from callover.analysis.exceptions import Standing
from callover.analysis.process.chart import ProcessChart
from callover.analysis.process.rules import Special
from callover.analysis.signals import Signal
from callover.report import words

LETTERS = {
    Standing.CONCERN: "C",
    Standing.STRONG: "S",
    Standing.CHANGED: "Ch",
    Standing.QUIET: "–",
    Standing.NOT_ENOUGH: "?",
}
"""What stands in the icon beside the words."""


def why(signal: Signal) -> str:
    """Why an indicator stands out, or that it does not."""
    said = [month_said(signal, signal.chart)] if signal.chart else []
    if signal.year is not None:
        said.append(year_said(signal.year))
    return " ".join(said) or f"Not enough to say: {signal.why_not}."


def decisive(signal: Signal) -> str:
    """The one sentence that the verdict rests on: the month where it is special, else the year."""
    if signal.chart is not None and signal.special is not Special.COMMON:
        return month_said(signal, signal.chart)
    if signal.year is not None:
        return year_said(signal.year)
    return why(signal)


def month_said(signal: Signal, chart: ProcessChart) -> str:
    """The rule that the latest month meets, in words."""
    month = signal.month
    side = "above" if chart.last.value.endswith(("above", "above_limit")) else "below"
    match chart.last:
        case Special.OUTSIDE_ABOVE | Special.OUTSIDE_BELOW:
            return f"{month.name} ({_value(chart)}) lies {side} the usual range ({_range(chart)})."
        case Special.RUN_ABOVE | Special.RUN_BELOW:
            count = words.number(abs(signal.run))
            return f"{count} months in a row lie {side} what earlier months lead to expect."
        case Special.TREND_UP | Special.TREND_DOWN:
            rose = "risen" if chart.last is Special.TREND_UP else "fallen"
            return f"The last seven months have {rose} one after another."
        case Special.TWO_IN_THREE_ABOVE | Special.TWO_IN_THREE_BELOW:
            end = "upper" if side == "above" else "lower"
            return f"Two of the last three months lie close to the {end} end of the usual range."
    return f"{month.name} ({_value(chart)}) lies within the usual range ({_range(chart)})."


def year_said(change: Difference) -> str:
    """Whether the year's change is more than chance; what was counted where per cents mislead."""
    clear = "clear" if change.clear else "not clear"
    (now, whole), (before, whole_before) = change.now, change.before
    if change.none == 1 and before < words.LEAST_BASE:
        told = f"{words.number(before)} to {words.number(now)}"
    elif change.none != 1 and min(whole, whole_before) < words.LEAST_BASE:
        told = f"{_part_of(change.before)} became {_part_of(change.now)}"
    elif change.none == 1:
        value, low, high = (100 * (each - 1) for each in (change.value, change.lower, change.upper))
        told = f"{words.signed_percent(value)} (95 % sure: {_between(low, high)} %)"
    else:
        value, low, high = (100 * each for each in (change.value, change.lower, change.upper))
        told = f"{words.signed(value, 1)} points (95 % sure: {_between(low, high)})"
    return f"The change on the year is {clear}: {told}."


def _part_of(side: tuple[float, float]) -> str:
    return f"{words.number(side[0])} of {words.number(side[1])}"


def _between(low: float, high: float) -> str:
    """Both ends; a decimal more where one would round to nothing and hide on which side it lies."""
    decimals = 1 if min(abs(low), abs(high)) < 0.5 else 0
    upper = words.signed(high, decimals) if high < 1e6 else "any"
    return f"{words.signed(low, decimals)} to {upper}"


def _value(chart: ProcessChart) -> str:
    return _shown(float(chart.values[-1]), chart)


def _range(chart: ProcessChart) -> str:
    low, high = float(chart.limits.lower[-1]), float(chart.limits.upper[-1])
    return f"{_shown(low, chart)} to {_shown(high, chart)}"


def _shown(value: float, chart: ProcessChart) -> str:
    printed = words.number(value * chart.scale)
    return printed if chart.scale == 1 else words.percent(value * chart.scale)
