"""Headline sums: indicators added up, each from the source that speaks for it.

The only place where two sources meet in one number; it is named as such by its sources joined
with a plus (the MOPAC 7, IND-13).
"""

from __future__ import annotations

from typing import Protocol

from callover.analysis.counts import compared
from callover.analysis.questions import CHANGE_UNIT, KINDS, Answer, nothing, seconds
from callover.analysis.subjects import Subject
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month, PeriodKind
from callover.domain.states import weakest

ADDED = frozenset(
    [
        f"{base}{comparison}"
        for base in ("month", "ytd", "rolling12", "baseline")
        for comparison in ("", "_previous", "_change", "_change_pct")
    ]
)
"""Measures of a headline that are made from its parts' figures."""


class PartFigures(Protocol):
    """What a headline needs: the figure of each of its parts."""

    catalogue: Catalogue

    def figure(
        self, indicator: str, measure: str, area: str, month: Month, *, series: str = ""
    ) -> Figure:
        """The figure from the part's own preferred source."""
        ...


def composite(
    figures: PartFigures, subject: Subject, measure: str, area: str, month: Month
) -> Answer:
    """A headline's count, or its comparison with a year before or with the baseline year."""
    base, _, comparison = measure.partition("_")
    if base == "baseline":
        return _baseline(figures, subject, comparison, area, month)
    now = _added(figures, subject, base, area, month)
    if not comparison:
        return now
    before = _added(figures, subject, f"{base}_previous", area, month)
    return before if comparison == "previous" else _compared(now, before, comparison, subject)


def _baseline(
    figures: PartFigures, subject: Subject, comparison: str, area: str, month: Month
) -> Answer:
    if subject.baseline is None:
        return nothing(subject.series.unit.value, "the headline has no baseline year")
    before = _added(figures, subject, "rolling12", area, subject.baseline.last)
    if not comparison:
        return before
    now = _added(figures, subject, "rolling12", area, month)
    return _compared(now, before, comparison, subject)


def _compared(now: Answer, before: Answer, comparison: str, subject: Subject) -> Answer:
    unit = CHANGE_UNIT if comparison == "change_pct" else subject.series.unit.value
    found = compared(now, before, comparison, unit)
    return Answer(found.value, found.state, unit, found.kind, found.reason, known=found.known,
                  source=now.source)  # fmt: skip


def _added(figures: PartFigures, subject: Subject, measure: str, area: str, month: Month) -> Answer:
    """The sum of the parts' figures; none unless every part is known."""
    base = measure.partition("_")[0]
    kind = KINDS.get(base, (PeriodKind.ROLLING12,))[0]
    parts = [_part(figures, subject, name, measure, area, month) for name in subject.series.parts]
    sources = "+".join(sorted({part.source for part in parts if part.known}))
    missing = [part.series for part in parts if part.value is None]
    state = weakest(part.state for part in parts)
    if missing:
        reason = f"not known: {', '.join(missing)}"
        return nothing(subject.series.unit.value, reason, state, kind)
    total = sum(part.value for part in parts if part.value is not None)
    known = max(seconds(part.known_at) for part in parts)
    return Answer(total, state, subject.series.unit.value, kind, known=known, source=sources)


def _part(
    figures: PartFigures, subject: Subject, series: str, measure: str, area: str, month: Month
) -> Figure:
    """The figure of the part's own indicator, else of the series under the headline."""
    for indicator in figures.catalogue.indicators.values():
        if indicator.series == series:
            return figures.figure(indicator.id, measure, area, month)
    return figures.figure(subject.id, measure, area, month, series=series)
