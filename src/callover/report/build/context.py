"""What every section builder works with: the questions to the figures service, and a record of
every figure that was printed, so that the pack file can trace each number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from callover.analysis.changes import View
from callover.analysis.exceptions import Exceptions, Judged, exceptions_of
from callover.analysis.signals import Signal
from callover.domain.breaks import PracticeBreak, counted_apart
from callover.domain.disclosure import is_printed
from callover.domain.errors import Finding
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue, Indicator, Partnership
from callover.domain.peers import PeerGroup
from callover.domain.periods import Month
from callover.domain.ratings import RatingResult
from callover.domain.states import State
from callover.domain.targets import Target, in_force
from callover.report import words
from callover.report.commentary import Commentary
from callover.report.selection import Selection

MOST_LAG = 15
"""Months back to look for the latest twelve that a slow source gave."""


class FigureService(Protocol):
    """What builders ask of the analysis; ``analysis.signalled.SignalledFigures`` offers it."""

    def figure(
        self,
        indicator: str,
        measure: str,
        area: str,
        month: Month,
        peer_group: str = "",
        source: str = "",
        series: str = "",
    ) -> Figure:
        """One figure; its state says why where there is none."""
        ...

    def rating(self, indicator: str, area: str, month: Month) -> RatingResult:
        """The rating with its reason."""
        ...

    def peers(
        self, indicator: str, peer_group: str, month: Month
    ) -> Sequence[tuple[str, str, float]]:
        """Code, name and rate of every member of the group that has a rate."""
        ...

    def rating_basis(self, indicator: str, area: str, month: Month) -> Figure | None:
        """The figure that the colour looks at; None where there is none."""
        ...

    def members(self, peer_group: str, month: Month) -> Sequence[tuple[str, str]]:
        """Code and name of every member of the group that is known by name."""
        ...

    def signal(self, indicator: str, area: str, month: Month) -> Signal:
        """What moved more than chance; ``why_not`` says what is missing where nothing is said."""
        ...


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A register line for the notes: what a source gave, until when, in which condition; ``bare``
    without the number of its findings, which tells of counts that are withheld."""

    source: str
    title: str
    owner: str
    latest: str
    received: str
    state: str
    bare: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a source said of the month instead of giving a value."""

    source: str
    series: str
    state: State
    note: str = ""


@dataclass
class PackContext:
    """One partnership, one month, one moment of knowledge."""

    partnership: Partnership
    catalogue: Catalogue
    service: FigureService
    month: Month
    known_at: datetime
    indicators: tuple[Indicator, ...]
    commentary: Mapping[str, Commentary] = field(default_factory=dict)
    carried: Mapping[str, tuple[Commentary, ...]] = field(default_factory=dict)  # newest first
    findings: Sequence[Finding] = ()
    sources: Sequence[SourceNote] = ()
    selection: Selection = field(default_factory=dict)
    edition: str = "restricted"
    last: View | None = None  # the pack before this one, of the same edition
    progress: Callable[[str, float], None] = lambda _what, _share: None
    fed: frozenset[str] = frozenset()  # series for which any source said anything
    fed_by: frozenset[tuple[str, str]] = frozenset()  # source and series that it said anything of
    withheld: Sequence[Withheld] = ()
    unfed: tuple[Indicator, ...] = ()  # of those asked for, the ones that nothing came for
    used: dict[str, Figure] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    _evidence: dict[tuple[str, ...], Exceptions] = field(default_factory=dict, init=False)

    @property
    def written(self) -> dict[str, Commentary]:
        """The analyst's words on what is reported, by indicator; those on others are read by nobody
        for this report."""
        reported = {indicator.id for indicator in self.indicators}
        return {name: each for name, each in sorted(self.commentary.items()) if name in reported}

    def figure(
        self,
        indicator: Indicator | str,
        measure: str,
        month: Month | None = None,
        peer_group: str = "",
        source: str = "",
        series: str = "",
    ) -> Figure:
        """A figure of the partnership's area, noted as used."""
        name = indicator if isinstance(indicator, str) else indicator.id
        figure = self.service.figure(
            name, measure, self.partnership.area, month or self.month, peer_group, source, series
        )
        if figure.known:
            self.used.setdefault(figure.key, figure)
        return figure

    def value(self, indicator: Indicator | str, measure: str, **where: object) -> float | None:
        """The value of a figure, None where there is none."""
        return self.figure(indicator, measure, **where).value  # type: ignore[arg-type]

    def rating(self, indicator: Indicator) -> RatingResult:
        """The indicator's rating this month."""
        return self.service.rating(indicator.id, self.partnership.area, self.month)

    def signal(self, indicator: Indicator) -> Signal:
        """What moved more than chance this month."""
        return self.judged(indicator).signal

    def judged(self, indicator: Indicator) -> Judged:
        """The indicator's signal beside its rating, with its place in the evidence."""
        found = self.exceptions().by_indicator.get(indicator.id)
        return found or self._among((indicator,)).judged[0]

    def exceptions(self) -> Exceptions:
        """All indicators of the report, the strongest evidence first."""
        return self._among(self.indicators)

    def _among(self, indicators: tuple[Indicator, ...]) -> Exceptions:
        """Some indicators judged as one list; reckoned once."""
        names = tuple(each.id for each in indicators)
        if names not in self._evidence:
            area, month = self.partnership.area, self.month
            self._evidence[names] = exceptions_of(self.service, indicators, area, month)
        return self._evidence[names]

    def target(self, indicator: Indicator, month: Month | None = None) -> Target | None:
        """The target in force."""
        return in_force(indicator.targets, month or self.month, self.partnership.area)

    def groups_of(self, indicator: Indicator) -> tuple[PeerGroup, ...]:
        """The peer groups the indicator is compared in."""
        return tuple(self.catalogue.peer_groups[name] for name in indicator.peer_groups)

    def source_title(self, source: str) -> str:
        """The register's name of a source."""
        known = self.catalogue.sources.get(source)
        return known.title if known else source

    def rate_of(self, indicator: Indicator) -> str:
        """Whom a rate counts per thousand of: residents, households, residents of an age."""
        return words.rate_of(self.catalogue, indicator)

    def latest_twelve(self, indicator: Indicator) -> Figure | None:
        """The latest twelve months that are known, for sources that lag or give years only.

        None where the month's own twelve are known and only withheld: an older figure is not the
        latest.
        """
        if is_printed(self.figure(indicator, "rolling12").reason):
            return None
        for back in range(1, MOST_LAG + 1):
            figure = self.figure(indicator, "rolling12", self.month - back)
            if figure.known:
                return figure
        return None

    def has_history(self, indicator: Indicator) -> bool:
        """Whether a source ever said anything about it, if only why there is no value."""
        return bool(self.made_of(indicator.series) & self.fed)

    def gave(self, source: str, indicator: Indicator) -> bool:
        """Whether this source ever said anything about what the indicator is made of."""
        return any((source, series) in self.fed_by for series in self.made_of(indicator.series))

    def breaks(self, indicator: Indicator) -> tuple[PracticeBreak, ...]:
        """Changes in recording up to the month, of the sources that gave something."""
        area, gave = self.partnership.area, {source for source, _ in self.fed_by} or {""}
        return tuple(
            each
            for each in indicator.breaks
            if each.on <= self.month.last_day
            and any(each.concerns(source, area) for source in gave)
        )

    def counted_apart(
        self, indicator: Indicator, figure: Figure, before: Month | None = None
    ) -> PracticeBreak | None:
        """The change of counting between the figure's period and an earlier one, if any.

        The earlier one ends with the month ``before``, a year earlier unless given.
        """
        area = self.partnership.area
        return counted_apart(
            indicator.breaks, figure.measure, figure.month, figure.source, area, before
        )

    def line_counted_apart(self, line: Figure) -> PracticeBreak | None:
        """The same for a line of the offence table: of its own indicator or naming the line."""
        found = [
            each
            for indicator in self.catalogue.indicators.values()
            for each in indicator.breaks
            if line.series in (indicator.series, *each.series)
        ]
        return counted_apart(found, line.measure, line.month, line.source, self.partnership.area)

    def made_of(self, name: str) -> set[str]:
        """A series with everything it is summed or divided from."""
        series = self.catalogue.series.get(name)
        if series is None:
            return set()
        below = [p for p in (*series.parts, series.numerator, series.denominator) if p]
        return {name}.union(*(self.made_of(part) for part in below))

    def page_title(self, indicator: Indicator) -> str:
        """Anchor of the indicator's one-page summary."""
        return f"page-{indicator.shares_page_of or indicator.id}"
