"""Rows to cube: gaps, printed sums, contradictions, states, percentages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from callover.analysis.cube import running
from callover.analysis.gather import cube_of
from callover.analysis.measured import Measured
from callover.domain.states import State
from reference.case import AREAS, FIRST, SOURCE, catalogue, figures, observed, selection
from reference.measures import Stored


def stored(kind: str, first: int, after: int, value: float | None, **more: str) -> Stored:
    """A count of burglary; months count from the first of the cube."""
    area, state = more.get("area", AREAS[0]), more.get("state", "final")
    series, source = more.get("series", "burglary"), more.get("source", SOURCE)
    at = FIRST.index
    return Stored(source, series, area, kind, at + first, at + after, value, state)


def months(values: list[float | None], **more: str) -> list[Stored]:
    return [stored("month", i, i + 1, v, **more) for i, v in enumerate(values) if v is not None]


def test_a_gap_cuts_the_running_sum() -> None:
    potential, component = running(np.array([[1.0], [2.0], [np.nan], [4.0]]))
    assert potential[:, 0].tolist() == [0, 1, 3, 3, 7]
    assert component[:, 0].tolist() == [0, 0, 0, 1, 1]


def test_a_month_follows_from_two_rolling_totals_and_a_month_a_year_later() -> None:
    # MEA-05: May 2015 = 1,639 − (17,612 − 17,469) = 1,496
    rows = [
        stored("rolling12", 12 + 1, 24 + 1, 17469.0),
        stored("rolling12", 12 + 2, 24 + 2, 17612.0),
        stored("month", 25, 26, 1639.0),
    ]
    system = figures(rows)
    figure = system.figure("burglary", "month", AREAS[0], FIRST + 13)
    assert (figure.value, figure.state) == (1496.0, State.DERIVED)
    assert system.figure("burglary", "month_previous", AREAS[0], FIRST + 25).value == 1496.0


def test_a_printed_sum_that_contradicts_its_months_is_not_used() -> None:
    rows = [*months([10.0] * 12), stored("rolling12", 0, 12, 999.0, state="estimated")]
    figure = figures(rows).figure("burglary", "rolling12", AREAS[0], FIRST + 11)
    assert (figure.value, figure.state) == (120.0, State.FINAL)


def test_a_sum_as_printed_keeps_its_own_state() -> None:
    rows = [stored("rolling12", 0, 12, 120.0, state="provisional")]
    figure = figures(rows).figure("burglary", "rolling12", AREAS[0], FIRST + 11)
    assert (figure.value, figure.state) == (120.0, State.PROVISIONAL)


def test_a_sum_of_several_months_counts_in_totals_and_shows_no_month() -> None:
    rows = [*months([5.0] * 6), stored("months", 6, 12, 42.0)]
    system = figures(rows)
    assert system.figure("burglary", "rolling12", AREAS[0], FIRST + 11).value == 72.0
    shown = system.series_months("burglary", AREAS[0], FIRST + 4, FIRST + 8)
    assert [figure.value for figure in shown] == [5.0, 5.0, None, None, None]


def test_sources_never_mix() -> None:
    rows = [
        *months([5.0] * 6),
        *(stored("month", i, i + 1, 5.0, source="other") for i in range(6, 12)),
    ]
    figure = figures(rows).figure("burglary", "rolling12", AREAS[0], FIRST + 11, source=SOURCE)
    assert figure.value is None
    assert figure.reason == "not every month of the twelve months to March 2015 is known"


@pytest.mark.parametrize("state", ["suppressed", "late", "not_supplied"])
def test_a_missing_month_says_why_and_is_never_zero(state: str) -> None:
    rows = [*months([5.0] * 11), stored("month", 11, 12, None, state=state)]
    system = figures(rows)
    for measure in ("month", "ytd", "rolling12"):
        figure = system.figure("burglary", measure, AREAS[0], FIRST + 11)
        assert (figure.value, figure.state.value) == (None, state)


def test_a_count_of_zero_is_a_value() -> None:
    figure = figures(months([0.0] * 12)).figure("burglary", "rolling12", AREAS[0], FIRST + 11)
    assert (figure.value, figure.state) == (0.0, State.FINAL)


def test_a_sum_needs_every_part_and_prefers_what_was_published() -> None:
    both = [*months([1.0] * 12), *months([2.0] * 12, series="robbery")]
    assert figures(both).figure("all_crime", "rolling12", AREAS[0], FIRST + 11).value == 36.0
    printed = [*both, stored("rolling12", 0, 12, 37.0, series="all_crime")]
    assert figures(printed).figure("all_crime", "rolling12", AREAS[0], FIRST + 11).value == 37.0
    figure = figures(months([1.0] * 12)).figure("all_crime", "rolling12", AREAS[0], FIRST + 11)
    assert figure.value is None


def test_a_part_that_a_source_does_not_count_apart_is_no_gap() -> None:
    apart = [
        stored("month", i, i + 1, None, series="robbery", state="not_applicable") for i in range(12)
    ]
    figure = figures([*months([1.0] * 12), *apart]).figure(
        "all_crime", "rolling12", AREAS[0], FIRST + 11
    )
    assert figure.value == 12.0


def test_a_ratio_is_remade_from_its_parts_and_its_change_is_in_points() -> None:
    rows = [
        *months([10.0] * 12 + [20.0] * 12),
        *months([2.0] * 12 + [5.0] * 12, series="detections"),
    ]
    system = figures(rows)
    now = system.figure("burglary_detection_rate", "rolling12", AREAS[0], FIRST + 23)
    assert (now.value, now.unit) == (25.0, "percentage")
    change = system.figure("burglary_detection_rate", "rolling12_change", AREAS[0], FIRST + 23)
    assert (change.value, change.unit) == (5.0, "percentage points")
    share = system.figure("burglary_detection_rate", "rolling12_change_pct", AREAS[0], FIRST + 23)
    assert (share.value, share.state) == (None, State.NOT_APPLICABLE)


def test_a_published_percentage_is_never_added_up() -> None:
    rows = [
        observed(
            series="completions", kind="month", start=(FIRST + i).first_day,
            day=(FIRST + i).last_day, value=50.0 + i,
        )
        for i in range(12)
    ]  # fmt: skip
    cube = cube_of(selection(rows), {"completions"})
    assert cube is not None
    measured = Measured(cube, catalogue().series)
    assert measured.values("month")[0, :, 0].tolist() == [50.0 + i for i in range(12)]
    assert np.isnan(measured.values("ytd")[0, 1:, 0]).all()
    assert np.isnan(measured.values("rolling12")).all()


def test_nothing_stored_is_no_cube() -> None:
    snapshot = observed(series="population", kind="snapshot", day=date(2015, 6, 30), value=1.0)
    assert cube_of(selection([snapshot])) is None


def test_known_at_is_the_moment_of_the_latest_row_behind_a_figure() -> None:
    early, late = datetime(2016, 1, 1, tzinfo=UTC), datetime(2016, 6, 1, tzinfo=UTC)
    extra = [
        observed(
            series="robbery", kind="month", start=(FIRST + i).first_day, day=(FIRST + i).last_day,
            value=1.0, known_from=late if i == 11 else early,
        )
        for i in range(12)
    ]  # fmt: skip
    system = figures([], extra)
    ask = system.figure("all_crime", "rolling12", AREAS[0], FIRST + 10, series="robbery")
    assert (ask.value, ask.known_at) == (None, early.isoformat())
    ask = system.figure("all_crime", "rolling12", AREAS[0], FIRST + 11, series="robbery")
    assert ask.known_at == late.isoformat()
