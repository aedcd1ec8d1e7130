"""Printed counts as cells and relations: what subtraction reaches though it is printed nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from callover.analysis.suppress import Part, choose
from callover.analysis.suppress.behind import Count
from callover.analysis.suppress.publication import Publication, in_words
from callover.catalogue.load import load_catalogue
from callover.domain.disclosure import Rule
from callover.domain.periods import Month

JUNE, JULY, AUGUST = (Month.of(2015, month) for month in (6, 7, 8))
RULES = {"police_local": Rule(), "other": Rule(), "open": Rule(threshold=0)}
SERIES = load_catalogue("london").series
PRINTED = {"robbery": 54.0, "robbery_personal": 51.0}
MONTHS = {JULY: 4.0, AUGUST: 5.0}


def _to_date(month: Month, source: str = "police_local") -> Count:
    return Count(source, "gun_crime", "E09000002", "ytd", month)


def _publication(outside: Mapping[Count, float] | None = None) -> Publication:
    counts = {_to_date(JUNE): 11.0, _to_date(AUGUST): 20.0}
    return Publication(
        counts, RULES, SERIES, outside or {}, true_month=lambda count: MONTHS.get(count.month)
    )


def test_a_year_to_date_less_the_one_before_is_a_sum_that_must_not_come_out() -> None:
    problem = _publication().problem()
    kinds = {cell.value: cell.part for cell in problem.cells}
    assert (kinds[20], kinds[9]) == (Part.OPEN, Part.DERIVED)
    assert len(choose(problem).secondary) == 1


def test_what_an_earlier_edition_called_small_is_known_to_be() -> None:
    """It is a cell though this edition does not print it, and keeps its words."""
    july = Count("police_local", "gun_crime", "E09000002", "month", JULY)
    counts = {_to_date(JUNE): 11.0, _to_date(AUGUST): 20.0}
    problem = Publication(counts, RULES, SERIES, called={july: 4.0}).problem()
    called = [cell for cell in problem.cells if cell.called]
    assert [(cell.name, cell.part) for cell in called] == [(july.name, Part.PRIMARY)]


def test_a_count_is_found_again_by_its_name() -> None:
    left = Count("police_local", "gun_crime", "name:Leicester", "rolling12", JULY, "tno")
    assert [Count.named(each.name) for each in (left, _to_date(JUNE))] == [left, _to_date(JUNE)]


def test_what_subtraction_reaches_is_left_alone_where_it_is_not_small() -> None:
    counts = {_to_date(JUNE): 11.0, _to_date(AUGUST): 60.0}
    problem = Publication(counts, RULES, SERIES).problem()
    assert Part.DERIVED not in {cell.part for cell in problem.cells}
    assert choose(problem).secondary == ()


def test_an_edition_that_is_out_cannot_be_taken_back() -> None:
    """June's sum is out: August's is hidden, not June's."""
    problem = _publication(outside={_to_date(JUNE): 11.0}).problem()
    assert choose(problem).secondary == (_to_date(AUGUST).name,)


def test_a_count_that_contradicts_its_months_is_in_no_relation() -> None:
    counts = {
        Count("police_local", "gun_crime", "E09000002", "month", AUGUST): 30.0,
        Count("police_local", "gun_crime", "E09000002", "month", JULY): 30.0,
        _to_date(JUNE): 40.0,
        _to_date(AUGUST): 90.0,
    }
    relations = Publication(counts, RULES, SERIES).problem().relations
    assert len(relations) == 3


def test_sources_that_agree_are_set_against_one_another_and_others_not() -> None:
    july = Count("other", "gun_crime", "E09000002", "month", JULY)
    same = {_to_date(JUNE): 30.0, _to_date(JULY): 50.0, july: 20.0}
    unlike = {**same, july: 21.0}
    for counts, expected in ((same, 2), (unlike, 3)):
        problem = Publication(counts, RULES, SERIES).problem()
        between = [cell for cell in problem.cells if cell.part is Part.LATENT]
        assert len(between) == expected


def test_what_a_whole_contains_is_no_more_than_the_whole() -> None:
    """20 primary fires, 14 of them in dwellings: at most 6 elsewhere, so one of the two is hidden.

    Where the truth is otherwise (two brigades' definitions), nothing can be reckoned from it.
    """
    primary, dwelling, elsewhere = (
        Count("other", f"fire_{name}", "E09000002", "month", JULY)
        for name in ("primary", "dwelling", "non_domestic")
    )
    counts = {primary: 20.0, dwelling: 14.0, elsewhere: 2.0}
    choice = choose(Publication(counts, RULES, SERIES).problem())
    assert choice.primary == (elsewhere.name,)
    assert len(choice.secondary) == 1
    unlike = {**counts, dwelling: 19.0}
    assert choose(Publication(unlike, RULES, SERIES).problem()).secondary == ()


def test_cells_are_named_for_a_reader() -> None:
    names = {in_words(cell.name, SERIES) for cell in _publication().problem().cells}
    assert "Gun crime, year to date to June 2015" in names
    assert "Gun crime, July 2015 to August 2015, by subtraction" in names


def test_a_source_that_publishes_every_count_is_left_out() -> None:
    problem = Publication({_to_date(JUNE, "open"): 3.0}, RULES, SERIES).problem()
    assert problem.cells == ()


def test_what_a_total_leaves_beside_its_printed_parts_must_not_come_out() -> None:
    """Robbery 54 and personal robbery 51 give away three robberies of businesses."""
    place = ("police_local", "E09000002", "month", JULY)
    counts = {Count(place[0], name, *place[1:]): value for name, value in PRINTED.items()}
    problem = Publication(counts, RULES, SERIES).problem()
    rest = next(cell for cell in problem.cells if cell.name.endswith("|rest"))
    assert (rest.value, rest.part) == (3, Part.DERIVED)
    assert len(choose(problem).secondary) == 1
    assert in_words(rest.name, SERIES).endswith("less its parts that are shown")


def test_a_total_below_its_part_contradicts_itself_and_leaves_nothing() -> None:
    place = ("police_local", "E09000002", "month", JULY)
    counts = {Count(place[0], "robbery", *place[1:]): 47.0,
              Count(place[0], "robbery_personal", *place[1:]): 48.0}  # fmt: skip
    problem = Publication(counts, RULES, SERIES).problem()
    assert not [cell for cell in problem.cells if cell.name.endswith("|rest")]


WARDS = ("E05000026", "E05000027", "E05000028")


def _by_ward(*values: float) -> dict[Count, float]:
    places = (*WARDS, "E09000002")
    return {
        Count("police_local", "gun_crime", area, "rolling12", AUGUST): value
        for area, value in zip(places, values, strict=False)
    }


def test_a_small_ward_does_not_come_out_of_the_district_less_the_others() -> None:
    counts = _by_ward(40, 31, 4)
    [total] = (count for count in _by_ward(0, 0, 0, 0) if count.area == "E09000002")
    problem = Publication(
        counts, RULES, SERIES, outside={total: 75.0}, inside={"E09000002": WARDS}
    ).problem()
    choice = choose(problem)
    assert len(choice.secondary) == 1
    alone = Publication(counts, RULES, SERIES, inside={"E09000002": WARDS}).problem()
    assert choose(alone).secondary == ()


def test_what_a_district_counts_outside_its_wards_must_not_come_out_either() -> None:
    """75 in the district and 71 in its wards: four without a ward."""
    problem = Publication(_by_ward(40, 21, 10, 75), RULES, SERIES, inside={"E09000002": WARDS})
    rest = next(cell for cell in problem.problem().cells if cell.name.endswith("|elsewhere"))
    assert (rest.value, rest.part) == (4, Part.DERIVED)
    assert in_words(rest.name, SERIES).endswith("less the places shown")
    assert choose(problem.problem()).secondary


def test_what_is_kept_back_already_stays_so_and_is_protected() -> None:
    """The pack withholds 40 in one ward: the other small one may not narrow it."""
    counts = _by_ward(40, 31, 12, 83)
    kept = next(iter(counts))
    publication = Publication(counts, RULES, SERIES, kept={kept}, inside={"E09000002": WARDS})
    problem = publication.problem()
    cell = next(each for each in problem.cells if each.name == kept.name)
    assert cell.part is Part.DERIVED
    assert choose(problem).secondary
