"""Suppression on cases small enough to reckon by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callover.analysis.suppress import (
    CannotProtect,
    Cell,
    Part,
    Problem,
    Relation,
    choose,
    intervals,
    ratio_between,
    small,
)


def _sum(total: str, *parts: str) -> Relation:
    return Relation(dict.fromkeys(parts, 1.0) | {total: -1.0})


def _wards(*parts: tuple[str, float, Part]) -> Problem:
    cells = [Cell(name, value, part) for name, value, part in parts]
    total = Cell("all", sum(value for _, value, _ in parts), Part.FIXED)
    return Problem([*cells, total], [_sum("all", *(name for name, _, _ in parts))])


def test_zero_is_small_unless_the_rule_says_otherwise() -> None:
    assert [small(v, 10) for v in (0, 9, 10)] == [True, True, False]
    assert [small(v, 10, zero_hidden=False) for v in (0, 1)] == [False, True]


def test_one_hidden_ward_is_the_total_less_the_others() -> None:
    problem = _wards(("a", 3, Part.PRIMARY), ("b", 40, Part.OPEN), ("c", 17, Part.OPEN))
    found = intervals(problem, [0])["a"]
    assert (found.low, found.high) == (3, 3)


def test_a_second_ward_is_hidden_and_only_one() -> None:
    problem = _wards(("a", 3, Part.PRIMARY), ("b", 40, Part.OPEN), ("c", 17, Part.OPEN))
    choice = choose(problem)
    assert choice.primary == ("a",)
    assert len(choice.secondary) == 1
    found = intervals(problem, [problem.index[n] for n in choice.hidden], by_words=True)["a"]
    assert (found.low, found.high) == (0, 9)  # whatever "fewer than 10" says it may be


def test_words_alone_can_give_a_count_away() -> None:
    """3 + 10 = 13: the other is not small, hence at least 10, hence the first at most 3."""
    problem = _wards(("a", 3, Part.PRIMARY), ("b", 10, Part.OPEN), ("c", 30, Part.OPEN))
    tight = intervals(problem, [0, 1], by_words=True)["a"]
    assert (tight.low, tight.high) == (0, 3)
    assert "c" in choose(problem).secondary


def test_words_that_would_narrow_a_count_are_not_printed() -> None:
    """6 + 8 = 14 stays published: were both "fewer than 10", each would be 5 to 9."""
    cells = [
        Cell("april", 6, Part.PRIMARY), Cell("may", 8, Part.PRIMARY), Cell("both", 14, Part.FIXED),
        Cell("june", 4, Part.PRIMARY), Cell("july", 55), Cell("summer", 59, Part.FIXED),
    ]  # fmt: skip
    sums = [_sum("both", "april", "may"), _sum("summer", "june", "july")]
    choice = choose(Problem(cells, sums))
    assert choice.unnamed == {"april", "may"}
    assert choice.secondary == ("july",)
    assert choose(Problem(cells, sums), by_words=False).unnamed == frozenset()


def test_what_was_called_small_before_stays_so_and_the_other_is_silent() -> None:
    """Had August's report called both small, nothing could be asked back."""
    sums = [_sum("both", "april", "may")]
    april = Cell("april", 6, Part.PRIMARY, called=True)
    may, both = Cell("may", 8, Part.PRIMARY), Cell("both", 14, Part.FIXED)
    assert choose(Problem([april, may, both], sums)).unnamed == {"may"}
    all_called = Problem([april, replace(may, called=True), both], sums)
    assert choose(all_called).unnamed == frozenset()


def test_a_dear_cell_is_kept() -> None:
    cells = [
        Cell("a", 3, Part.PRIMARY),
        Cell("b", 40, weight=5),
        Cell("c", 37),
        Cell("all", 80, Part.FIXED),
    ]
    assert choose(Problem(cells, [_sum("all", "a", "b", "c")])).secondary == ("c",)


def test_what_an_earlier_edition_showed_gives_the_cell_away() -> None:
    """Year to date of both months printed before: nothing left to hide."""
    cells = [
        Cell("april", 14, Part.FIXED),
        Cell("may", 2, Part.PRIMARY),
        Cell("both", 16, Part.FIXED),
    ]
    with pytest.raises(CannotProtect, match="may"):
        choose(Problem(cells, [_sum("both", "april", "may")]))


def test_a_rounded_share_is_reckoned_with() -> None:
    """60 is 88 % of all: all is 67.8 to 68.6, so the others are 7.8 to 8.6: 8."""
    cells = [
        Cell("a", 3, Part.PRIMARY),
        Cell("b", 5, Part.PRIMARY),
        Cell("c", 60, Part.FIXED),
        Cell("all", 68),
    ]
    known = ratio_between({"c": 1}, {"all": 1}, 0.875, 0.885)
    problem = Problem(cells, [_sum("all", "a", "b", "c"), *known])
    whole = intervals(problem, [0, 1, 3], whole=True)
    assert (whole["all"].low, whole["all"].high) == (68, 68)
    with pytest.raises(CannotProtect):
        choose(problem)


def _years_to_date(part: Part) -> Problem:
    """To June 11 and to August 20 are printed; July and August alone, 4 and 5, nowhere."""
    cells = [
        Cell("to June", 11),
        Cell("to August", 20),
        Cell("July", 4, part),
        Cell("August", 5, part),
    ]
    return Problem(cells, [_sum("to August", "to June", "July", "August")])


def test_a_small_month_that_is_never_printed_does_not_come_out_by_subtraction() -> None:
    """20 less 11 is 9: each of both months is 0 to 9, which is less than ten wide."""
    assert choose(_years_to_date(Part.LATENT)).secondary == ()
    problem = _years_to_date(Part.DERIVED)
    choice = choose(problem)
    assert len(choice.secondary) == 1
    hidden = {problem.index[name] for name in choice.hidden}
    known = intervals(problem, sorted(hidden | {2, 3}))
    assert all(known[name].width >= 10 for name in ("July", "August"))


def test_what_is_never_printed_and_out_already_cannot_be_protected() -> None:
    cells = [Cell("June", 11, Part.FIXED), Cell("July", 4, Part.DERIVED)]
    both = Cell("both", 15, Part.FIXED)
    with pytest.raises(CannotProtect, match="July"):
        choose(Problem([*cells, both], [_sum("both", "June", "July")]))


def test_what_was_solved_before_is_not_solved_again() -> None:
    problem = _wards(("a", 3, Part.PRIMARY), ("b", 40, Part.OPEN), ("c", 17, Part.OPEN))
    solved: dict = {}
    first = choose(problem, solved=solved)
    assert len(solved) == 1
    kept = dict(solved)
    assert choose(problem, solved=solved) == first
    assert solved == kept


def test_a_relation_that_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="does not hold"):
        Problem([Cell("a", 3), Cell("b", 4)], [_sum("b", "a")])


def test_a_late_answer_is_safe_though_not_the_fewest() -> None:
    problem = _wards(
        ("a", 3, Part.PRIMARY), ("b", 40, Part.OPEN), ("c", 17, Part.OPEN), ("d", 25, Part.OPEN)
    )
    choice = choose(problem, seconds=0)
    found = intervals(problem, [problem.index[n] for n in choice.hidden])
    assert all(each.width >= 10 for each in found.values())
    assert not choice.fewest
