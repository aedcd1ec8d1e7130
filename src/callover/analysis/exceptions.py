"""What a board should look at first: changes that are more than chance, and where colour and
evidence part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from callover.analysis.process.alarms import expected_alarms, kept
from callover.analysis.process.verdicts import Variation
from callover.analysis.signals import Signal
from callover.domain.indicators import Indicator
from callover.domain.periods import Month
from callover.domain.ratings import Direction, Rating, RatingResult

UNCLEAR = 0.05
"""Share of years that did not change and yet lie outside a 95 % interval."""


class Standing(StrEnum):
    """What the evidence says of an indicator."""

    CONCERN = "concern"
    STRONG = "strong"
    CHANGED = "changed"  # clearly different, where neither way is better
    QUIET = "no clear change"
    NOT_ENOUGH = "not enough to say"


class Disagreement(StrEnum):
    """How colour and evidence part."""

    RED_BUT_QUIET = "red, but the change may be chance"
    RED_BUT_BETTER = "red, but clearly better than before"
    GREEN_BUT_CONCERN = "green, but clearly worse than before"


@dataclass(frozen=True, slots=True)
class Judged:
    """An indicator's signal beside its colour."""

    signal: Signal
    rating: Rating
    standing: Standing
    disagreement: Disagreement | None = None
    kept: bool = False  # remains when false alarms are held to a tenth of the list

    @property
    def says(self) -> bool:
        """Whether the evidence says anything."""
        return self.standing is not Standing.NOT_ENOUGH


@dataclass(frozen=True, slots=True)
class Exceptions:
    """All indicators, the strongest evidence first, and how many would stand out by chance."""

    judged: tuple[Judged, ...]
    expected_alarms: float

    def of(self, standing: Standing) -> tuple[Judged, ...]:
        """Those of one standing, strongest first."""
        return tuple(each for each in self.judged if each.standing is standing)

    @property
    def by_indicator(self) -> dict[str, Judged]:
        """The judged indicators by id."""
        return {each.signal.indicator: each for each in self.judged}

    @property
    def kept(self) -> tuple[Judged, ...]:
        """Those that remain when false alarms are held to a tenth of the list."""
        return tuple(each for each in self.judged if each.kept)

    @property
    def disagreeing(self) -> tuple[Judged, ...]:
        """Those whose colour and evidence part."""
        return tuple(each for each in self.judged if each.disagreement)


class JudgingService(Protocol):
    """What judging asks of the figures service of an edition."""

    def rating(self, indicator: str, area: str, month: Month) -> RatingResult:
        """The rating with its reason."""
        ...

    def signal(self, indicator: str, area: str, month: Month) -> Signal:
        """What moved more than chance."""
        ...


def exceptions_of(
    service: JudgingService, indicators: Sequence[Indicator], area: str, month: Month
) -> Exceptions:
    """The evidence on some indicators of an area in a month, ranked as one list."""
    return exceptions(
        [service.signal(each.id, area, month) for each in indicators],
        {each.id: service.rating(each.id, area, month).shown for each in indicators},
        {each.id: each.direction_in(month) for each in indicators},
    )


def exceptions(
    signals: Sequence[Signal],
    ratings: Mapping[str, Rating],
    directions: Mapping[str, Direction],
) -> Exceptions:
    """Signals with their standing, ranked by evidence. Mappings are by indicator."""
    remaining = set(kept({each.indicator: each.p for each in signals if _says(each)}))
    judged = [
        _judged(each, ratings[each.indicator], directions[each.indicator], remaining)
        for each in signals
    ]
    judged.sort(key=lambda each: (each.signal.p, each.signal.indicator))
    lengths = [len(each.chart.values) for each in signals if each.chart is not None]
    years = sum(each.year is not None for each in signals)
    return Exceptions(tuple(judged), expected_alarms(lengths) + UNCLEAR * years)


def _says(signal: Signal) -> bool:
    return signal.chart is not None or signal.year is not None


def _judged(signal: Signal, rating: Rating, direction: Direction, remaining: set[str]) -> Judged:
    standing = standing_of(signal, direction)
    return Judged(
        signal, rating, standing, _disagreement(rating, standing), signal.indicator in remaining
    )


def standing_of(signal: Signal, direction: Direction) -> Standing:
    """By the month's verdict; where the month says nothing, by the year's clear change."""
    by_month = {
        Variation.CONCERN: Standing.CONCERN,
        Variation.IMPROVEMENT: Standing.STRONG,
        Variation.HIGHER: Standing.CHANGED,
        Variation.LOWER: Standing.CHANGED,
    }
    if signal.variation in by_month:
        return by_month[signal.variation]
    if signal.year is not None and signal.year.clear:
        up = signal.year.value > signal.year.none
        if direction not in (Direction.LOWER, Direction.HIGHER):
            return Standing.CHANGED
        return Standing.STRONG if up == (direction is Direction.HIGHER) else Standing.CONCERN
    return Standing.QUIET if _says(signal) else Standing.NOT_ENOUGH


def _disagreement(rating: Rating, standing: Standing) -> Disagreement | None:
    if rating is Rating.RED and standing is Standing.QUIET:
        return Disagreement.RED_BUT_QUIET
    if rating is Rating.RED and standing is Standing.STRONG:
        return Disagreement.RED_BUT_BETTER
    if rating is Rating.GREEN and standing is Standing.CONCERN:
        return Disagreement.GREEN_BUT_CONCERN
    return None
