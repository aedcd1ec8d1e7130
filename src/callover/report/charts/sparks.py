"""A line the size of a word: how it went over the months, without axes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from callover.report import words
from callover.report.charts.look import ACCENT, SOFT

Trend = Sequence[float | None]


def sparkline(trend: Trend, width: int = 90, height: int = 22) -> str:
    """``trend`` as a small SVG, hidden from readers of the words beside it.

    The line breaks where a value is missing; the last known value is a dot. Empty without values.
    """
    known = [value for value in trend if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    places = [
        None if value is None else (
            round(3 + (width - 6) * place / max(len(trend) - 1, 1), 1),
            round(height - 3 - (height - 6) * _share(value, low, high), 1),
        )
        for place, value in enumerate(trend)
    ]  # fmt: skip
    runs = [list(run) for there, run in groupby(places, key=lambda p: p is not None) if there]
    lines = "".join(_stretch([point for point in run if point]) for run in runs)
    x, y = next(point for point in reversed(places) if point is not None)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" aria-hidden="true" focusable="false">{lines}'
        f'<circle cx="{x:g}" cy="{y:g}" r="2.6" fill="{ACCENT}"/></svg>'
    )


def _share(value: float, low: float, high: float) -> float:
    return 0.5 if high == low else (value - low) / (high - low)


def _stretch(points: Sequence[tuple[float, float]]) -> str:
    if len(points) == 1:
        x, y = points[0]
        return f'<circle cx="{x:g}" cy="{y:g}" r="1.3" fill="{SOFT}"/>'
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{SOFT}" stroke-width="1.5"/>'


def trend_words(trend: Trend, decimals: int = 0) -> str:
    """The range that the line runs in: ``1,383–1,639``; empty without values."""
    known = [value for value in trend if value is not None]
    return words.interval(min(known), max(known), decimals) if known else ""


def trend_finding(trend: Trend, decimals: int = 0) -> str:
    """How the line runs, for those who cannot see it: ``from 195 to 234, lowest 155, highest 258``.

    Months without a value are counted; empty where fewer than two have one.
    """
    known = [value for value in trend if value is not None]
    if len(known) < 2:
        return ""
    first, last, low, high = (
        words.number(value, decimals) for value in (known[0], known[-1], min(known), max(known))
    )
    said = f"from {first} to {last}, lowest {low}, highest {high}"
    missing = len(trend) - len(known)
    return f"{said}; {missing} of {len(trend)} months without a value" if missing else said
