"""What made an indicator's change: its parts, the months of its year, the areas of its group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from callover.analysis.drivers import Contribution, contributions
from callover.analysis.figures import Figures
from callover.domain.errors import UnknownName
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month
from callover.domain.units import Unit

Ask = Callable[..., Figure]
"""``ask(measure, month=…, source=…, series=…)``: a figure of the indicator in its own area."""


class By(Enum):
    """What a change is split into."""

    PARTS = "parts"
    MONTHS = "months"
    AREAS = "areas"


@dataclass(frozen=True, slots=True)
class Driven:
    """A change and what made it, the largest first; ``why_not`` where nothing can be said.

    What no line explains is one line more, so that they always add up to the change.
    """

    by: By
    source: str = ""
    before: float = 0.0
    now: float = 0.0
    parts: tuple[Contribution, ...] = ()
    why_not: str = ""

    @property
    def change(self) -> float:
        """Now less before."""
        return self.now - self.before


def by_parts(ask: Ask, catalogue: Catalogue, series: str) -> Driven:
    """Twelve months against the twelve before, by the parts of the series."""
    whole = _pair(ask, "rolling12")
    if whole is None:
        return Driven(By.PARTS, why_not="twelve months and the twelve before are not both known")
    source = ask("rolling12").source
    parts = {
        catalogue.series[part].title: pair
        for part in catalogue.series[series].parts
        if (pair := _pair(ask, "rolling12", source=source, series=part)) is not None
    }
    return _split(By.PARTS, source, whole, parts, "not known by part")


def by_months(ask: Ask, month: Month) -> Driven:
    """The year to date against the year before, by its months."""
    whole = _pair(ask, "ytd")
    if whole is None:
        return Driven(By.MONTHS, why_not="this year and the year before are not both known")
    source = ask("ytd").source
    first = month.financial_year.first
    months = [first + i for i in range(month.index - first.index + 1)]
    parts = {
        each.name: (then.value, now.value)
        for each in months
        if (now := ask("month", month=each, source=source)).value is not None
        and (then := ask("month", month=each - 12, source=source)).value is not None
    }
    return _split(By.MONTHS, source, whole, parts, "months known only together")


def by_areas(
    areas: Iterable[tuple[str, str]], ask_of: Callable[[str, str], Figure], source: str
) -> Driven:
    """Twelve months of all ``areas`` (code, name) together, by area: each one's share of the force.

    ``ask_of(area, measure)`` gives a figure from ``source``.
    """
    parts = {}
    for code, name in areas:
        now, then = (ask_of(code, measure).value for measure in ("rolling12", "rolling12_previous"))
        if now is not None and then is not None:
            parts[name] = (then, now)
    whole = (sum(a for a, _ in parts.values()), sum(b for _, b in parts.values()))
    if len(parts) < 2:
        return Driven(By.AREAS, why_not="no counts of other areas are held")
    return _split(By.AREAS, source, whole, parts, "")


def _pair(ask: Ask, measure: str, **where: str) -> tuple[float, float] | None:
    """The value a year before, and now."""
    now, before = ask(measure, **where).value, ask(f"{measure}_previous", **where).value
    return None if now is None or before is None else (before, now)


def _split(
    by: By,
    source: str,
    whole: tuple[float, float],
    parts: Mapping[str, tuple[float | None, float | None]],
    rest: str,
) -> Driven:
    known = {name: (a, b) for name, (a, b) in parts.items() if a is not None and b is not None}
    if not known:
        return Driven(by, source, *whole, why_not=f"it has no {by.value} of which both are known")
    before, now = ({name: pair[i] for name, pair in known.items()} for i in (0, 1))
    found = contributions(before, now, rest, whole)
    if by is By.MONTHS:  # as the year goes, what is left last
        order = [*known, rest]
        found.sort(key=lambda part: order.index(part.name))
    return Driven(by, source, *whole, tuple(found))


def driven(
    figures: Figures, indicator: str, area: str, month: Month, by: By, peers: str = ""
) -> Driven:
    """What made the change of one indicator.

    ``peers`` is the group whose areas are compared; the largest of the indicator's own where none
    is named. Raises UnknownName for an indicator or a group.
    """
    known = figures.catalogue.indicators
    headline = known.get(indicator) or figures.catalogue.headlines.get(indicator)
    if headline is None:
        raise UnknownName("indicator", indicator, tuple(known))
    series = figures.catalogue.series[headline.series]
    if not series.unit.adds or series.unit is Unit.MONEY:
        return Driven(by, why_not=f"{series.unit.value} is no count that adds up")

    def ask(measure: str, month: Month = month, source: str = "", series: str = "") -> Figure:
        return figures.figure(indicator, measure, area, month, "", source, series)

    if by is By.PARTS:
        return by_parts(ask, figures.catalogue, series.id)
    if by is By.MONTHS:
        return by_months(ask, month)
    source = ask("rolling12").source
    return by_areas(
        members(figures, indicator, month, peers),
        lambda code, measure: figures.figure(indicator, measure, code, month, "", source),
        source,
    )


def members(
    figures: Figures, indicator: str, month: Month, peers: str = ""
) -> list[tuple[str, str]]:
    """Code and name of the areas of a group that are known by name. Raises UnknownName."""
    groups = figures.catalogue.peer_groups
    if peers and peers not in groups:
        raise UnknownName("peer group", peers, tuple(groups))
    own = [peers] if peers else list(figures.groups_of(indicator))
    found = [[(code, name) for code, name, _ in figures.peers(indicator, each, month)]
             for each in own]  # fmt: skip
    return max(found, key=len, default=[])
