"""From a figure back to its rows."""

from __future__ import annotations

from datetime import date

import pytest

from callover.analysis.formulas import FORMULAS
from callover.analysis.lineage import Tracer
from callover.analysis.vocabulary import MEASURES
from reference.case import AREAS, FIRST, SOURCE, figures, observed, published
from reference.measures import Stored
from unit_rows import steady


def stored(kind: str, first: int, after: int, value: float, series: str = "burglary") -> Stored:
    at = FIRST.index
    return Stored(SOURCE, series, AREAS[0], kind, at + first, at + after, value)


def test_every_measure_has_a_formula() -> None:
    assert set(FORMULAS) == {*MEASURES, "rating"}


def test_months_add_up_to_a_year_to_date() -> None:
    system = figures(steady([1383, 1639, 1532]))
    traced = Tracer(system).trace(system.figure("burglary", "ytd", AREAS[0], FIRST + 2))
    assert traced.worked == "1,383 + 1,639 + 1,532 = 4,554"
    assert [row.value for row in traced.inputs] == [1383, 1639, 1532]
    assert {row.file for row in traced.inputs} == {SOURCE}


def test_a_rolling_total_by_the_identity_shows_its_signs() -> None:
    # MEA-04: 17,428 + 9,031 − 8,705 = 17,754
    rows = [
        stored("financial_year", 12, 24, 17428.0),
        stored("year_to_date", 24, 30, 9031.0),
        stored("year_to_date", 12, 18, 8705.0),
    ]
    system = figures(rows)
    figure = system.figure("burglary", "rolling12", AREAS[0], FIRST + 29)
    traced = Tracer(system).trace(figure)
    assert figure.value == 17754.0
    assert traced.worked == "\u2212 8,705 + 17,428 + 9,031 = 17,754"
    assert len(traced.inputs) == 3


def test_a_sum_names_its_parts() -> None:
    system = figures([*steady([1.0] * 12), *steady([2.0] * 12, "robbery")])
    traced = Tracer(system).trace(system.figure("all_crime", "rolling12", AREAS[0], FIRST + 11))
    assert traced.worked == "12 burglary + 24 robbery = 36"
    assert len(traced.inputs) == 24


def test_a_ratio_shows_numerator_and_denominator() -> None:
    system = figures([*steady([10.0] * 12), *steady([2.0] * 12, "detections")])
    figure = system.figure("burglary_detection_rate", "rolling12", AREAS[0], FIRST + 11)
    assert Tracer(system).worked(figure) == "100 × 24 / 120 = 20"


def test_a_rate_shows_count_and_residents() -> None:
    system = figures(steady([10.0] * 12))
    traced = Tracer(system).trace(system.figure("burglary", "rate", AREAS[0], FIRST + 11))
    assert "120" in traced.worked
    assert "201,979" in traced.worked
    assert [row.value for row in traced.inputs if row.period.end == date(2013, 6, 30)] == [201979.0]
    assert len(traced.inputs) == 13


def test_a_published_number_leads_to_its_row() -> None:
    month = FIRST + 11
    system = figures(steady([10.0] * 12), [published("burglary", "rank", month, 12, "fifteen")])
    traced = Tracer(system).trace(system.figure("burglary", "rank", AREAS[0], month, "fifteen"))
    assert traced.worked == f"12 as {SOURCE} published it"
    assert [(row.measure, row.value) for row in traced.inputs] == [("rank:fifteen", 12.0)]


def test_a_snapshot_leads_to_its_row() -> None:
    day = date(2015, 3, 31)
    system = figures([], [observed(series="on_programme", kind="snapshot", day=day, value=65.0)])
    figure = system.figure("on_programme", "level", AREAS[0], FIRST + 14)
    assert (figure.value, figure.month, figure.reason) == (65.0, FIRST + 11, "on 31 March 2015")
    assert [row.value for row in Tracer(system).inputs(figure)] == [65.0]


@pytest.mark.parametrize("measure", sorted(set(MEASURES)))
def test_no_measure_is_beyond_tracing(measure: str) -> None:
    rows = [row for area in AREAS for row in steady([10.0] * 24, area=area)]
    system = figures(rows)
    group = "four" if measure.endswith(("gap", "average")) or "rank" in measure else ""
    group = group or ("fifteen" if "quartile" in measure else "")
    group = "" if measure == "target_gap" else group
    figure = system.figure("burglary", measure, AREAS[0], FIRST + 23, group)
    traced = Tracer(system).trace(figure)
    assert traced.formula
    assert bool(traced.inputs) == (figure.known and measure != "target_to_date")


def test_a_figure_without_value_has_no_rows() -> None:
    system = figures(steady([10.0] * 6))
    figure = system.figure("burglary", "rolling12", AREAS[0], FIRST + 5)
    assert Tracer(system).inputs(figure) == ()
