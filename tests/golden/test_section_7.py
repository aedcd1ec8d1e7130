"""The checks of the requirements' section 7 that rest on rules, not on the example's files."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from callover.analysis.compare import rank
from callover.domain.board import publication_day, quorum
from callover.domain.peers import RankOrder, rank_words
from callover.domain.periods import FinancialYear, Month
from callover.domain.rounding import TargetRounding
from callover.domain.targets import Target, TargetKind
from golden.recount import Tables
from golden.recount_files import NotPrinted, Recount, month_number

RUBBISH = (21, 43, 64, 86, 107, 129, 150, 171, 193, 214, 236, 257)


@pytest.mark.parametrize(("members", "present"), [(16, 6), (11, 4), (12, 4), (13, 5), (0, 4)])
def test_quorum(members: int, present: int) -> None:
    assert quorum(members) == present


def test_a_board_of_fewer_than_no_members_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 members"):
        quorum(-1)


def test_papers_go_out_seven_days_before() -> None:
    assert publication_day(date(2016, 12, 6)) == date(2016, 11, 29)


def test_a_yearly_ceiling_spreads_over_months_as_printed() -> None:
    first = Month.of(2016, 4)
    ceiling = Target(FinancialYear(2016), TargetKind.CEILING, first, value=257)
    assert tuple(ceiling.to_date(first + i) for i in range(12)) == RUBBISH


@pytest.mark.parametrize(("value", "pace"), [(35, 17), (21, 10)])
def test_a_pace_that_is_rounded_down(value: float, pace: float) -> None:
    first = Month.of(2016, 4)
    year, down = FinancialYear(2016), TargetRounding.DOWN
    target = Target(year, TargetKind.COUNT, first, value=value, rounding=down)
    assert target.to_date(Month.of(2016, 9)) == pace


def test_confidence_is_joint_fifth_of_32_and_eight_points_above_the_force() -> None:
    table = {row: value for row, _, value in Tables().cells["confidence_good_job"]}
    force = table.pop("MPS AVERAGE")
    values = np.array(list(table.values()))
    places = rank(values, RankOrder.HIGHEST_FIRST)
    ours = float(places[list(table).index("Barking and Dagenham")])
    joint = list(places).count(ours) > 1
    words = rank_words(int(ours), len(table), RankOrder.HIGHEST_FIRST, joint)
    assert words == "joint 5th highest of 32"
    assert table["Barking and Dagenham"] - force == 8


def test_the_drug_treatment_figures_lie_below_the_printed_ranges() -> None:
    recount = Recount()
    month = month_number("2016-02")
    for series, low, high in (("phof_opiate", 8.16, 16.80), ("phof_non_opiate", 43.60, 52.65)):
        ends = [
            recount.taken_over("smst", series, f"quartile_{end}", "phof_comparators", month)
            for end in ("low", "high")
        ]
        top, bottom = recount.windows["smst", series, month]
        assert ends == [low, high]
        assert 100 * top / bottom < low


def test_the_repeat_rate_of_the_year_to_date_rests_on_referrals_that_are_not_printed() -> None:
    with pytest.raises(NotPrinted):
        Recount().ytd("marac_coordinator", "marac_repeat_rate", month_number("2016-09"))
