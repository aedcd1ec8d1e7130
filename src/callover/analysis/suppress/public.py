"""Figures as the public may see them: the same service, with small counts and what gives them away
withheld. Renderers and builders never know that there is another edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from callover.analysis.figures import Figures
from callover.analysis.process.chart import LONGEST
from callover.analysis.signals import YEAR, Signal, signal_of
from callover.analysis.suppress.behind import BASES, OF_YEAR_END, Count, counts_behind
from callover.analysis.suppress.problem import small
from callover.analysis.suppress.values import known_value, parts_of
from callover.domain.disclosure import NOT_SHOWN, WITHHELD, Rule
from callover.domain.figures import Figure
from callover.domain.periods import Month
from callover.domain.ratings import Rating, RatingResult
from callover.domain.rounding import half_up
from callover.domain.states import State

NO_SIGNAL = "withheld in the public edition"

_LOOKED_AT = ("level", "ytd", "rolling12", "ytd_change_pct", "rolling12_change_pct")
"""Measures that a rating, or the reason for none, may rest on."""


@dataclass
class PublicFigures:
    """Answers like ``Figures``. ``withheld`` are counts that are not small but give one away.

    ``printed`` collects every count that was given away, with its value, and ``kept_back`` every
    one that was not: from them the next choice of what to withhold is made.
    """

    inner: Figures
    rules: Mapping[str, Rule]
    withheld: frozenset[Count] = frozenset()
    unnamed: frozenset[Count] = frozenset()  # small ones that "fewer than 10" would give away
    printed: dict[Count, float] = field(default_factory=dict)
    kept_back: dict[Count, float] = field(default_factory=dict)
    called: set[Count] = field(default_factory=set)  # printed as "fewer than 10"

    def figure(
        self, indicator: str, measure: str, area: str, month: Month, peer_group: str = "",
        source: str = "", series: str = "",
    ) -> Figure:  # fmt: skip
        """One figure; SUPPRESSED with the words to print where it may not be shown."""
        found = self.inner.figure(indicator, measure, area, month, peer_group, source, series)
        if measure == "rating":
            return self._without_rating(found)
        if not found.known:
            return self._without_reason(found)
        why = self._why_hidden(found)
        if not why:
            return _coarse(found)
        if why != WITHHELD:
            self.called.update(self._hidden_behind(found))
        return replace(found, value=None, text="", state=State.SUPPRESSED, reason=why, of=None)

    def _without_reason(self, found: Figure) -> Figure:
        """A figure without a value, withheld where a hidden count is why: a per cent that cannot be
        worked out says that the count under it is 0. What has not come stays late or not due."""
        if found.state.is_awaited or not self._hidden_behind(found):
            return found
        return replace(found, state=State.SUPPRESSED, reason=WITHHELD)

    def rating(self, indicator: str, area: str, month: Month) -> RatingResult:
        """The colour, unless it gives away on which side of a limit a small count lies."""
        result = self.inner.rating(indicator, area, month)
        if result.computed in (Rating.NO_DATA, Rating.NOT_RATED):
            if self._tells_of_hidden(indicator, area, month, result.reason):
                return RatingResult(Rating.NOT_RATED, NOT_SHOWN)
            return result
        basis = self.inner.rating_basis(indicator, area, month)
        if basis is None or not self._why_hidden(basis):
            return result
        return RatingResult(Rating.NOT_RATED, NOT_SHOWN)

    def _tells_of_hidden(self, indicator: str, area: str, month: Month, reason: str) -> bool:
        """Whether the reason for no colour may tell of a hidden count: "the year before is 0", a
        change between years counted unlike, the last level that is known."""
        if self._looks_at_hidden(indicator, area, month):
            return True
        level = self.inner.figure(indicator, "level", area, month)
        rule = self.rules.get(level.source)
        is_count = self.inner.catalogue.series[level.series].unit.counts
        quoted = bool(level.reason) and level.reason in reason
        return quoted and is_count and rule is not None and rule.threshold > 0

    def _looks_at_hidden(self, indicator: str, area: str, month: Month, series: str = "") -> bool:
        """Whether what a rating may rest on is a count that may not be shown."""
        figures = (
            self.inner.figure(indicator, each, area, month, "", "", series) for each in _LOOKED_AT
        )
        return any(map(self._hidden_behind, figures))

    def peers(
        self, indicator: str, peer_group: str, month: Month
    ) -> Sequence[tuple[str, str, float]]:
        """Members of the group whose count behind the rate may be shown."""
        found = self.inner.peers(indicator, peer_group, month)
        return [each for each in found if self.figure(indicator, "rate", each[0], month).known]

    def rating_basis(self, indicator: str, area: str, month: Month) -> Figure | None:
        """The figure that the colour looks at, if it may be shown."""
        basis = self.inner.rating_basis(indicator, area, month)
        if basis is None:
            return None
        shown = self.figure(indicator, basis.measure, area, basis.month, source=basis.source)
        return shown if shown.known else None

    def members(self, peer_group: str, month: Month) -> Sequence[tuple[str, str]]:
        """Who is in a group is no count."""
        return self.inner.members(peer_group, month)

    def signal(self, indicator: str, area: str, month: Month) -> Signal:
        """The signal, unless a count behind its months or its two years may not be shown.

        What its sentence prints (the latest month, both years) is noted as given away; earlier
        months only shape the limits and are looked at without that.
        """
        found = signal_of(self.inner, indicator, area, month)
        if found.chart is None:
            latest = self.inner.figure(indicator, "month", area, month)
            if self._rests_on_hidden_months(latest):  # why there is no chart tells of them
                found = replace(found, why_not=NO_SIGNAL)
            if found.year is None:
                return found
        if self._rests_on_withheld(found):
            return Signal(indicator, area, month, why_not=NO_SIGNAL)
        return found

    def _rests_on_withheld(self, signal: Signal) -> bool:
        shown = [each.state is State.SUPPRESSED for each in self._printed_by(signal)]
        return any(shown) or any(map(self._hidden_behind, self._shaping(signal)))

    def _printed_by(self, signal: Signal) -> list[Figure]:
        """The latest month and both years, asked for as the public sees them."""
        name, area, month = signal.indicator, signal.area, signal.month
        found = []
        if signal.chart is not None:
            found.append(self.figure(name, "month", area, month, "", signal.source))
        if signal.year is not None:
            source = self.inner.figure(name, "rolling12", area, month).source
            found += [
                self.figure(name, "rolling12", area, each, "", source)
                for each in (month, month - YEAR)
            ]
        return found

    def _shaping(self, signal: Signal) -> list[Figure]:
        """The months before the latest that gave the limits."""
        first = signal.chart.first if signal.chart else signal.month
        months = [Month(index) for index in range(first.index, signal.month.index)]
        found = [
            self.inner.figure(signal.indicator, "month", signal.area, each, "", signal.source)
            for each in months
        ]
        return [each for each in found if each.known]

    def _hidden_behind(self, figure: Figure) -> list[Count]:
        """The counts that the figure gives away and that may not be shown."""
        behind = self._known(self._behind(figure))
        return [count for count, value in behind.items() if self._hidden(count, value)]

    def _without_rating(self, found: Figure) -> Figure:
        """A rating's figure as the colour may be shown; that of a component by its own counts."""
        known = self.inner.catalogue.indicators.get(found.indicator)
        if known is not None and found.series != known.series:
            if not self._looks_at_hidden(found.indicator, found.area, found.month, found.series):
                return found
            return replace(found, text=Rating.NOT_RATED.value, reason=NOT_SHOWN)
        shown = self.rating(found.indicator, found.area, found.month)
        return replace(found, text=shown.computed.value, reason=shown.reason)

    def _why_hidden(self, figure: Figure) -> str:
        """The words printed instead of the figure; empty where it may be shown."""
        behind = self._known(self._behind(figure))
        hidden = [c for c, value in behind.items() if self._hidden(c, value)]
        foretold = figure.measure in OF_YEAR_END and self._rests_on_hidden_months(figure)
        (self.kept_back if hidden or foretold else self.printed).update(behind)
        if not hidden:
            return WITHHELD if foretold else ""
        own = figure.measure in (*BASES, "level") and len(behind) == 1
        rule = self.rules[hidden[0].source]
        is_small = small(behind[hidden[0]], rule.threshold, rule.zero_hidden)
        named = own and is_small and hidden[0] not in self.unnamed
        return rule.words if named else WITHHELD

    def _rests_on_hidden_months(self, figure: Figure) -> bool:
        """Whether a month of the history that a forecast is made from may not be shown: who has the
        model could try guesses at it until the forecast is the printed one."""
        parts = parts_of(self.inner, figure) if "+" in figure.source else (figure,)
        for part in parts:
            first = part.month - (LONGEST - 1)
            for index in range(first.index, part.month.index + 1):
                asked = (part.indicator, "month", part.area, Month(index), "")
                if self._hidden_behind(self.inner.figure(*asked, part.source, part.series)):
                    return True
        return False

    def _behind(self, figure: Figure) -> tuple[Count, ...]:
        """The counts given away; those of every part for a headline that adds several sources."""
        catalogue, total = self.inner.catalogue, self.inner.held.total
        if figure.indicator not in catalogue.headlines or "+" not in figure.source:
            return counts_behind(catalogue, total, figure)
        parts = parts_of(self.inner, figure)
        return tuple(c for part in parts for c in counts_behind(catalogue, total, part))

    def _hidden(self, count: Count, value: float) -> bool:
        rule = self.rules[count.source]
        return small(value, rule.threshold, rule.zero_hidden) or count in self.withheld

    def _known(self, counts: Sequence[Count]) -> dict[Count, float]:
        """Values of the counts that are known and come from a source with a threshold."""
        found = {}
        for count in counts:
            rule = self.rules.get(count.source)
            if rule is None or not rule.threshold:
                continue
            value = known_value(self.inner, count)
            if value is not None:
                found[count] = value
        return found


def _coarse(figure: Figure) -> Figure:
    """What is expected, as the page prints it: the digits of a model's forecast would tell one
    guess at the hidden months behind it from another."""
    if figure.measure not in OF_YEAR_END or figure.value is None:
        return figure
    return replace(figure, value=half_up(figure.value))
