"""Invented figures of an invented partnership, each following from the others."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from callover.domain.periods import Month

AREAS = ("Norham", "Eastwell", "Castlebury", "Thornmere", "Wexcombe")
OFFENCES = (
    ("Burglary", "offences", "Entering a building as a trespasser with intent to steal."),
    ("Criminal damage", "offences", "Damage to homes, other buildings and parked vehicles."),
    ("Theft from vehicles", "offences", "Theft of anything from a parked vehicle or a trailer."),
    ("Robbery", "offences", "Theft with the use or the threat of force against a person."),
    ("Noise nuisance", "calls", "Calls about noise that were passed to the duty team."),
    ("Deliberate fires", "incidents", "Fires that the fire service believes were set on purpose."),
)
YEARS_TOLD = 4
STYLES = 2


def half_up(value: Fraction, decimals: int) -> Fraction:
    """``value`` rounded, halves away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def change(now: int, before: int) -> Fraction:
    """The change in per cent."""
    return Fraction(100 * (now - before), before)


@dataclass(frozen=True)
class Counted:
    """An indicator with its count of each month, to the month reported and years before it."""

    name: str
    noun: str
    definition: str
    month: Month
    by_month: dict[Month, int]
    population: int
    areas: int
    ranks: dict[Month, int]

    def between(self, first: Month, last: Month) -> int:
        return sum(self.by_month[first + i] for i in range(last.index - first.index + 1))

    def to_date(self, month: Month) -> int:
        return self.between(month.financial_year.first, month)

    def rolling(self, month: Month) -> int:
        return self.between(month - 11, month)

    def year(self, start: int) -> int:
        return self.between(Month.of(start, 4), Month.of(start + 1, 3))

    def rate(self, count: int) -> Fraction:
        return Fraction(1000 * count, self.population)

    @property
    def rise(self) -> Fraction:
        """The change of the twelve months to the month reported, in per cent."""
        return change(self.rolling(self.month), self.rolling(self.month - 12))


@dataclass(frozen=True)
class Treated:
    """Treatments that ended, and those of them that ended well, by month of this year."""

    ended: tuple[int, ...]
    well: tuple[int, ...]
    target: int


@dataclass(frozen=True)
class Facts:
    """Everything that one invented pack is made of."""

    area: str
    month: Month
    months: tuple[Month, ...]
    counted: tuple[Counted, ...]
    treated: Treated
    groups: tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]
    funding: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, tuple[int, ...]], ...]
    withheld: tuple[int, ...]
    style: int
    """Which of the wordings and layouts its pack has."""


def facts(seed: int) -> Facts:
    """The figures of one seed."""
    chance = random.Random(seed)
    month = Month.of(chance.randint(2018, 2024), 4) + chance.randint(4, 10)
    first = month.financial_year.first
    months = tuple(first + i for i in range(month.index - first.index + 1))
    population = chance.randint(120_000, 320_000)
    areas = chance.choice((14, 20, 24, 30))
    chosen = chance.sample(OFFENCES, 2)
    counted = tuple(_counted(chance, each, month, population, areas) for each in chosen)
    return Facts(
        chance.choice(AREAS), month, months, counted, _treated(chance, len(months)),
        _groups(chance), _funding(chance), _sources(chance),
        (0, *(chance.choice((0, 0, chance.randint(10, 30))) for _ in months[1:])),
        seed % STYLES,
    )  # fmt: skip


def _counted(
    chance: random.Random, what: tuple[str, str, str], month: Month, population: int, areas: int
) -> Counted:
    level, drift = chance.randint(60, 220), chance.uniform(-0.02, 0.02)
    back = 12 * (YEARS_TOLD + 2)
    by_month = {
        month - i: round(level * (1 - drift * i / 3) * chance.uniform(0.8, 1.2)) + 5
        for i in range(back)
    }
    ranks = {month - i: chance.randint(2, areas - 1) for i in range(12)}
    return Counted(*what, month, by_month, population, areas, ranks)


def _treated(chance: random.Random, months: int) -> Treated:
    ended = tuple(chance.randint(20, 60) for _ in range(months))
    well = tuple(chance.randint(each // 4, each * 3 // 4) for each in ended)
    target = round(sum(well) * chance.choice((0.9, 1.05, 1.4)))
    return Treated(ended, well, target)


_KINDS = (
    ("Violence", ("Violence with injury", "Violence without injury", "Harassment")),
    ("Theft", ("Shoplifting", "Theft from the person", "Bicycle theft", "Other theft")),
    ("Disorder", ("Public order", "Possession of weapons")),
)


def _groups(
    chance: random.Random,
) -> tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]:
    return tuple((group, tuple((name, *_two(chance)) for name in names)) for group, names in _KINDS)


def _two(chance: random.Random) -> tuple[int, int]:
    before = chance.randint(90, 900)
    return before + chance.choice((-1, 1)) * chance.randint(5, before // 3), before


def _funding(chance: random.Random) -> tuple[tuple[str, int], ...]:
    names = ("Youth outreach", "Victim support", "Street lighting", "Treatment places")
    return tuple((name, chance.randint(15, 240) * 1000 + 500) for name in names)


def _sources(chance: random.Random) -> tuple[tuple[str, tuple[int, ...]], ...]:
    names = ("Police", "Health", "Housing", "Schools", "Probation")
    return tuple((name, tuple(chance.randint(12, 95) for _ in range(3))) for name in names)
