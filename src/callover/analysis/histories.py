"""The months of an indicator that a judgement may use: measured or derived, counted alike.

Period totals and estimates never enter: nothing is spread over months that nobody counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.held import Held
from callover.analysis.process.chart import History
from callover.analysis.subjects import Subject
from callover.domain.breaks import PracticeBreak, Reach
from callover.domain.indicators import Rebase, SeriesKind
from callover.domain.periods import Month
from callover.domain.states import State

USABLE = (State.FINAL.code, State.PROVISIONAL.code, State.DERIVED.code)


def histories_of(
    held: Held, subject: Subject, area: str, rebases: Sequence[Rebase] = ()
) -> dict[str, History]:
    """The subject's months by source, those that hold any, the preferred source first.

    ``rebases`` begin limits anew; a forecast knows nothing of them.
    """
    place = held.aliases.get(area, area)
    found = {}
    for source in subject.sources:
        history = history_of(held, subject, source, place, rebases)
        if history is not None and not np.all(np.isnan(history.values)):
            found[source] = history
    return found


def history_of(
    held: Held, subject: Subject, source: str, area: str, rebases: Sequence[Rebase] = ()
) -> History | None:
    """The months of one source; None where it holds none of the subject's series there."""
    series = subject.series
    ratio = series.kind is SeriesKind.RATIO
    values = months_of(held, source, series.numerator if ratio else series.id, area)
    wholes = months_of(held, source, series.denominator, area) if ratio else None
    if ratio and (values is None or wholes is None):
        values, wholes = months_of(held, source, series.id, area), None
    if values is None:
        return None
    begins = (*_breaks(subject, source, area), *_rebased(subject, rebases))
    return History(held.cube.first, values, series.unit, wholes, begins)


def months_of(held: Held, source: str, series: str, area: str) -> Numbers | None:
    """Every month in the cube, NaN where it was not measured or derived; None without a place."""
    place = held.place(source, series, area)
    if place is None:
        return None
    row, column = place
    values = held.measured.values("month")[row, :, column]
    states = held.measured.states("month")[row, :, column]
    return np.where(np.isin(states, USABLE), values, np.nan)


def _breaks(subject: Subject, source: str, area: str) -> Iterator[tuple[Month, str]]:
    """Months from which on nothing earlier is counted alike."""
    breaks: tuple[PracticeBreak, ...] = subject.indicator.breaks if subject.indicator else ()
    for each in breaks:
        if each.reach is Reach.COUNTS and each.concerns(source, area):
            yield _first_alike(each), f"counting changed ({each.word})"


def _rebased(subject: Subject, rebases: Sequence[Rebase]) -> Iterator[tuple[Month, str]]:
    """Months from which on limits are worked out anew, signed."""
    for each in rebases:
        if each.indicator == subject.id:
            yield each.from_month, f"limits were set anew ({each.reason}; {each.signed_by})"


def _first_alike(change: PracticeBreak) -> Month:
    """The first month that is counted the new way throughout."""
    month = Month.containing(change.on)
    return month if change.on.day == 1 else month + 1
