"""Limits, rules and verdicts of process charts against the vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from callover.analysis.process import limits as charts
from callover.analysis.process import rules
from callover.analysis.process.limits import ProcessLimits
from callover.analysis.process.verdicts import assurance, variation
from vectors.folder import json_cases

LINES = {"cl": "centre", "ul99": "upper", "ul95": "near_upper", "ll95": "near_lower",
         "ll99": "lower"}  # fmt: skip


def array(values: list[float]) -> Any:
    return np.array(values, dtype=float)


def test_xmr_limits() -> None:
    for case in json_cases("xmr_limits.json"):
        values, expected = (
            array(case["values"]),
            case.get("expected_per_group") or [case["expected"]],
        )
        parts = np.split(values, case.get("rebase_at_index", []))
        assert len(parts) == len(expected)
        for part, due in zip(parts, expected, strict=True):
            made = charts.xmr(part, case.get("fix_after_n_points"), case["screen_outliers"])
            for name, value in due.items():
                line = {"mean": made.centre}.get(name, getattr(made, name, None))
                assert line is not None
                assert line[0] == pytest.approx(value, abs=case["tolerance_abs"]), case["case_id"]


def _chart(case: dict[str, Any], values: Any, wholes: Any) -> ProcessLimits:
    screened = case.get("screen_moving_ranges", True)
    match case["chart"]:
        case "i":
            return charts.individuals(values, wholes, screened)
        case "mr":
            return charts.moving_ranges(values, wholes)
        case "c":
            return charts.counts(values)
        case "p" | "pprime":
            return charts.shares(values, wholes, case["chart"] == "pprime", screened)
        case "u" | "uprime":
            return charts.rates(values, wholes, case["chart"] == "uprime", screened)
        case "g":
            return charts.between_events(values)
        case "t":
            return charts.times_between(values, screened)
    raise AssertionError(f"unknown chart {case['chart']}")


def test_chart_limits() -> None:
    for case in json_cases("spc_chart_limits.json"):
        values = array(case["numerators"])
        wholes = array(case["denominators"]) if case.get("denominators") else None
        groups = array(case.get("rebase_group") or [1] * len(values))
        made = [
            _chart(case, values[groups == g], None if wholes is None else wholes[groups == g])
            for g in dict.fromkeys(groups)
        ]
        packaged = case["origin"] == "packaged"
        within = 0.5 * 10 ** -case["decimals_printed"] * 1.001 if packaged else 1e-6
        for name, due in case["expected"].items():
            line = np.concatenate([getattr(each, LINES[name]) for each in made]) * case["scale"]
            wanted = np.broadcast_to(array(due), line.shape)
            assert line == pytest.approx(wanted, abs=within), (case["case_id"], name)


SIDES = {"none": 0, "upper": 1, "lower": -1}


def _flags(case: dict[str, Any]) -> Any:
    values = array(case["values"])
    match case["rule"]:
        case "outside_limits":
            above = values > array(case["ul99"])
            return above.astype(int) - (values < array(case["ll99"])).astype(int)
        case "run":
            ends = rules.run_ends(rules.sides(values, array(case["targets"])), case["n"])
            return rules.members(ends, case["n"])
        case "trend":
            return rules.members(rules.trend_ends(values, case["n"]), case["n"])
        case "two_in_three":
            above, below = values > array(case["ul95"]), values < array(case["ll95"])
            signs = (above.astype(int) - below.astype(int)).astype(np.int8)
            return rules.two_in_three(
                above | below, signs, same_side=False, whole=case["highlight_series"]
            )
    raise AssertionError(f"unknown rule {case['rule']}")


def test_single_rules_of_another_program(request: pytest.FixtureRequest) -> None:
    unverified = []
    for case in json_cases("spc_flag_rules_powerbi.json"):
        due = [SIDES[word] for word in case["expected"]]
        if not case["verified"]:
            unverified.append((case["case_id"], list(_flags(case)) == due))
            continue
        assert list(_flags(case)) == due, case
    said = f"not verified by their source, and whether ours are equal: {unverified}"
    request.config.get_terminal_writer().line(f"\n{said}")


def _step(case: dict[str, Any]) -> list[int]:
    """One step of a rule."""
    match case["rule"]:
        case "run_end":
            return list(rules.run_ends(np.array(case["signs"], dtype=np.int8)))
        case "trend_end":
            return list(rules.trend_ends(array(case["y"])))
        case "expand_back_to_members":
            ends = np.array(case["end_flags"], dtype=np.int8)
            return [abs(int(flag)) for flag in rules.members(ends, rules.RUN)]
        case "two_in_three_window" | "two_in_three_members":
            near, signs = np.array(case["near"], dtype=bool), np.array(case["signs"], dtype=np.int8)
            whole = case["rule"] == "two_in_three_window"
            return [abs(int(f)) for f in rules.two_in_three(near, signs, whole=whole)]
    raise AssertionError(f"unknown rule {case['rule']}")


def test_point_types() -> None:
    for case in json_cases("xmr_point_types.json"):
        if "rule" in case:
            due = [abs(v) for v in case["expected"]]
            assert [abs(v) for v in _step(case)] == due, case
            continue
        y = array(case["y"])
        limits = charts.xmr(y) if case.get("compute_limits") else _given(case, len(y))
        causes = [cause.value for cause in rules.special_causes(rules.judged(y, limits))]
        if "expected_last_two" in case:
            assert causes[-2:] == case["expected_last_two"], case
            continue
        assert causes == case["expected"], case
        last = rules.Special(causes[-1])
        made = variation(last, case["improvement_direction"])
        assert made.value == case["expected_variation_of_last_point"], case


def _given(case: dict[str, Any], count: int) -> ProcessLimits:
    names = ("mean", "lower", "upper", "near_lower", "near_upper")
    return ProcessLimits(*(np.broadcast_to(array(case[name]), (count,)) for name in names))


def test_assurance() -> None:
    for case in json_cases("xmr_assurance.json"):
        lower, upper = case["groups"][-1] if "groups" in case else (case["lower"], case["upper"])
        made = assurance(lower, upper, case["target"], case["improvement_direction"])
        assert (made.value if made else None) == case["expected"], case
