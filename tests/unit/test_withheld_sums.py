"""A published sum without a value says why: fewer than 10 is not "not supplied" (AMB-24)."""

from __future__ import annotations

from callover.domain.periods import Month
from callover.domain.states import State
from golden.example import example_figures

SEPTEMBER = Month.of(2016, 9)


def test_a_withheld_rolling_count_stays_withheld() -> None:
    figure = example_figures().figure(
        "hate_crime", "rolling12", "E09000002", SEPTEMBER, series="hate_transgender"
    )
    assert (figure.value, figure.state) == (None, State.SUPPRESSED)


def test_its_neighbours_keep_their_values() -> None:
    figures = example_figures()
    found = figures.figure("hate_crime", "rolling12", "E09000002", SEPTEMBER, series="hate_faith")
    assert (found.value, found.state) == (22, State.FINAL)
