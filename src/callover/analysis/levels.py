"""The latest level of an indicator: snapshot, cohort, window; else the latest twelve months."""

from __future__ import annotations

import numpy as np

from callover.analysis.counts import compared, count
from callover.analysis.points import Point
from callover.analysis.questions import POINTS_UNIT, Answer, Question, nothing
from callover.analysis.subjects import is_percentage
from callover.domain.indicators import SeriesKind
from callover.domain.periods import Month, PeriodKind

OWN_DATES = (PeriodKind.SNAPSHOT, PeriodKind.COHORT, PeriodKind.WINDOW)


def level(q: Question) -> Answer:
    """``level``, ``level_previous`` or ``level_change``; ``Answer.month`` is the period's last."""
    comparison = q.measure.partition("_")[2]
    if comparison == "change":
        unit = POINTS_UNIT if is_percentage(q.subject.series) else q.subject.series.unit.value
        now = level(q.ask(measure="level"))
        before = level(q.ask(measure="level_previous"))
        found = compared(now, before, "change", unit)
        return _dated(found, now.month, before.reason)
    if q.subject.series.kind in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
        return _of_points(q, earlier=comparison == "previous")
    latest = latest_month(q)
    if latest is None:
        return nothing(q.subject.series.unit.value, "nothing is known yet")
    month = latest - 12 if comparison else latest
    found = count(q.ask(measure="rolling12", month=month))
    return _dated(found, month, f"in the twelve months to {month.name}")


def _dated(answer: Answer, month: Month | None, reason: str) -> Answer:
    """An answer that belongs to another month than the one asked for."""
    return Answer(answer.value, answer.state, answer.unit, answer.kind, answer.reason or reason,
                  answer.published, answer.of, answer.known, answer.text, month)  # fmt: skip


def _of_points(q: Question, earlier: bool) -> Answer:
    """The newest point that ends by the month, or the one before it with a value."""
    unit = q.subject.series.unit.value
    held = q.held.points.latest(q.source, q.series, q.area, q.month, OWN_DATES)
    if not held:
        return nothing(unit, "nothing is known yet", kind=PeriodKind.SNAPSHOT)
    if earlier:
        before = [p for p in held[1:] if p.amount is not None and p.kind is held[0].kind]
        if not before:
            return nothing(unit, "nothing earlier is known", kind=held[0].kind)
        return _point(before[0], unit)
    newest = _point(held[0], unit)
    known = next((p for p in held if p.amount is not None), None)
    if newest.value is None and known is not None:
        reason = f"last known {known.amount:g} {dates(known)}"
        return Answer(None, newest.state, unit, newest.kind, reason, month=newest.month)
    return newest


def _point(point: Point, unit: str) -> Answer:
    """A point with its dates in words."""
    value = point.amount if point.state.has_value else None
    return Answer(value, point.state, unit, point.kind, dates(point),
                  published=point.numerator is None, known=point.known,
                  month=point.month)  # fmt: skip


def dates(point: Point) -> str:
    """``on 31 March 2016``; ``for people followed from October 2013 to September 2014``."""
    if point.kind is PeriodKind.SNAPSHOT:
        return f"on {point.end.day} {point.month.name}"
    first = Month.containing(point.start).name
    who = "for people followed from" if point.kind is PeriodKind.COHORT else "from"
    return f"{who} {first} to {point.month.name}"


def latest_month(q: Question) -> Month | None:
    """The last month, not after the one asked for, whose twelve months are known."""
    place = q.held.place(q.source, q.series, q.area)
    if place is None:
        return _latest_published(q)
    cube = q.held.cube
    until = min(q.month.index - cube.first.index + 1, cube.months)
    if until <= 0:
        return None
    row, column = place
    known = np.flatnonzero(~np.isnan(q.held.measured.values("rolling12")[row, :until, column]))
    return cube.first + int(known[-1]) if len(known) else _latest_published(q)


def _latest_published(q: Question) -> Month | None:
    """The last month for which twelve months of a percentage were published."""
    kinds = (PeriodKind.ROLLING12, PeriodKind.FINANCIAL_YEAR)
    held = q.held.points.latest(q.source, q.series, q.area, q.month, kinds)
    return held[0].month if held else None
