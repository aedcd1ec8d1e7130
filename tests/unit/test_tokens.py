"""How a figure token is printed: unit and precision stay sensible whatever the filter."""

from __future__ import annotations

import pytest

from callover.catalogue import load_catalogue
from callover.domain.figures import Figure
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report.build.tokens import printed

LONDON = load_catalogue("london").indicators


def figure(indicator: str, measure: str, value: float, unit: str) -> Figure:
    return Figure(
        indicator, LONDON[indicator].series, "E09000002", "rolling12", Month.of(2016, 9), measure,
        "", value, unit, State.FINAL, "x", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "measure", "value", "unit", "style", "shown"),
    [
        ("tno", "rolling12_change_pct", 5.44, "percentage", "number", "5 %"),
        ("tno", "rolling12_change_pct", 0.3, "percentage", "number", "0.3 %"),
        ("tno", "rolling12_change_pct", -0.3, "percentage", "number", "0.3 %"),
        ("tno", "rolling12_change_pct", -0.3, "percentage", "value", "\u22120.3"),
        ("tno", "rolling12_change_pct", -0.3, "percentage", "", "\u22120.3 %"),
        ("tno", "rolling12_change_pct", 0.0, "percentage", "number", "0 %"),
        ("knife_crime", "share", 0.42, "percentage", "number", "0.4 %"),
        ("phof_opiate", "level", 7.49, "percentage", "number", "7.5 %"),
        ("tno", "rate", 87.9, "per 1,000", "number", "87.90"),
        ("tno", "rate_change", 0.014, "per 1,000", "number", "0.01"),
        ("tno", "rate_gap", -1.05, "per 1,000", "", "\u22121.05"),
        ("tno", "rolling12_gap", 1.44, "percentage points", "number", "1.4 percentage points"),
        ("tno", "rolling12_change", 919, "offences", "number", "919"),
        ("tno", "rolling12_change", 919, "offences", "words", "919 more offences"),
    ],
)
def test_a_token_keeps_unit_and_precision(
    indicator: str, measure: str, value: float, unit: str, style: str, shown: str
) -> None:
    said = printed(figure(indicator, measure, value, unit), LONDON[indicator], style)
    assert said.replace("\u202f", " ") == shown
