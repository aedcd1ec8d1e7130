"""What a figure counts. Units are types: unlike things never add."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """The thing counted. Percentages never add."""

    OFFENCES = "offences"
    VICTIMS = "victims"
    INCIDENTS = "incidents"
    CALLS = "calls"
    CHILDREN = "children"
    PEOPLE = "people"
    ORDERS = "orders"
    HOMES = "homes"
    REFERRALS = "referrals"
    VISITS = "visits"
    ANSWERS = "answers"
    MONEY = "money"
    PERCENTAGE = "percentage"

    @property
    def adds(self) -> bool:
        """Whether values of this unit may be summed over time, areas or parts."""
        return self is not Unit.PERCENTAGE

    @property
    def counts(self) -> bool:
        """Whether it counts things, whose chance can be reckoned: no percentage and no money."""
        return self.adds and self is not Unit.MONEY

    @property
    def singular(self) -> str:
        """The word for one of them."""
        irregular = {Unit.CHILDREN: "child", Unit.PEOPLE: "person", Unit.MONEY: "pound"}
        return irregular.get(self, self.value.removesuffix("s"))


class UnlikeUnits(TypeError):
    """Two figures of different units, or of a unit that never adds, were to be added."""


def common_unit(units: list[Unit]) -> Unit:
    """The one unit in which ``units`` may be added; raises UnlikeUnits otherwise."""
    distinct = set(units)
    if len(distinct) != 1:
        raise UnlikeUnits(f"cannot add {', '.join(sorted(distinct))}: they count different things")
    unit = distinct.pop()
    if not unit.adds:
        raise UnlikeUnits(f"{unit} never add: remake the ratio from numerator and denominator")
    return unit
