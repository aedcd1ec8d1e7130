"""A breakdown says that it adds up only where the printed rows do (REP-08)."""

from __future__ import annotations

from callover.report.blocks import Cell, Row
from callover.report.build.offence_sums import ADDS_UP, GROUPS_ADD_UP, addition

PERIODS = {1: "12 months to September 2016", 2: "12 months to September 2015"}


def row(kind: str, title: str, *values: float | None) -> Row:
    return Row((Cell(title), *(Cell("", value=value) for value in values)), kind)


def tree(robbery: float = 5, business: float | None = 2, whole: float = 9) -> list[Row]:
    return [
        row("subtotal", "Robbery", robbery, 4),
        row("body", "Personal robbery", 3, 3),
        row("body", "Business robbery", business, 1),
        row("subtotal", "Burglary", 4, 6),
        row("body", "Dwelling", 4, 6),
        row("total", "All offences", whole, 10),
    ]


def test_what_adds_up_is_said_to() -> None:
    assert addition(tree(), PERIODS) == ADDS_UP


def test_a_group_that_does_not_is_named_with_the_difference_and_the_period() -> None:
    said = addition(tree(robbery=6, whole=10), PERIODS)
    assert ADDS_UP not in said
    assert (
        "Robbery, 12 months to September 2016: its types come to 5, 1 fewer than its total." in said
    )
    assert "Burglary" not in said


def test_the_whole_is_held_against_its_groups() -> None:
    said = addition(tree(whole=7), PERIODS)
    assert "All offences, 12 months to September 2016: the groups come to 9, 2 more than" in said
    assert "Robbery" not in said


def test_what_is_not_known_is_not_added_up() -> None:
    said = addition(tree(business=None), PERIODS)
    assert said == "Not everything under robbery is known, so that it cannot be added up."


def test_a_breakdown_without_types_claims_nothing_of_them() -> None:
    bare = [each for each in tree() if each.kind != "body"]
    assert addition(bare, PERIODS) == GROUPS_ADD_UP
