"""The London set against the requirements: numbers, groups, targets, tree, peers, texts."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest

from callover.catalogue import known_sets, load_catalogue
from callover.catalogue.files import SHIPPED
from callover.domain.denominators import choose_vintage, use_in_force
from callover.domain.indicators import Catalogue, Indicator, RatingMeasure, SeriesKind
from callover.domain.peers import RankOrder
from callover.domain.periods import Month
from callover.domain.ratings import Direction
from callover.domain.rounding import TargetRounding
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit, in_force
from callover.domain.units import Unit
from shared_data import shared

SEPTEMBER = Month.of(2016, 9)
HERE = "E09000002"
BOROUGHS = tuple(f"E090000{number:02d}" for number in range(2, 34))
POINTS_5 = Tolerance(5, ToleranceUnit.POINTS)
POINTS_10 = Tolerance(10, ToleranceUnit.POINTS)
RELATIVE_10 = Tolerance(10, ToleranceUnit.RELATIVE)

NUMBERS = {
    1: "tno", 2: "violence_with_injury", 3: "robbery", 4: "burglary", 5: "criminal_damage",
    6: "theft_person", 7: "theft_of_motor_vehicle", 8: "theft_from_motor_vehicle",
    9: "domestic_violence", 10: "marac_repeats", 11: "idap_residents", 12: "idap_completions",
    13: "sexual_offences", 14: "serious_youth_violence", 15: "gun_crime", 16: "knife_crime",
    17: "first_time_entrants", 18: "custody", 19: "reoffending_young", 20: "reoffending_all",
    21: "asb_calls", 22: "asb_satisfaction", 23: "atr_success", 24: "phof_opiate",
    25: "phof_non_opiate", 26: "drr_success", 27: "safer_homes_secured",
    28: "outdoor_rubbish_fires", 29: "arson", 30: "vehicle_arson", 31: "hate_crime",
}  # fmt: skip

GROUPS = {
    "crime": range(1, 9), "domestic_violence": range(9, 14), "gangs_and_syv": range(14, 17),
    "youth_offending": range(17, 20), "proven_reoffending": (20,), "asb": (21, 22),
    "alcohol": (23,), "drugs": (24, 25, 26), "victim_support": (27,), "fire": (28, 29, 30),
    "tension_monitoring": (31,),
}  # fmt: skip

ALL = {"prevention", "protection", "perpetrators"}
STRATEGIC = (  # IND-02
    ((*range(1, 9), 14), ALL),
    ((9, 13, 15, 16), {"protection", "perpetrators"}),
    ((10, 22), {"protection"}),
    ((11, 12, *range(17, 22), 23, 26), {"perpetrators"}),
    ((24, 25, 31), {"prevention"}),
    ((27, 28, 29, 30), {"prevention", "protection"}),
)


@pytest.fixture(scope="module")
def london() -> Catalogue:
    return load_catalogue("london")


def target_of(one: Indicator, area: str = HERE) -> Target:
    target = in_force(one.targets, SEPTEMBER, area)
    assert target is not None, one.id
    return target


def test_the_set_holds_31_numbers_in_eleven_groups(london):
    heads = [one for one in london.indicators.values() if not one.part_of]
    assert {one.number: one.id for one in heads} == NUMBERS
    assert [group for group, _ in london.groups] == list(GROUPS)
    for group, numbers in GROUPS.items():
        assert [one.number for one in heads if one.group == group] == list(numbers)


def test_the_set_has_34_pages_in_the_order_of_their_numbers(london):
    pages = london.pages()
    assert len(pages) == 34
    assert [one.number for one in pages] == sorted(one.number for one in pages)
    parts = {one.id: one.part_of for one in pages if one.part_of}
    assert parts == {
        "robbery_personal": "robbery",
        "burglary_dwelling": "burglary",
        "safer_homes_referrals": "safer_homes_secured",
        "safer_homes_rereferrals": "safer_homes_secured",
    }
    assert [one.number for one in london.sharing("phof_opiate")] == [25]


def test_strategic_groups_are_those_of_the_requirement(london):
    expected = {number: groups for numbers, groups in STRATEGIC for number in numbers}
    assert sorted(expected) == list(range(1, 32))
    for one in london.indicators.values():
        assert set(one.strategic_groups) == expected[one.number], one.id


@pytest.mark.parametrize(
    ("ids", "direction"),
    [
        (("tno", "robbery", "serious_youth_violence", "arson", "reoffending_all"), "lower"),
        (("idap_completions", "phof_opiate", "atr_success", "asb_satisfaction"), "higher"),
        (("marac_repeats",), "band"),
        (("domestic_violence", "sexual_offences", "hate_crime"), "monitor"),
    ],
)
def test_directions(london, ids, direction):
    assert {london.indicators[name].direction for name in ids} == {Direction(direction)}


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("tno", Unit.OFFENCES),
        ("serious_youth_violence", Unit.VICTIMS),
        ("asb_calls", Unit.CALLS),
        ("first_time_entrants", Unit.CHILDREN),
        ("custody", Unit.CHILDREN),
        ("idap_residents", Unit.PEOPLE),
        ("safer_homes_secured", Unit.HOMES),
        ("safer_homes_referrals", Unit.REFERRALS),
        ("arson", Unit.INCIDENTS),
        ("marac_repeats", Unit.PERCENTAGE),
    ],
)
def test_units_and_count_bases(london, name, unit):
    assert london.indicators[name].unit is unit
    assert london.indicators[name].count_basis


def test_crime_rows_reduce_with_five_points_of_tolerance(london):
    five_per_cent = {"robbery", "robbery_personal", "theft_of_motor_vehicle"}
    crimes = [one for one in london.indicators.values() if one.group == "crime"]
    for one in [*crimes, london.indicators["serious_youth_violence"]]:
        target = target_of(one)
        assert target.tolerance == POINTS_5
        assert one.rating_measure is RatingMeasure.ROLLING12_CHANGE_PCT
        if one.id in five_per_cent:
            assert (target.kind, target.value) == (TargetKind.PERCENT_DECREASE, 5)
        else:
            assert target.kind is TargetKind.REDUCTION


@pytest.mark.parametrize(
    ("name", "kind", "value", "low", "high", "tolerance"),
    [
        ("marac_repeats", TargetKind.BAND, None, 28, 40, POINTS_10),
        ("atr_success", TargetKind.LEVEL, 70, None, None, POINTS_10),
        ("drr_success", TargetKind.LEVEL, 54, None, None, POINTS_10),
        ("phof_opiate", TargetKind.TOP_QUARTILE, None, 8.16, 16.80, POINTS_10),
        ("phof_non_opiate", TargetKind.TOP_QUARTILE, None, 43.60, 52.65, POINTS_10),
        ("outdoor_rubbish_fires", TargetKind.CEILING, 257, None, None, RELATIVE_10),
        ("arson", TargetKind.CEILING, 169, None, None, RELATIVE_10),
        ("vehicle_arson", TargetKind.REDUCTION, None, None, None, RELATIVE_10),
        ("reoffending_all", TargetKind.BENCHMARK, None, None, None, POINTS_10),
    ],
)
def test_targets_of_2016_17(london, name, kind, value, low, high, tolerance):
    target = target_of(london.indicators[name])
    found = (target.kind, target.value, target.low, target.high, target.tolerance)
    assert found == (kind, value, low, high, tolerance)


@pytest.mark.parametrize(
    "name",
    ["domestic_violence", "sexual_offences", "idap_residents", "idap_completions", "gun_crime",
     "knife_crime", "asb_satisfaction", "safer_homes_secured", "safer_homes_referrals",
     "hate_crime"],
)  # fmt: skip
def test_what_is_only_monitored_has_no_target(london, name):
    assert target_of(london.indicators[name]).kind is TargetKind.NONE


@pytest.mark.parametrize(
    ("name", "series", "value", "to_september"),
    [
        ("atr_success", "atr_starts", 35, 17),
        ("atr_success", "atr_successes", 21, 10),
        ("drr_success", "drr_starts", 48, 24),
        ("drr_success", "drr_successes", 24, 12),
    ],
)
def test_starts_and_successes_have_targets_and_pace(london, name, series, value, to_september):
    components = london.indicators[name].component_targets
    target = next(c.target for c in components if c.series == series)
    assert (target.kind, target.value) == (TargetKind.COUNT, value)
    assert target.to_date(SEPTEMBER) == to_september
    down = name == "atr_success"
    assert target.rounding is (TargetRounding.DOWN if down else TargetRounding.HALF_UP)


def test_numbers_agreed_for_one_borough_do_not_rate_another(london):
    rubbish = london.indicators["outdoor_rubbish_fires"]
    assert in_force(rubbish.targets, SEPTEMBER, "E09000016") is None
    assert in_force(london.indicators["tno"].targets, SEPTEMBER, "E09000016") is not None


def test_monthly_targets_follow_from_the_yearly_one(london):
    target = target_of(london.indicators["outdoor_rubbish_fires"])
    year = SEPTEMBER.financial_year.months
    assert [target.to_date(month) for month in year] == [
        21, 43, 64, 86, 107, 129, 150, 171, 193, 214, 236, 257,
    ]  # fmt: skip


def test_the_offence_tree_has_nine_groups_and_33_types(london):
    groups = [one for one in london.offences if not one.parent]
    types = [one for one in london.offences if one.parent]
    assert (len(groups), len(types)) == (9, 33)
    assert london.series["tno"].parts == tuple(one.series for one in groups)
    for group in groups:
        parts = tuple(one.series for one in types if one.parent == group.series)
        assert london.series[group.series].parts == parts


def test_mopac_7_sums_seven_types_against_2011_12(london):
    mopac7 = london.headlines["mopac7"]
    assert str(mopac7.baseline_year) == "2011/12"
    assert london.series["mopac7"].parts == tuple(NUMBERS[number] for number in range(2, 9))
    assert "criminal_damage_other" not in london.series["mopac7"].parts
    assert "arson_offences" not in london.series["criminal_damage"].parts


def test_peer_groups(london):
    on = date(2016, 9, 30)
    groups = london.peer_groups
    assert groups["met_32"].members_on(on) == BOROUGHS
    assert groups["london_yots_32"].members_on(on) == BOROUGHS
    assert (groups["msg_15"].size, groups["msg_15"].members) == (15, ())
    assert (groups["yot_family_10"].size, groups["yot_family_10"].members) == (10, ())
    assert groups["phof_comparators"].members == ()
    lowest = {name for name, one in groups.items() if one.rank_order is RankOrder.LOWEST_FIRST}
    assert lowest == {"met_32", "msg_15"}


@pytest.mark.parametrize(
    ("kind", "indicator", "month", "expected"),
    [
        ("population", "tno", "2012-09", "2011-06-30"),
        ("population", "tno", "2015-03", "2013-06-30"),
        ("population", "tno", "2015-04", "2014-06-30"),
        ("population", "tno", "2016-05", "2014-06-30"),
        ("population", "tno", "2016-06", "2015-06-30"),
        ("population", "tno", "2016-09", "2015-06-30"),
        ("population", "tno", "2017-09", "2016-06-30"),
        ("population", "tno", "2005-09", "2004-06-30"),
        ("census_population", "domestic_violence", "2016-09", "2011-03-27"),
        ("census_population", "domestic_violence", "2014-03", "2011-06-30"),
        ("census_population", "knife_crime", "2016-09", "2011-06-30"),
    ],
)
def test_denominators_by_month(london, kind, indicator, month, expected):
    if kind == "population":
        held = [date(year, 6, 30) for year in range(1999, 2017)]
    else:
        held = [date(2011, 3, 27), date(2011, 6, 30)]
    when = Month.parse(month)
    use = use_in_force(london.denominator_uses, kind, indicator, when)
    assert use is not None
    assert choose_vintage(use, when, held) == date.fromisoformat(expected)


def test_a_denominator_of_another_year_stands_in_by_rule(london):
    use = use_in_force(london.denominator_uses, "population", "tno", SEPTEMBER)
    assert use is not None
    assert choose_vintage(use, SEPTEMBER, [date(2012, 6, 30), date(2017, 6, 30)]) == date(
        2012, 6, 30
    )
    assert choose_vintage(use, SEPTEMBER, []) is None
    households = use_in_force(london.denominator_uses, "households", "burglary", SEPTEMBER)
    assert households is not None
    held = [date(2011, 3, 27), date(2017, 6, 30)]
    assert choose_vintage(households, SEPTEMBER, held) == date(2011, 3, 27)
    assert choose_vintage(households, SEPTEMBER, held[1:]) == date(2017, 6, 30)


@pytest.mark.parametrize(
    ("name", "denominator", "per"),
    [
        ("tno", "population", 1000),
        ("burglary", "population", 1000),
        ("burglary_dwelling", "households", 1000),
        ("domestic_violence", "census_population", 1000),
        ("gun_crime", "census_population", 1000),
        ("serious_youth_violence", "population_1_19", 1000),
        ("first_time_entrants", "population_10_17", 100_000),
        ("custody", "population_10_17", 1000),
    ],
)
def test_rates(london, name, denominator, per):
    rate = london.indicators[name].rate
    assert rate is not None
    assert (rate.denominator, rate.per) == (denominator, per)


@pytest.mark.parametrize(
    ("name", "change", "rate"),
    [
        ("tno", "met_stats", "iquanta"),
        ("violence_with_injury", "iquanta", "iquanta"),
        ("robbery", "met_stats", "iquanta"),
        ("burglary_dwelling", "met_stats", "iquanta"),
        ("criminal_damage", "iquanta", "iquanta"),
        ("sexual_offences", "met_stats", "iquanta"),
        ("domestic_violence", "police_local", "police_local"),
    ],
)
def test_change_and_rate_sources(london, name, change, rate):
    one = london.indicators[name]
    assert (one.change_sources[0], one.rate_sources[0]) == (change, rate)
    if one.group == "crime":
        assert (one.change_sources[-1], one.rate_sources[-1]) == ("met_borough", "met_borough")


FIRE = (
    ("fire_dwelling", 149), ("fire_non_domestic", 33), ("fire_injuries", 18),
    ("fire_care_home", 7), ("fire_lift_releases", 77), ("fire_afa", 208),
    ("fire_outdoor_rubbish", 257), ("fire_arson", 169), ("fire_safety_visits", 2112),
    ("fire_p1_visits", 80), ("fire_area_risk_visits", 481), ("fire_vehicle_arson", None),
    ("fire_open_land_arson", None), ("fire_all", None), ("fire_primary", None),
    ("fire_secondary", None), ("fire_in_care_homes", None), ("fire_sheltered", None),
)  # fmt: skip


def test_the_fire_table_has_18_measures_eleven_with_targets(london):
    rows = london.tables["lfb_borough_table"].rows
    assert tuple((row.series, row.target.value if row.target else None) for row in rows) == FIRE
    higher = {row.series for row in rows if row.direction is Direction.HIGHER}
    assert higher == {"fire_safety_visits", "fire_p1_visits", "fire_area_risk_visits"}
    assert [row.series for row in rows if row.rolling] == ["fire_p1_visits"]


def test_fire_pages_and_table_agree_on_their_targets(london):
    rows = {row.series: row.target for row in london.tables["lfb_borough_table"].rows}
    for name in ("outdoor_rubbish_fires", "arson"):
        one = london.indicators[name]
        row = rows[one.series]
        assert row is not None
        assert target_of(one).value == row.value


def test_hate_crime_joined_the_set_and_is_new(london):
    hate = london.indicators["hate_crime"]
    assert hate.is_new(SEPTEMBER)
    assert not hate.is_new(Month.of(2017, 4))
    assert not london.indicators["tno"].is_new(SEPTEMBER)
    assert hate not in london.pages(Month.of(2016, 3))
    assert len(hate.breakdown) == 7
    assert london.series["hate_crime"].overlapping
    assert london.series["hate_crime"].kind is SeriesKind.COUNTED
    assert "hate_crime added" in london.change_log[0]


@pytest.mark.parametrize("set_id", ["london", "street"])
def test_every_page_says_everything(set_id):
    for one in load_catalogue(set_id).indicators.values():
        texts = one.texts
        words = (texts.definition, texts.how_it_works, texts.what_good_looks_like,
                 texts.why_it_matters, texts.issues)  # fmt: skip
        assert all(words), one.id
        assert one.peer_groups or one.no_benchmark_reason
        first = re.split(r"(?<=[.:;]) ", texts.definition)[0]
        assert len(first.split()) <= 30, (one.id, first)


@pytest.mark.parametrize("set_id", ["london", "street"])
def test_sources_say_owner_frequency_and_basis(set_id):
    for source in load_catalogue(set_id).sources.values():
        assert source.owner
        assert source.licence or (source.sharing_basis and source.review_date), source.id


def test_terms_open_the_acronyms(london):
    wanted = ("TNO", "MSG", "MARAC", "IDAP", "SYV", "FTE", "ATR", "DRR", "PHOF", "MOPAC 7", "YTD")
    assert not [term for term in wanted if term not in london.terms]


STREET_CATEGORIES = (
    "anti_social_behaviour", "bicycle_theft", "burglary", "criminal_damage_and_arson", "drugs",
    "other_crime", "other_theft", "possession_of_weapons", "public_order", "robbery",
    "shoplifting", "theft_from_the_person", "vehicle_crime", "violence_and_sexual_offences",
)  # fmt: skip


def test_the_street_set_has_the_fourteen_categories_and_their_total():
    street = load_catalogue("street")
    assert {f"street_{name}" for name in STREET_CATEGORIES} == set(street.sources["street"].series)
    assert {one.series for one in street.indicators.values()} == {
        "street_all_crime", *street.sources["street"].series
    }  # fmt: skip
    types = [one.series for one in street.offences if one.parent]
    assert len(types) == 13
    assert "street_anti_social_behaviour" not in types
    assert {one.kind for one in street.peer_groups.values()} == {"same_force", "same_kind"}
    assert all(one.computed for one in street.peer_groups.values())


def test_sets_load_within_a_third_of_a_second():
    assert known_sets() == ("london", "street")
    load_catalogue("london")
    took = []
    for _ in range(3):
        start = time.process_time()
        load_catalogue("london")
        took.append(time.process_time() - start)
    assert min(took) < 0.3


def test_the_same_files_give_the_same_hash(tmp_path):
    plain = load_catalogue("london").content_hash
    assert load_catalogue("london").content_hash == plain
    (tmp_path / "terms.yaml").write_text("terms:\n  ZZZ: Sleep\n", encoding="utf-8")
    assert load_catalogue("london", (tmp_path,)).content_hash != plain


def test_no_text_repeats_the_reference_pack():
    """No run of eight words of ours stands in the pack: facts were taken, wording was not."""
    pack = _words(next(shared("pack").glob("000_*.txt")).read_text(encoding="utf-8"))
    theirs = {tuple(pack[i : i + 8]) for i in range(len(pack) - 7)}
    for path in SHIPPED.rglob("*.yaml"):
        ours = _words(path.read_text(encoding="utf-8"))
        same = [ours[i : i + 8] for i in range(len(ours) - 7) if tuple(ours[i : i + 8]) in theirs]
        assert not same, (path.name, " ".join(same[0]))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9_']+", text.casefold())
