"""The figures of the requirements' section 7 that are measures, from the figures service."""

from __future__ import annotations

import pytest

from callover.analysis.rating import judge_band
from callover.domain.figures import Figure
from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.domain.rounding import half_up
from callover.domain.targets import Tolerance, ToleranceUnit
from golden.example import example_figures

AREA, SEPTEMBER = "E09000002", Month.of(2016, 9)
CHECKS = [
    ("tno", "ytd", "iquanta", "", 9031, 0),
    ("tno", "ytd_change_pct", "iquanta", "", 3.7, 1),
    ("tno", "ytd_change", "iquanta", "", 326, 0),
    ("tno", "rolling12", "iquanta", "", 17754, 0),
    ("tno", "rolling12_change_pct", "met_stats", "", 5.4, 1),
    ("tno", "rolling12_change", "met_stats", "", 919, 0),
    ("tno", "rate", "iquanta", "", 87.90, 2),
    ("burglary_dwelling", "rate", "iquanta", "", 13.48, 2),
    ("domestic_violence", "rate", "police_local", "", 13.09, 2),
    ("tno", "share", "met_stats", "violence_against_the_person", 35, 0),
    ("marac_repeats", "rolling12", "marac_coordinator", "", 25.0, 1),
    ("phof_opiate", "level", "smst", "", 7.5, 1),
    ("phof_non_opiate", "level", "smst", "", 34.0, 1),
    ("atr_success", "ytd", "probation", "", 83, 0),
    ("drr_success", "ytd", "probation", "", 38, 0),
    ("hate_crime", "rolling12_change_pct", "mopac_hate", "", -5.8, 1),
    ("hate_crime", "rolling12_change", "mopac_hate", "", -23, 0),
    ("mopac7", "rolling12", "", "", 8243, 0),
    ("mopac7", "baseline_change_pct", "", "", -20, 0),
]


# What the MEA rows print beside section 7's figures
ROWS = [
    ("violence_with_injury", "detection_rate", "", 35.3, 1),  # MEA-24
    ("violence_with_injury", "detection_rate_previous", "", 32.4, 1),
    ("violence_with_injury", "detection_rate_change", "", 2.9, 1),
    ("tno", "rolling12_gap", "met_32", 5.4 - 4, 1),  # MEA-19: +5 % against +4 %
    ("theft_of_motor_vehicle", "rolling12_gap", "met_32", 6.8, 1),  # 156 / 714 against +15 %
    ("first_time_entrants", "level", "", 131, 0),  # MEA-13
    ("gun_crime", "rolling12_change", "", 21, 0),  # MEA-22
    ("gun_crime", "rolling12_change_pct", "", 51, 0),
    ("serious_youth_violence", "rate", "", 4.69, 2),  # MEA-12
    ("tno", "rank", "msg_15", 12, 0),  # BEN-01
    ("tno", "rank", "met_32", 21, 0),
    ("tno", "rank_from_top", "met_32", 12, 0),
    ("tno", "average", "met_32", 86.85, 2),  # BEN-05
    ("tno", "average", "msg_15", 83.65, 2),
]


@pytest.mark.parametrize(("name", "measure", "group", "wanted", "decimals"), ROWS)
def test_a_figure_of_the_rows(
    name: str, measure: str, group: str, wanted: float, decimals: int
) -> None:
    figure = example_figures().figure(name, measure, AREA, SEPTEMBER, group)
    assert figure.value is not None, figure.reason
    assert half_up(figure.value, decimals) == pytest.approx(wanted)


COMPONENTS = [  # MEA-17, MEA-18: starts and successes behind a rate
    ("atr_success", "atr_starts", 18, 17, (35 - 18) / 6, "G"),
    ("atr_success", "atr_successes", 15, 10, (21 - 15) / 6, "G"),
    ("drr_success", "drr_starts", 26, 24, (48 - 26) / 6, "G"),
    ("drr_success", "drr_successes", 10, 12, (24 - 10) / 6, "R"),
]


@pytest.mark.parametrize(("name", "series", "ytd", "due", "needed", "colour"), COMPONENTS)
def test_pace_of_what_stands_behind_a_rate(
    name: str, series: str, ytd: float, due: float, needed: float, colour: str
) -> None:
    def ask(measure: str) -> Figure:
        return example_figures().figure(name, measure, AREA, SEPTEMBER, series=series)

    assert (ask("ytd").value, ask("target_to_date").value) == (ytd, due)
    assert ask("progress").value == pytest.approx(100 * ytd / due)
    assert ask("needed_per_month").value == pytest.approx(needed)
    assert ask("rating").text == colour


@pytest.mark.parametrize(("name", "measure", "source", "series", "wanted", "decimals"), CHECKS)
def test_figure(
    name: str, measure: str, source: str, series: str, wanted: float, decimals: int
) -> None:
    figure = example_figures().figure(name, measure, AREA, SEPTEMBER, "", source, series)
    assert figure.value is not None, figure.reason
    assert half_up(figure.value, decimals) == wanted


def test_fires_add_up() -> None:
    october = Month.of(2016, 10)
    values = [
        example_figures()
        .figure("lfb_borough_table", "rolling12", AREA, october, series=series)
        .value
        for series in ("fire_all", "fire_primary", "fire_secondary")
    ]
    assert values == [671, 332, 339]


def test_the_rolling_identity_holds() -> None:
    system = example_figures()
    year, ytd, before = (
        system.figure("tno", measure, AREA, month, source="iquanta").value or 0.0
        for measure, month in (
            ("rolling12", Month.of(2016, 3)), ("ytd", SEPTEMBER), ("ytd_previous", SEPTEMBER),
        )
    )  # fmt: skip
    assert (year, ytd, before) == (17428, 9031, 8705)
    assert year + ytd - before == 17754


def test_a_quarter_of_referrals_repeated_is_amber_in_a_band_of_28_to_40() -> None:
    points = Tolerance(10, ToleranceUnit.POINTS)
    assert judge_band(100 * 88 / 352, 28, 40, points, "Repeats").rating is Rating.AMBER
    assert example_figures().rating("marac_repeats", AREA, SEPTEMBER).computed is Rating.AMBER


def test_both_treatment_shares_lie_below_the_top_quartile() -> None:
    for name in ("phof_opiate", "phof_non_opiate"):
        assert example_figures().rating(name, AREA, SEPTEMBER).computed is Rating.AMBER
