"""What ``figures --with`` adds to a record: intervals and comparisons, the signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import pyarrow as pa

from callover.analysis.evidence import Evidence, evidence
from callover.analysis.figures import Figures
from callover.analysis.signals import Signal, signal_of
from callover.domain.errors import UnknownName
from callover.domain.figures import Figure
from callover.domain.periods import Month
from callover.jobs.figures import Beside

WHAT = ("intervals", "signals")
_NUMBER, _TRUTH, _WORD, _WHOLE = pa.float64(), pa.bool_(), pa.string(), pa.int64()

TYPES = {
    "interval_method": _WORD, "lower_95": _NUMBER, "upper_95": _NUMBER, "lower_998": _NUMBER,
    "upper_998": _NUMBER, "clear": _TRUTH, "compared": _WORD, "funnel": _WORD, "rank_from": _WHOLE,
    "rank_to": _WHOLE, "variation": _WORD, "assurance": _WORD, "rule": _WORD, "chart": _WORD,
    "signal_p": _NUMBER, "year_clear": _TRUTH, "no_signal": _WORD,
}  # fmt: skip
"""Columns in Parquet."""


def fields_beside(service: Figures, found: Sequence[Figure], what: Sequence[str]) -> Beside:
    """The fields asked for, for every figure; empty where nothing is. Raises UnknownName."""
    for name in what:
        if name not in WHAT:
            raise UnknownName("addition", name, WHAT)
    if not what:
        return ()
    signal: Callable[[str, str, Month], Signal] = cache(
        lambda indicator, area, month: signal_of(service, indicator, area, month)
    )
    rows = []
    for figure in found:
        row: dict[str, object] = {}
        if "intervals" in what:
            row |= _intervals(evidence(service, figure))
        if "signals" in what:
            row |= _signal(
                signal(figure.indicator, figure.area, figure.month)
                if figure.value is not None
                else Signal(figure.indicator, figure.area, figure.month)
            )
        rows.append(row)
    return rows


def _intervals(found: Evidence) -> dict[str, object]:
    inner, outer = found.inner or (None, None), found.outer or (None, None)
    span = found.rank_span or (None, None)
    return {
        "interval_method": found.method or None,
        "lower_95": inner[0],
        "upper_95": _finite(inner[1]),
        "lower_998": outer[0],
        "upper_998": _finite(outer[1]),
        "clear": found.clear,
        "compared": found.compared.value if found.compared else None,
        "funnel": found.funnel.value if found.funnel else None,
        "rank_from": span[0],
        "rank_to": span[1],
    }


def _finite(value: float | None) -> float | None:
    return None if value == float("inf") else value


def _signal(found: Signal) -> dict[str, object]:
    return {
        "variation": found.variation.value if found.variation else None,
        "assurance": found.assurance.value if found.assurance else None,
        "rule": found.special.value if found.chart else None,
        "chart": found.chart.choice.kind.value if found.chart else None,
        "signal_p": found.p if found.chart or found.year else None,
        "year_clear": found.year.clear if found.year else None,
        "no_signal": found.why_not or None,
    }
