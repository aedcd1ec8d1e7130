"""The months of an indicator that a judgement may use: measured or derived, counted alike.

Period totals and estimates never enter: nothing is spread over months that nobody counted.
"""

from __future__ import annotations

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.figures import Figures
from callover.analysis.held import Held
from callover.analysis.process.chart import History
from callover.analysis.subjects import Subject, subject_of
from callover.domain.breaks import PracticeBreak, Reach
from callover.domain.indicators import SeriesKind
from callover.domain.periods import Month
from callover.domain.states import State

USABLE = (State.FINAL.code, State.PROVISIONAL.code, State.DERIVED.code)


def histories_of(figures: Figures, indicator: str, area: str) -> dict[str, History]:
    """The indicator's months by source, those that hold any, the preferred source first."""
    subject = subject_of(figures.catalogue, indicator)
    place = figures.held.aliases.get(area, area)
    found = {}
    for source in subject.sources:
        history = _history(figures, subject, source, place)
        if history is not None and not np.all(np.isnan(history.values)):
            found[source] = history
    return found


def _history(figures: Figures, subject: Subject, source: str, area: str) -> History | None:
    held, series = figures.held, subject.series
    ratio = series.kind is SeriesKind.RATIO
    values = months_of(held, source, series.numerator if ratio else series.id, area)
    wholes = months_of(held, source, series.denominator, area) if ratio else None
    if ratio and (values is None or wholes is None):
        values, wholes = months_of(held, source, series.id, area), None
    if values is None:
        return None
    return History(
        held.cube.first, values, series.unit, wholes, _begins(figures, subject, source, area)
    )


def months_of(held: Held, source: str, series: str, area: str) -> Numbers | None:
    """Every month in the cube, NaN where it was not measured or derived; None without a place."""
    place = held.place(source, series, area)
    if place is None:
        return None
    row, column = place
    values = held.measured.values("month")[row, :, column]
    states = held.measured.states("month")[row, :, column]
    return np.where(np.isin(states, USABLE), values, np.nan)


def _begins(
    figures: Figures, subject: Subject, source: str, area: str
) -> tuple[tuple[Month, str], ...]:
    """Months from which on nothing earlier compares: changed counting, signed rebases."""
    breaks: tuple[PracticeBreak, ...] = subject.indicator.breaks if subject.indicator else ()
    found = [
        (_first_alike(each), f"counting changed ({each.word})")
        for each in breaks
        if each.reach is Reach.COUNTS and each.concerns(source, area)
    ]
    partnership = figures.partnership
    if partnership is not None and partnership.area == area:
        found += [
            (each.from_month, f"limits were set anew ({each.reason}; {each.signed_by})")
            for each in partnership.rebases
            if each.indicator == subject.id
        ]
    return tuple(found)


def _first_alike(change: PracticeBreak) -> Month:
    """The first month that is counted the new way throughout."""
    month = Month.containing(change.on)
    return month if change.on.day == 1 else month + 1
