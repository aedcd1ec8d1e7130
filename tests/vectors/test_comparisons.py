"""Benchmarks, targets, quantiles, recent trend and funnels against the vectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from callover.analysis import benchmarks as compare
from callover.analysis import funnels
from callover.analysis.benchmarks import Polarity, Verdict
from callover.analysis.recent_trend import Trend, YearPoint, recent_trend
from vectors.folder import csv_cases, json_cases, number

POLARITY = {"LowIsGood": Polarity.LOW, "HighIsGood": Polarity.HIGH, "NoJudgement": Polarity.NONE}


def polarity(case: dict[str, Any]) -> Polarity:
    return POLARITY[case["polarity"].replace(" ", "").replace("j", "J").replace("NoJJ", "NoJ")]


def said(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def optional(text: str) -> float | None:
    return float(text) if text else None


def test_benchmark_by_one_interval() -> None:
    for case in csv_cases("fingertips_benchmark_one_level.csv"):
        made = compare.by_interval(
            optional(case["lower95"]), optional(case["upper95"]), optional(case["benchmark"]),
            polarity(case),
        )  # fmt: skip
        assert (said(made) or "") == case["expected"].lower(), case


def _two_levels(c: dict[str, Any], good: Polarity) -> Verdict:
    return compare.by_two_levels(_pair(c, "95"), _pair(c, "998"), c["benchmark"], good)


def _two_intervals(c: dict[str, Any], good: Polarity) -> Verdict:
    other = c["benchmark_lower95"], c["benchmark_upper95"]
    return compare.by_both_intervals(_pair(c, "95"), other, good)


def _spc_proportion(c: dict[str, Any], good: Polarity) -> Verdict:
    value, centre = c["value"] / c["multiplier"], c["comparator"] / c["multiplier"]
    return compare.by_proportion_limits(value, c["denominator"], centre, c["z"], good)


def _spc_rate(c: dict[str, Any], good: Polarity) -> Verdict:
    value, centre = c["value"] / c["multiplier"], c["comparator"] / c["multiplier"]
    return compare.by_rate_limits(value, c["population"], centre, c["tail"], good)


COMPARISONS: dict[str, Callable[[dict[str, Any], Polarity], Verdict]] = {
    "range_target": lambda c, good: compare.range_target(c["value"], c["lower"], c["upper"], good),
    "single_target": lambda c, good: compare.single_target(c["value"], c["target"], good),
    "single_target_by_interval": lambda c, good: compare.single_target_by_interval(
        *_pair(c, "95"), c["target"], good
    ),
    "two_level_interval": _two_levels,
    "double_interval": _two_intervals,
    "spc_proportion": _spc_proportion,
    "spc_rate": _spc_rate,
    "percentile_range_target": lambda c, good: compare.range_target(
        c["value"], c["lower_percentile_value"], c["upper_percentile_value"], good
    ),
}


def _target(case: dict[str, Any]) -> Verdict | None:
    if any(value is None for key, value in case.items() if key not in ("expected", "note")):
        return None
    return COMPARISONS[case["kind"]](case, polarity(case))


def _pair(case: dict[str, Any], level: str) -> tuple[float, float]:
    return case[f"lower{level}"], case[f"upper{level}"]


def test_targets_and_comparers() -> None:
    for case in json_cases("fingertips_targets_and_comparers.json"):
        if case["kind"] == "quintile_bounds":
            bounds = compare.quantile_bounds(np.array(case["values"], dtype=float))
            assert bounds == pytest.approx(case["expected"], abs=1e-9), case["case_id"]
        elif case["kind"] == "quintile":
            values = np.array(case["values"], dtype=float)
            made = compare.quintile(case["value"], values, polarity(case))
            assert made == case["expected"], case
        else:
            assert said(_target(case)) == case["expected"], case


def test_quantiles() -> None:
    groups: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for case in csv_cases("phe_quantiles.csv"):
        groups[case["group"], case["n_quantiles"], case["invert"]].append(case)
    for (_, count, invert), rows in groups.items():
        values = np.array([number(row["value"]) for row in rows])
        made = compare.quantile_of(values, int(count), invert.lower() == "true")
        due = [number(row["expected_quantile"]) for row in rows]
        assert made == pytest.approx(due, nan_ok=True), rows[0]


TRENDS = {
    "Increasing": Trend.INCREASING, "Decreasing": Trend.DECREASING, "NoChange": Trend.NO_CHANGE,
    "CannotBeCalculated": Trend.NOT_ENOUGH,
}  # fmt: skip


def test_recent_trend() -> None:
    for case in json_cases("fingertips_recent_trend.json"):
        if case.get("method") == "proportion":
            continue  # the branch with the defect: no direction of its own, left out on purpose
        points = [YearPoint(p["year"], p.get("value"), p.get("lower95"), p.get("upper95"))
                  for p in case["points"]]  # fmt: skip
        made = recent_trend(points, case.get("year_range", 1))
        if "expected_trend" in case:
            due = TRENDS[case["expected_trend"].split("And")[0]]
            unverified = due is Trend.NO_CHANGE and made.verdict is Trend.NOT_ENOUGH
            assert made.verdict is due or (unverified and not any(p.valid for p in points)), case
        if "expected_significant" in case:
            significant = made.verdict in (Trend.INCREASING, Trend.DECREASING)
            assert significant is case["expected_significant"], case
        if case.get("expected_chi_square") is not None:
            assert made.chi_square == pytest.approx(case["expected_chi_square"], abs=1e-6), case
        if case.get("expected_chi_square_2dp") is not None:
            assert made.chi_square == pytest.approx(case["expected_chi_square_2dp"], abs=5e-3), case


def _within(events: float) -> float:
    """The source finds its limits by halving: coarse for few events."""
    return 1e-4 if events < 10 else 1e-5


class TestFunnels:
    def test_proportions(self) -> None:
        for case in csv_cases("phe_funnel_significance_proportion.csv"):
            made = funnels.place_of_proportion(
                number(case["numerator"]), number(case["denominator"]),
                number(case["pooled_average"]),
            )  # fmt: skip
            assert made.value == case["expected"], case

    def test_rates(self) -> None:
        for case in csv_cases("phe_funnel_significance_rate.csv"):
            if case["expected"].lower().startswith("not applicable"):
                assert number(case["count"]) < 10, case
                continue
            made = funnels.place_of_rate(
                number(case["count"]), number(case["derived_denominator"]),
                number(case["pooled_average"]),
            )  # fmt: skip
            assert made.value == case["expected"], case

    def test_ratios(self) -> None:
        for case in csv_cases("phe_funnel_significance_ratio.csv"):
            made = funnels.place_of_ratio(number(case["observed"]), number(case["expected_events"]))
            assert made.value == case["expected"], case

    def test_drawn_limits_of_proportions(self) -> None:
        for case in csv_cases("phe_funnel_limits_proportion.csv"):
            average, n = number(case["average_proportion"]), np.array(number(case["population"]))
            for name, level in (("025", 0.95), ("001", 0.998)):
                curve = funnels.proportion_curve(average, n, level).scaled(
                    float(case["multiplier"])
                )
                for side in ("lower", "upper"):
                    due = number(case[f"expected_{side}_{name}"])
                    assert float(getattr(curve, side)) == pytest.approx(due, abs=1e-6), case

    def test_drawn_limits_of_rates(self) -> None:
        for case in csv_cases("phe_funnel_limits_rate.csv"):
            years, per = number(case["years_of_data"]), number(case["multiplier"])
            events, average = np.array([number(case["events"])]), number(case["average_rate"])
            for name, level in (("2s", 0.95), ("3s", 0.998)):
                for side, curve in zip(
                    ("lower", "upper"), funnels.rate_curves(events, average, level), strict=True
                ):
                    across = number(case[f"expected_{side}_{name}_population_1_year"])
                    height = number(case[f"expected_{side}_{name}_limit"])
                    assert curve.across[0] / years == pytest.approx(
                        across, rel=_within(events[0]), nan_ok=True
                    )
                    assert curve.height[0] * per == pytest.approx(
                        height, rel=_within(events[0]), nan_ok=True
                    )

    def test_drawn_limits_of_ratios(self) -> None:
        for case in csv_cases("phe_funnel_limits_ratio.csv"):
            seen = np.array([number(case["observed"])])
            for name, level in (("2s", 0.95), ("3s", 0.998)):
                for side, curve in zip(
                    ("lower", "upper"), funnels.ratio_curves(seen, level), strict=True
                ):
                    due = number(case[f"expected_{side}_{name}_exp_events"])
                    assert curve.across[0] == pytest.approx(
                        due, rel=_within(seen[0]), nan_ok=True
                    ), case
                    due = number(case[f"expected_{side}_{name}_isr"])
                    assert 100 * curve.height[0] == pytest.approx(
                        due, rel=_within(seen[0]), nan_ok=True
                    ), case

    def test_poisson_limits(self) -> None:
        for case in csv_cases("funnelplotr_poisson_limits.csv"):
            within = 6e-7 if case["origin"] == "packaged" else 1e-8
            n = np.array(number(case["expected_events"]))
            for name, level in (("95", 0.95), ("998", 0.998)):
                curve = funnels.poisson_curve(n, level)
                assert float(curve.lower) == pytest.approx(number(case[f"lower{name}"]), abs=within)
                assert float(curve.upper) == pytest.approx(number(case[f"upper{name}"]), abs=within)

    def test_overdispersion(self) -> None:
        scores = {
            "SR_log": funnels.log_scores, "SR_sqrt": funnels.root_scores,
            "PR": funnels.arcsine_scores,
        }  # fmt: skip
        for case in json_cases("funnel_overdispersion.json"):
            if case["kind"] == "overdispersion":
                observed, due = (
                    np.array(case[k], dtype=float) for k in ("numerator", "denominator")
                )
                made = scores[case["data"]](observed, due)
                trimmed = {"winsorise": funnels.winsorised, "truncate": funnels.truncated}[
                    case["method"]
                ](made.z, case["trim"])
                assert made.z == pytest.approx(case["expected_z"], abs=1e-6), case["case_id"]
                assert trimmed == pytest.approx(case["expected_z_after"], abs=1e-6)
                phi = funnels.dispersion(trimmed)
                assert phi == pytest.approx(case["expected_phi"], abs=1e-6)
                tau2 = funnels.between_variance(phi, len(trimmed), made.error)
                assert tau2 == pytest.approx(case["expected_tau2"], abs=1e-6), case["case_id"]
            elif case["kind"] == "outlier_flag":
                flags = [int(not case["lower"] <= r <= case["upper"]) for r in case["ratio"]]
                assert flags == case["expected"], case["case_id"]
