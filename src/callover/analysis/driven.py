"""What made an indicator's change: its parts, the months of its year, the areas of its group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from callover.analysis.drivers import Contribution, contributions
from callover.analysis.figures import Figures
from callover.domain.breaks import counted_apart
from callover.domain.errors import UnknownName
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month

Ask = Callable[..., Figure]
"""``ask(measure, month=…, source=…, series=…)``: a figure of the indicator in its own area."""

Members = Callable[[str], Sequence[tuple[str, str]]]
"""Code and name of the members of a group."""

ALONE = "no counts of other areas are held"

TOGETHER = "months known only together"


class By(Enum):
    """What a change is split into."""

    PARTS = "parts"
    MONTHS = "months"
    AREAS = "areas"


@dataclass(frozen=True, slots=True)
class Driven:
    """A change and what made it; ``why_not`` where nothing can be said.

    Months stand as the year goes, other parts the largest first. What no line explains is one line
    more, so that they always add up to the change. ``group`` is the peer group whose areas are
    split: then the change is that of all of them together.
    """

    by: By
    source: str = ""
    before: float = 0.0
    now: float = 0.0
    parts: tuple[Contribution, ...] = ()
    why_not: str = ""
    group: str = ""

    @property
    def change(self) -> float:
        """Now less before."""
        return self.now - self.before


def by_parts(ask: Ask, catalogue: Catalogue, series: str) -> Driven:
    """Twelve months against the twelve before, by the parts of the series."""
    whole = _pair(ask, "rolling12")
    if whole is None:
        usual = "twelve months and the twelve before are not both known"
        return Driven(By.PARTS, why_not=ask("rolling12").why_awaited or usual)
    source = _one_source(ask("rolling12"))
    parts = {
        catalogue.series[part].title: pair
        for part in catalogue.series[series].parts
        if (pair := _pair(ask, "rolling12", source=source, series=part)) is not None
    }
    return _split(By.PARTS, source, whole, parts, "not known by part")


def by_months(ask: Ask, month: Month, rest: str = TOGETHER) -> Driven:
    """The year to date against the year before, by its months."""
    whole = _pair(ask, "ytd")
    if whole is None:
        usual = "this year and the year before are not both known"
        return Driven(By.MONTHS, why_not=ask("ytd").why_awaited or usual)
    source = _one_source(ask("ytd"))
    first = month.financial_year.first
    months = [first + i for i in range(month.index - first.index + 1)]
    parts = {
        each.name: (then.value, now.value)
        for each in months
        if (now := ask("month", month=each, source=source)).value is not None
        and (then := ask("month", month=each - 12, source=source)).value is not None
    }
    found = _split(By.MONTHS, source, whole, parts, rest)
    order = [*parts, rest]
    return replace(found, parts=tuple(sorted(found.parts, key=lambda p: order.index(p.name))))


def by_areas(
    group: str, areas: Iterable[tuple[str, str]], ask_of: Callable[[str, str], Figure], source: str
) -> Driven:
    """Twelve months of all ``areas`` (code, name) of a group together, by area.

    ``ask_of(area, measure)`` gives a figure from ``source``.
    """
    parts = {}
    for code, name in areas:
        now, then = (ask_of(code, measure).value for measure in ("rolling12", "rolling12_previous"))
        if now is not None and then is not None:
            parts[name] = (then, now)
    if len(parts) < 2:
        return Driven(By.AREAS, why_not=ALONE)
    whole = (sum(a for a, _ in parts.values()), sum(b for _, b in parts.values()))
    return replace(_split(By.AREAS, source, whole, parts, ""), group=group)


def of_largest_group(
    groups: Iterable[str],
    members: Members,
    ask_of: Callable[[str, str], Figure],
    source: str,
) -> Driven:
    """``by_areas`` of the group of which most counts are held."""
    found = [by_areas(group, members(group), ask_of, source) for group in groups]
    return max(found, key=lambda each: len(each.parts), default=Driven(By.AREAS, why_not=ALONE))


def driven(
    figures: Figures, indicator: str, area: str, month: Month, by: By, peers: str = ""
) -> Driven:
    """What made the change of one indicator or headline.

    ``peers`` is the group whose areas are split; the largest of the indicator's own where none is
    named. Raises UnknownName for an indicator or a group.
    """
    catalogue = figures.catalogue
    known = {**catalogue.headlines, **catalogue.indicators}
    if indicator not in known:
        raise UnknownName("indicator", indicator, tuple(known))
    if peers and peers not in catalogue.peer_groups:
        raise UnknownName("peer group", peers, tuple(catalogue.peer_groups))
    series = catalogue.series[known[indicator].series]
    if not series.unit.counts:
        return Driven(by, why_not=f"{series.unit.value} is no count that adds up")

    apart = _counted_apart(figures, indicator, area, month, by)
    if apart:
        return Driven(by, why_not=f"both years were not counted alike: {apart}")
    ask = _asking(figures, indicator, area, month)
    if by is By.PARTS:
        return by_parts(ask, catalogue, series.id)
    if by is By.MONTHS:
        return by_months(ask, month)
    source = _one_source(ask("rolling12"))
    return of_largest_group(
        [peers] if peers else figures.groups_of(indicator),
        lambda group: figures.members(group, month, area),
        lambda code, measure: figures.figure(indicator, measure, code, month, "", source),
        source,
    )


def _asking(figures: Figures, indicator: str, area: str, at: Month) -> Ask:
    """Figures of an indicator or headline. A part of a headline is what its own indicator says."""
    known = figures.catalogue.indicators
    of_series = {} if indicator in known else {each.series: each.id for each in known.values()}

    def ask(measure: str, month: Month = at, source: str = "", series: str = "") -> Figure:
        if series in of_series:
            return figures.figure(of_series[series], measure, area, month)
        return figures.figure(indicator, measure, area, month, "", source, series)

    return ask


def _counted_apart(figures: Figures, name: str, area: str, month: Month, by: By) -> str:
    """The change of counting between the years that a change compares, in words."""
    measure = "ytd" if by is By.MONTHS else "rolling12"
    indicator = figures.catalogue.indicators.get(name)
    if indicator is None:
        return ""
    source = figures.figure(name, measure, area, month).source
    changed = counted_apart(indicator.breaks, measure, month, source, area)
    return changed.said if changed else ""


def _one_source(figure: Figure) -> str:
    """The figure's source; none where several gave it, each for its own parts."""
    return "" if "+" in figure.source else figure.source


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
    return Driven(by, source, *whole, tuple(contributions(before, now, rest, whole)))
