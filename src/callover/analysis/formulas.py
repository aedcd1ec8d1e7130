"""Every measure's formula in a line; ``docs/methods.md`` gives the same with its sources."""

from __future__ import annotations

from collections.abc import Mapping

_STRETCHES = {
    "month": "the month",
    "ytd": "April to the month",
    "rolling12": "the latest twelve months",
}


def _counts() -> dict[str, str]:
    """Formulas of the counts and their comparisons."""
    found = {}
    for name, stretch in _STRETCHES.items():
        found[name] = f"sum over {stretch}; of a ratio, 100 × numerator / denominator"
        found[f"{name}_previous"] = f"{name} of the same month a year before"
        found[f"{name}_change"] = f"{name} − {name}_previous; of a percentage, in points"
        found[f"{name}_change_pct"] = (
            f"100 × {name}_change / {name}_previous; none where that is 0 or for a percentage"
        )
    return found


FORMULAS: Mapping[str, str] = {
    **_counts(),
    "share": "100 × rolling12 / rolling12 of the set's total",
    "rate": "rolling12 / denominator in force × per",
    "rate_previous": "rate of the same month a year before",
    "rate_change": "rate − rate_previous",
    "rate_denominator": "the snapshot in force for the indicator and month",
    "rank": "1 + members with a better rate (better: the group's own end); ties share the place",
    "rank_from_top": "the same, counted from the group's other end",
    "average": "sum of members' rates / members with data",
    "pooled_average": "sum of members' rolling12 / sum of their denominators × per",
    "rate_gap": "rate − average",
    "ytd_gap": "ytd_change_pct − the group's",
    "rolling12_gap": "rolling12_change_pct − the group's",
    "quartile_low": "lower end of the comparators' top quartile, as published",
    "quartile_high": "upper end of the comparators' top quartile, as published",
    "baseline": "rolling12 at the March that ends the baseline year",
    "baseline_change": "rolling12 − baseline",
    "baseline_change_pct": "100 × baseline_change / baseline",
    "detection_rate": "100 × detected / recorded over twelve months",
    "detection_rate_previous": "detection_rate of the same month a year before",
    "detection_rate_change": "detection_rate − detection_rate_previous, in points",
    "trend": "up, down or level: rolling12 against last financial year's total",
    "target_to_date": "year's target × months since April / 12, rounded as agreed; or a profile",
    "target_gap": "ytd − target_to_date",
    "progress": "100 × ytd / target_to_date",
    "needed_per_month": "(year's target − ytd) / months left, not below 0",
    "level": "the latest snapshot, cohort or window; else the latest twelve months that are known",
    "level_previous": "the level before it (of counts: a year before)",
    "level_change": "level − level_previous",
    "year_end": "counted so far + forecast of the months to March",
    "year_end_low": "counted so far + lower end of the forecast's 80 % interval",
    "year_end_high": "counted so far + upper end of the forecast's 80 % interval",
    "recent_trend": "slope of the five latest years, weighted by their intervals",
    "target_chance": "of a hundred such years, in how many the target would be met",
    "rating": "the target's rule applied to the figure that it looks at; the reason says both",
}
"""Measure id to formula."""
