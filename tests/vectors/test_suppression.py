"""Suppression against the vectors: safe, and no more hidden than the fewest."""

from __future__ import annotations

from callover.analysis.suppress import Cell, Part, Problem, Relation, choose, intervals
from vectors.folder import json_cases

SMALL_BELOW = 5  # "from 1 to 4 must be hidden; 0 may be published"


def _problem(case) -> Problem:
    stays = set(case["cells_that_must_stay_published"])
    hidden = set(case["primary_hidden"])

    def part(name: str) -> Part:
        return Part.PRIMARY if name in hidden else Part.FIXED if name in stays else Part.OPEN

    cells = [
        Cell(name, value, part(name), SMALL_BELOW, zero_hidden=False)
        for name, value in case["cells"].items()
    ]
    return Problem(cells, [Relation(each["sum_to_zero"]) for each in case["relations"]])


def test_safe_and_no_more_than_the_fewest() -> None:
    for case in json_cases("suppression_cases.json"):
        problem = _problem(case)
        choice = choose(problem, by_words=False)
        assert set(choice.primary) == set(case["primary_hidden"]), case["case_id"]
        assert len(choice.secondary) <= case["minimum_secondary_count"], case["case_id"]
        hidden = [problem.index[name] for name in choice.hidden]
        assert all(found.width >= SMALL_BELOW for found in intervals(problem, hidden).values()), (
            case["case_id"]
        )


def test_intervals_of_the_printed_choice() -> None:
    for case in json_cases("suppression_cases.json"):
        problem = _problem(case)
        hidden = [problem.index[name] for name in case["expected_hidden_one_minimum_choice"]]
        found = intervals(problem, hidden)
        for name, (low, high) in case[
            "interval_of_hidden_cells_if_only_nonnegative_is_known"
        ].items():
            assert (round(found[name].low, 6), round(found[name].high, 6)) == (low, high)


def test_what_gives_a_cell_away() -> None:
    for case in json_cases("suppression_cases.json"):
        problem = _problem(case)
        for left_out, told in case["recoverable_if_this_secondary_is_left_out"].items():
            chosen = set(case["expected_hidden_one_minimum_choice"]) - {left_out}
            found = intervals(problem, [problem.index[name] for name in chosen])
            assert sorted(n for n, each in found.items() if each.width < 1e-6) == sorted(told)
