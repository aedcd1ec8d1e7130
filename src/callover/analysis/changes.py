"""What changed between two views of a partnership's figures, and what made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from callover.analysis.drivers import Moved, RateSplit, moved, rate_split
from callover.domain.indicators import Catalogue, Indicator
from callover.domain.periods import Month

YEAR = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A value with the source that gave it."""

    value: float
    source: str


class View(Protocol):
    """What can be compared."""

    @property
    def label(self) -> str:
        """How to name it in a sentence."""
        ...

    @property
    def month(self) -> Month:
        """The month that it is about."""
        ...

    @property
    def area(self) -> str:
        """Code of the area that it is about."""
        ...

    def holds(self, indicator: str) -> bool:
        """Whether the indicator is a part of it: a pack may be built for some alone."""
        ...

    def seen(self, indicator: str, measure: str, month: Month, source: str = "") -> Seen | None:
        """The value of an indicator's own series, None where it is not known."""
        ...

    def rating(self, indicator: str) -> str:
        """The colour's word, empty where none was given."""
        ...


@dataclass(frozen=True, slots=True)
class Changed:
    """An indicator on both sides. ``moved`` splits the change of its twelve months, ``rate`` that
    of its rate; None where a part is not known on its side."""

    indicator: Indicator
    before: Seen | None
    now: Seen | None
    moved: Moved | None = None
    rate_before: float | None = None
    rate_now: float | None = None
    rate: RateSplit | None = None
    rating_before: str = ""
    rating_now: str = ""

    @property
    def differs(self) -> bool:
        """Whether a value or the colour is another."""
        values = (self.before.value if self.before else None, self.now.value if self.now else None)
        return values[0] != values[1] or self.rating_before != self.rating_now


def diff(before: View, now: View, catalogue: Catalogue, names: Sequence[str]) -> list[Changed]:
    """Every indicator of both that is known on either side, in the set's order."""
    both = [name for name in names if before.holds(name) and now.holds(name)]
    found = [_changed(before, now, catalogue.indicators[name]) for name in both]
    return [each for each in found if each.before or each.now or each.rating_now]


def in_one_only(before: View, now: View, names: Sequence[str]) -> list[str]:
    """The indicators that one of both leaves out: nothing can be said of them."""
    return [name for name in names if before.holds(name) != now.holds(name)]


def _changed(before: View, now: View, indicator: Indicator) -> Changed:
    name = indicator.id
    old, new = _alike(before, now, name)
    rates = [view.seen(name, "rate", view.month) for view in (before, now)]
    return Changed(
        indicator,
        old,
        new,
        _moved(before, now, indicator, old, new),
        rates[0].value if rates[0] else None,
        rates[1].value if rates[1] else None,
        _rate(before, now, indicator, rates),
        before.rating(name),
        now.rating(name),
    )


def _alike(before: View, now: View, name: str) -> tuple[Seen | None, Seen | None]:
    """Both sides from one source where one gives both: that of now, else that of then."""
    new, old = now.seen(name, "rolling12", now.month), before.seen(name, "rolling12", before.month)
    if old is None or new is None or old.source == new.source:
        return old, new
    then = before.seen(name, "rolling12", before.month, new.source)
    if then is not None:
        return then, new
    today = now.seen(name, "rolling12", now.month, old.source)
    return (old, today) if today is not None else (old, new)


def _moved(
    before: View, now: View, indicator: Indicator, old: Seen | None, new: Seen | None
) -> Moved | None:
    """The months that came, went and were revised; only for counts of one source."""
    if old is None or new is None or old.source != new.source:
        return None
    if not indicator.unit.counts:
        return None
    windows = [[view.month.index - i for i in range(YEAR)] for view in (before, now)]
    then, known = (
        {
            index: seen.value
            for index in {*windows[0], *windows[1]}
            if (seen := view.seen(indicator.id, "month", Month(index), new.source)) is not None
        }
        for view in (before, now)
    )
    return moved((old.value, windows[0]), (new.value, windows[1]), then, known)


def _rate(
    before: View, now: View, indicator: Indicator, rates: Sequence[Seen | None]
) -> RateSplit | None:
    """Counts and residents behind the two rates; the count is what the rate and residents imply
    where it was not kept apart."""
    if indicator.rate is None or rates[0] is None or rates[1] is None:
        return None
    sides = []
    for view, rate in ((before, rates[0]), (now, rates[1])):
        people = view.seen(indicator.id, "rate_denominator", view.month, rate.source)
        people = people or view.seen(indicator.id, "rate_denominator", view.month)
        if people is None:
            return None
        sides.append((rate.value * people.value / indicator.rate.per, people.value))
    (count_before, people_before), (count_now, people_now) = sides
    return rate_split(count_before, count_now, people_before, people_now, indicator.rate.per)
