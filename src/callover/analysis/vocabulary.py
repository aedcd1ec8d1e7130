"""The measure ids: which function answers each (docs/methods.md says the formulas)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from callover.analysis import counts, levels, rates, targets
from callover.analysis.questions import Answer, Question


def _when_asked(module: str, name: str) -> Callable[[Question], Answer]:
    """A measure whose module loads SciPy, a quarter of a second: only when it is asked for."""

    def answer(q: Question) -> Answer:
        found: Answer = getattr(import_module(module), name)(q)
        return found

    return answer


_year_end = _when_asked("callover.analysis.year_ends", "year_end")

STABLE = (
    "month", "ytd", "ytd_previous", "ytd_change", "ytd_change_pct", "rolling12",
    "rolling12_previous", "rolling12_change", "rolling12_change_pct", "share", "rate", "rank",
    "average", "target_to_date", "rating",
)  # fmt: skip
"""Measure ids that never change."""

COUNT_FAMILY = {
    f"{base}{comparison}": counts.count
    for base in ("month", "ytd", "rolling12")
    for comparison in ("", "_previous", "_change", "_change_pct")
}
MEASURES: Mapping[str, Callable[[Question], Answer]] = {
    **COUNT_FAMILY,
    "share": counts.share,
    "baseline": counts.baseline,
    "baseline_change": counts.baseline,
    "baseline_change_pct": counts.baseline,
    "trend": counts.trend,
    "rate": rates.rate,
    "rate_previous": rates.rate_previous,
    "rate_change": rates.rate_change,
    "rate_denominator": rates.rate_denominator,
    "rank": rates.rank,
    "rank_from_top": rates.rank_from_top,
    "average": rates.average,
    "pooled_average": rates.pooled_average,
    "rate_gap": rates.rate_gap,
    "ytd_gap": rates.change_gap,
    "rolling12_gap": rates.change_gap,
    "quartile_low": rates.quartile,
    "quartile_high": rates.quartile,
    "detection_rate": counts.detection_rate,
    "detection_rate_previous": counts.detection_rate,
    "detection_rate_change": counts.detection_rate,
    "target_to_date": targets.target_to_date,
    "target_gap": targets.target_gap,
    "progress": targets.progress,
    "needed_per_month": targets.needed_per_month,
    "year_end": _year_end,
    "year_end_low": _year_end,
    "year_end_high": _year_end,
    "target_chance": _when_asked("callover.analysis.year_ends", "target_chance"),
    "recent_trend": _when_asked("callover.analysis.recent", "recent"),
    "level": levels.level,
    "level_previous": levels.level,
    "level_change": levels.level,
}
"""Every measure but the rating, and the one function that answers it (docs/methods.md)."""

NEEDS_PEERS = (
    "rank", "rank_from_top", "average", "pooled_average", "rate_gap", "ytd_gap", "rolling12_gap",
    "quartile_low", "quartile_high",
)  # fmt: skip
RATE_FAMILY = ("rate", "rate_previous", "rate_change", "rate_denominator", *NEEDS_PEERS)
