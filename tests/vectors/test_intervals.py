"""Limits, standardised rates and means against the vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from callover.analysis.intervals import (
    byar,
    mean_limits,
    method_of,
    rate_limits,
    wilson,
)
from callover.analysis.standardise import direct, expected_events, indirect, ratio
from vectors.folder import csv_cases, json_cases, number

LEVELS = {"95": 0.95, "998": 0.998}


def test_byar_and_wilson() -> None:
    for case in csv_cases("phe_byar_wilson_limits.csv"):
        level, x = float(case["confidence"]), np.array(number(case["x"]))
        limits = (
            byar(x, level)
            if case["method"] == "Byars"
            else wilson(x, np.array(number(case["n"])), level)
        )
        _same(limits, case["expected_lower"], case["expected_upper"], case["case_id"])


def test_rate_limits() -> None:
    for case in csv_cases("phe_rate_limits.csv"):
        x, n = number(case["numerator"]), number(case["denominator"])
        per, level = float(case["multiplier"]), float(case["confidence"])
        limits = rate_limits(np.array(x), np.array(n), per, level)
        _same(limits, case["expected_lower"], case["expected_upper"], case["case_id"])
        if case["expected_value"]:
            assert x / n * per == pytest.approx(float(case["expected_value"]), rel=1e-9)
            assert method_of(x).lower().startswith(case["expected_method"][:4].lower())


def test_proportion_limits() -> None:
    for case in csv_cases("phe_proportion_limits.csv"):
        x, n = np.array(number(case["numerator"])), np.array(number(case["denominator"]))
        by = float(case["multiplier"])
        limits = wilson(x, n, float(case["confidence"])).scaled(by)
        _same(limits, case["expected_lower"], case["expected_upper"], case["case_id"])


def test_means() -> None:
    for case in json_cases("phe_means.json"):
        values, expected = np.array(case["values"], dtype=float), case["expected"]
        assert values.mean() == pytest.approx(expected["mean"], rel=1e-9)
        for name, level in LEVELS.items():
            limits = mean_limits(values, level)
            _same(limits, expected[f"lower{name}"], expected[f"upper{name}"], case["case_id"])


def test_standardised() -> None:
    for case in json_cases("phe_dsr_isr.json"):
        expected = case["expected"]
        for name, level in LEVELS.items():
            made = _standardised(case, level)
            assert _number(made.value) == pytest.approx(
                _number(expected["value"]), rel=1e-8, nan_ok=True
            ), case["case_id"]
            if f"lower{name}" in expected:
                _same(
                    made.limits, expected[f"lower{name}"], expected[f"upper{name}"], case["case_id"]
                )


def _standardised(case: dict[str, Any], level: float) -> Any:
    count, pop = _array(case["count"]), _array(case["pop"])
    if case["measure"] == "dsr":
        return direct(count, pop, _array(case["stdpop"]), case["multiplier"], level)
    reference = _array(case["ref_count"]), _array(case["ref_pop"])
    if case["measure"] == "israte":
        return indirect(count, pop, *reference, case["multiplier"], level)
    due = expected_events(pop, *reference)
    assert float(due) == pytest.approx(case["expected"]["expected_events"], rel=1e-9)
    return ratio(np.nansum(count), due, case["multiplier"], level)


def _array(values: list[float | None]) -> Any:
    return np.array([np.nan if v is None else v for v in values], dtype=float)


def _number(value: Any) -> float:
    return float("nan") if value is None or value == "" else float(value)


def _same(limits: Any, lower: Any, upper: Any, case: str) -> None:
    for got, due in ((limits.lower, lower), (limits.upper, upper)):
        assert float(got) == pytest.approx(_number(due), rel=1e-8, abs=1e-12, nan_ok=True), case
