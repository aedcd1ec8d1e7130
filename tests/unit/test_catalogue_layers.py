"""A workspace's definitions over the shipped ones; partnerships; targets that change in a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.catalogue import load_catalogue, load_partnership
from callover.domain.errors import FaultsFound, WorkspaceError
from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.domain.targets import TargetKind, in_force

SETTINGS = """\
id: havering
area: E09000016
name: Havering Community Safety Partnership
short_name: Havering
set: london
colour: '#00703c'
overrides:
  - indicator: tno
    month: 2016-09
    rating: amber
    reason: The rise is one of recording
    signed_by: Chair of the performance group
    on: 2016-11-01
printed_ratings:
  - {indicator: burglary, month: 2016-09, rating: A, note: page 41}
"""


def overlay(tmp_path: Path, text: str, name: str = "own.yaml") -> tuple[Path, ...]:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return (tmp_path,)


def test_an_entry_of_the_same_id_replaces_the_shipped_one(tmp_path):
    text = "groups:\n  - {id: crime, title: Recorded crime}\n"
    catalogue = load_catalogue("london", overlay(tmp_path, text))
    assert catalogue.groups[0] == ("crime", "Recorded crime")
    assert len(catalogue.groups) == 11


def test_an_amendment_changes_one_key_and_adds_to_the_targets(tmp_path):
    text = (
        "amend:\n  - id: robbery\n    portfolio: Safety\n    targets:\n"
        "      - {year: 2016/17, from: 2016-10, kind: percent_decrease, value: 3,\n"
        "         tolerance: 5 points, reason: Agreed in year, decided_by: Board}\n"
    )
    robbery = load_catalogue("london", overlay(tmp_path, text)).indicators["robbery"]
    assert robbery.portfolio == "Safety"
    assert robbery.title == "MOPAC 7: Robbery"
    before, after = (in_force(robbery.targets, Month.of(2016, m)) for m in (9, 10))
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == (5, 3)
    assert (after.reason, after.decided_by) == ("Agreed in year", "Board")


def test_an_area_s_own_target_goes_before_one_for_all(tmp_path):
    text = (
        "amend:\n  - id: tno\n    targets:\n"
        "      - {year: 2016/17, kind: percent_decrease, value: 2, area: E09000016}\n"
    )
    targets = load_catalogue("london", overlay(tmp_path, text)).indicators["tno"].targets
    havering = in_force(targets, Month.of(2016, 9), "E09000016")
    other = in_force(targets, Month.of(2016, 9), "E09000002")
    assert havering is not None
    assert other is not None
    assert (havering.kind, other.kind) == (TargetKind.PERCENT_DECREASE, TargetKind.REDUCTION)


def test_a_direction_may_change_on_a_month(tmp_path):
    text = (
        "amend:\n  - id: knife_crime\n    direction_changes:\n"
        "      - {from: 2016-10, direction: monitor, reason: Searches doubled, decided_by: Board}\n"
    )
    knife = load_catalogue("london", overlay(tmp_path, text)).indicators["knife_crime"]
    assert knife.direction_in(Month.of(2016, 9)) == "lower"
    assert knife.direction_in(Month.of(2016, 10)) == "monitor"


def test_definitions_of_another_set_are_left_alone(tmp_path):
    folders = overlay(tmp_path, "terms:\n  QQ: Queue\n", "street/own.yaml")
    assert "QQ" not in load_catalogue("london", folders).terms
    assert "QQ" in load_catalogue("street", folders).terms


def test_an_empty_file_adds_nothing(tmp_path):
    assert len(load_catalogue("street", overlay(tmp_path, "# nothing yet\n")).pages()) == 15


def test_a_partnership_is_read(tmp_path):
    path = tmp_path / "havering.yaml"
    path.write_text(SETTINGS, encoding="utf-8")
    partnership = load_partnership(path, frozenset({"tno", "burglary"}))
    assert (partnership.area, partnership.set_id) == ("E09000016", "london")
    indicator, month, override = partnership.overrides[0]
    assert (indicator, str(month), override.rating) == ("tno", "2016-09", Rating.AMBER)
    assert partnership.printed_ratings[0].rating is Rating.AMBER


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("set: london", "set: paris", 5, "london, street"),
        ("'#00703c'", "green", 6, "#1d70b8"),
        ("area: E09000016\n", "", 1, "missing"),
        ("rating: amber", "rating: orange", 10, "green, amber, red"),
        ("month: 2016-09\n", "month: Sep\n", 9, "a month"),
        ("reason: The rise is one of recording\n", "reason: ' '\n", 11, "empty"),
        ("indicator: tno", "indicator: tmo", 8, "no indicator"),
        ("short_name", "shortname", 4, "short_name"),
    ],
)
def test_faults_of_a_partnership_name_file_and_line(tmp_path, old, new, line, words):
    path = tmp_path / "havering.yaml"
    path.write_text(SETTINGS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultsFound) as caught:
        load_partnership(path, frozenset({"tno", "burglary"}))
    hits = [f for f in caught.value.faults if f.line == line and words in str(f)]
    assert hits, caught.value.faults
    assert hits[0].file == str(path)


def test_a_missing_partnership_says_how_to_make_one(tmp_path):
    with pytest.raises(WorkspaceError, match="callover init"):
        load_partnership(tmp_path / "none.yaml")


def test_an_empty_partnership_says_what_it_needs(tmp_path):
    path = tmp_path / "empty.yaml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(FaultsFound, match="It needs at least"):
        load_partnership(path)


def test_a_span_of_years_is_a_default_that_one_year_replaces(tmp_path):
    text = "amend:\n  - id: street_burglary\n    targets:\n      - {year: 2018/19, kind: none}\n"
    targets = (
        load_catalogue("street", overlay(tmp_path, text)).indicators["street_burglary"].targets
    )
    kinds = [in_force(targets, Month.of(year, 9), "E06000016") for year in (2017, 2018, 2019)]
    assert [one and one.kind for one in kinds] == ["reduction", "none", "reduction"]


def test_a_change_within_the_year_leaves_the_default_before_it(tmp_path):
    text = (
        "amend:\n  - id: street_burglary\n    targets:\n"
        "      - {year: 2018/19, from: 2018-10, kind: percent_decrease, value: 3,\n"
        "         reason: Agreed, decided_by: Board}\n"
    )
    targets = (
        load_catalogue("street", overlay(tmp_path, text)).indicators["street_burglary"].targets
    )
    kinds = [in_force(targets, Month.of(2018, month), "E06000016") for month in (9, 10)]
    assert [one and one.kind for one in kinds] == ["reduction", "percent_decrease"]
