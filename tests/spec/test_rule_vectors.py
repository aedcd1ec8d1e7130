"""The hand-made vectors of the shared folder, each case against the function that does it."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import accumulate

import numpy as np
import pytest

from callover.analysis import measures
from callover.analysis.compare import members_with_data, rank
from callover.analysis.cube import running
from callover.analysis.rating import judge_limit
from callover.domain.peers import RankOrder
from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Rating, rate_in_band
from callover.domain.rounding import half_up, largest_remainder
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit
from shared_data import shared


def cases(name: str) -> list[dict]:
    return json.loads(shared("vectors", f"rule_{name}.json").read_text())["cases"]


def test_half_up() -> None:
    for case in cases("half_up"):
        given = case["input"]
        if "decimal_text" in given:
            value = float(Decimal(given["decimal_text"]))
        else:
            value = 100 * given["numerator"] / given["denominator"]
        assert half_up(value, given["decimals"]) == case["expected"], case


def test_largest_remainder() -> None:
    for case in cases("largest_remainder"):
        given = case["input"]
        scale = 10 ** given["decimals"]
        shares = largest_remainder(given["weights"], given["total"] * scale)
        if case["expected"] is None:
            assert sum(shares) == 0, case
        else:
            assert [share / scale for share in shares] == pytest.approx(case["expected"]), case


def test_ranks() -> None:
    orders = {"lowest": RankOrder.LOWEST_FIRST, "highest": RankOrder.HIGHEST_FIRST}
    for case in cases("ranks"):
        values = np.array([np.nan if v is None else v for v in case["input"]["values"]])
        order = orders.pop(case["input"]["rank_1"])
        (other,) = orders.values()
        orders[case["input"]["rank_1"]] = order
        assert _listed(rank(values, order)) == case["expected"]["rank"], case
        assert _listed(rank(values, other)) == case["expected"]["rank_from_the_other_end"], case
        assert members_with_data(values) == case["expected"]["of"], case


def _listed(values: np.ndarray) -> list[int | None]:
    return [None if np.isnan(v) else int(v) for v in values]


def _column(monthly: list[float | None]) -> np.ndarray:
    """Months as a block of one area."""
    return np.array([[np.nan if v is None else v] for v in monthly])


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _pct(now: np.ndarray, before: np.ndarray, place: int) -> float | None:
    value = _number(measures.change_pct(now, before)[place, 0])
    return None if value is None else half_up(value, 1)


def test_rolling_twelve_months() -> None:
    for case in cases("rolling12"):
        place = case["input"]["as_of_index"]
        potential, component = running(_column(case["input"]["monthly"]))
        now = measures.rolling12(potential, component)
        before = measures.previous(now)
        assert {
            "rolling12": _number(now[place, 0]),
            "rolling12_year_before": _number(before[place, 0]),
            "change": _number(measures.change(now, before)[place, 0]),
            "percent_change_1dp": _pct(now, before, place),
        } == case["expected"], case


def test_year_to_date() -> None:
    for case in cases("ytd"):
        given = case["input"]
        # a year that starts in another month is the same arithmetic on shifted months
        shift = 4 - given["year_starts_in_month"]
        first = Month.parse(given["first_month"]) + shift
        place = Month.parse(given["as_of"]).index + shift - first.index
        values = _column(given["monthly"])
        potential, component = running(values)
        now = measures.ytd(potential, component, first)
        before = measures.previous(now)
        wanted = case["expected"]
        assert _number(now[place, 0]) == wanted["ytd"], case
        assert _number(before[place, 0]) == wanted["ytd_year_before"], case
        assert _number(measures.change(now, before)[place, 0]) == wanted["ytd_change"], case
        assert _pct(now, before, place) == wanted["ytd_percent_change_1dp"], case
        month = measures.month(potential, component)
        pct = _pct(month, measures.previous(month), place)
        assert pct == wanted["month_percent_change_1dp"], case


def _spread(given: dict) -> list[float]:
    """Cumulative targets: even twelfths by the target itself, weights by its rounding."""
    total, weights = given["annual_target"], given["weights"]
    if len(weights) == 12 and len(set(weights)) == 1:
        target = Target(FinancialYear(2016), TargetKind.CEILING, Month.of(2016, 4), value=total)
        return [target.to_date(month) or 0.0 for month in FinancialYear(2016).months]
    whole = sum(weights)
    return [half_up(total * so_far / whole) for so_far in accumulate(weights)]


def _colour(given: dict) -> str | None:
    if given["target"] is None:
        return None
    unit = {"relative_percent": ToleranceUnit.RELATIVE, "points": ToleranceUnit.POINTS}
    tolerance = Tolerance(given["tolerance"], unit[given["tolerance_kind"]])
    lower = given["polarity"] == "less_is_good"
    return judge_limit(given["actual"], given["target"], lower, tolerance, "It").rating.value


def _side(given: dict) -> str | None:
    value, low, high = given["value"], given["lower"], given["upper"]
    if value is None:
        return None
    if rate_in_band(value, low, high, 0) is Rating.GREEN:
        return "in_range"
    return "below_range" if value < low else "above_range"


def test_target_profiles() -> None:
    ways = {"cumulative_profile": _spread, "rag_with_tolerance": _colour}
    for case in cases("target_profiles"):
        found = ways.get(case["kind"], _side)(case["input"])
        assert found == case["expected"], case
