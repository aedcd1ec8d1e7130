"""Ranks from both ends, averages, gaps, published benchmarks and the reason for none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from callover.analysis import compare
from callover.analysis.figures import Figures
from callover.analysis.lineage import Tracer
from callover.domain.errors import UnknownName
from callover.domain.peers import RankOrder
from reference.case import AREAS, FIRST, RESIDENTS, SOURCE, figures, published
from unit_rows import steady

MONTH = FIRST + 23


def four() -> Figures:
    rows = []
    for i, area in enumerate(AREAS):
        rows += steady([10.0 * (i + 1)] * 24, area=area)
    return figures(rows)


def test_ties_share_the_better_place_and_missing_is_not_counted() -> None:
    values = np.array([3.0, 1.0, np.nan, 1.0])
    assert compare.rank(values)[[0, 1, 3]].tolist() == [3, 1, 1]
    assert compare.rank(values, RankOrder.HIGHEST_FIRST)[[0, 1, 3]].tolist() == [1, 2, 2]
    assert np.isnan(compare.rank(values)[2])
    assert compare.members_with_data(values) == 3


def test_an_average_of_nobody_is_no_value() -> None:
    nobody = np.full(3, np.nan)
    assert np.isnan(compare.average(nobody))
    assert np.isnan(compare.pooled(nobody, nobody, 1000))
    assert np.isnan(compare.group_change_pct(nobody, nobody))


def test_rank_average_and_pooled_rate_come_from_the_members() -> None:
    system = four()
    rates = [120 * (i + 1) / n * 1000 for i, n in enumerate(RESIDENTS.values())]
    rank = system.figure("burglary", "rank", AREAS[1], MONTH, "four")
    assert (rank.value, rank.of, rank.published) == (1 + sum(r < rates[1] for r in rates), 4, False)
    average = system.figure("burglary", "average", AREAS[1], MONTH, "four")
    assert average.value == pytest.approx(sum(rates) / 4)
    pooled = system.figure("burglary", "pooled_average", AREAS[1], MONTH, "four")
    assert pooled.value == pytest.approx(1200 / sum(RESIDENTS.values()) * 1000)


def test_one_call_answers_for_every_area() -> None:
    system = four()
    found = system.records(["burglary"], AREAS, MONTH, ["rolling12", "rank"], ["four"])
    assert [f.value for f in found if f.measure == "rolling12"] == [120.0, 240.0, 360.0, 480.0]
    ranks = [f.value for f in found if f.measure == "rank"]
    assert ranks == [f.value for f in found if f.measure == "rank" and f.of == 4]
    assert sorted(r or 0 for r in ranks) == [1, 2, 3, 4]


def test_peers_gives_every_member_with_a_rate() -> None:
    found = four().peers("burglary", "four", MONTH, AREAS[0])
    assert [code for code, _, _ in found] == list(AREAS)
    assert found[0][2] == pytest.approx(120 / RESIDENTS[AREAS[0]] * 1000)


def test_a_published_rank_speaks_where_members_are_unknown() -> None:
    system = figures(steady([10.0] * 24), [published("burglary", "rank", MONTH, 13, "fifteen")])
    rank = system.figure("burglary", "rank", AREAS[0], MONTH, "fifteen")
    assert (rank.value, rank.of, rank.published) == (13.0, 15, True)
    top = system.figure("burglary", "rank_from_top", AREAS[0], MONTH, "fifteen")
    assert top.value == 3.0  # 13th lowest of 15 is the 3rd highest


def test_a_group_of_one_member_with_data_is_no_group() -> None:
    rank = figures(steady([10.0] * 24)).figure("burglary", "rank", AREAS[0], MONTH, "four")
    assert rank.value is None
    assert rank.reason == "no member's figures are held and none were published"


def test_the_indicators_own_reason_is_given_where_no_benchmark_exists() -> None:
    system = figures(steady([10.0] * 24))
    known = system.catalogue.indicators
    known["burglary"] = replace(known["burglary"], no_benchmark_reason="nobody else counts it")
    figure = Figures(system.held).figure("burglary", "average", AREAS[0], MONTH, "four")
    assert figure.reason == "nobody else counts it"


def test_a_groups_change_is_computed_or_published() -> None:
    rows = [row for area in AREAS for row in steady([10.0] * 12 + [11.0] * 12, area=area)]
    computed = figures(rows).figure("burglary", "rolling12_change_pct", AREAS[0], MONTH, "four")
    assert computed.value == pytest.approx(10.0)
    given = [published("burglary", "change_pct", MONTH, 4, "fifteen")]
    system = figures(steady([10.0] * 12 + [11.0] * 12), given)
    taken = system.figure("burglary", "rolling12_change_pct", AREAS[0], MONTH, "fifteen")
    assert (taken.value, taken.published) == (4.0, True)
    gap = system.figure("burglary", "rolling12_gap", AREAS[0], MONTH, "fifteen")
    assert (gap.value, gap.unit) == (pytest.approx(6.0), "percentage points")


def test_a_gap_names_both_sources_where_no_one_holds_both_changes() -> None:
    """The pack sets +5 % of the force's table beside +4 % of the performance site (MEA-19)."""
    table = steady([10.0] * 12 + [11.0] * 12)
    site = [published("burglary", "change_pct", MONTH, 4, "fifteen") | {"source": "site"}]
    system = figures(table, site)
    known = system.catalogue.indicators
    known["burglary"] = replace(known["burglary"], rate_sources=("site",))
    gap = Figures(system.held).figure("burglary", "rolling12_gap", AREAS[0], MONTH, "fifteen")
    assert (gap.value, gap.source) == (pytest.approx(6.0), f"{SOURCE}+site")
    assert gap.reason == f"our change from {SOURCE}, the group's from site"
    assert {row.file for row in Tracer(Figures(system.held)).inputs(gap)} == {SOURCE, "site"}


@pytest.mark.parametrize(
    ("name", "measure", "group"),
    [("nothing", "month", ""), ("burglary", "nothing", ""), ("burglary", "rank", "nothing"),
     ("burglary", "rank", "")],
)  # fmt: skip
def test_an_unknown_name_says_what_is_known(name: str, measure: str, group: str) -> None:
    with pytest.raises(UnknownName) as error:
        four().figure(name, measure, AREAS[0], MONTH, group)
    assert error.value.available


def test_no_residents_no_rate_and_it_says_so() -> None:
    rows = steady([10.0] * 24, area="E09000011")
    rate = figures(rows).figure("burglary", "rate", "E09000011", MONTH)
    assert rate.value is None
    assert rate.reason == "no population of this area is held for March 2016"
