"""Where the financial year will end, as measures: total, its 80 % interval, chance of the target.

The formulas and the choice between a model and copying last year stand in ``analysis.forecast``.
"""

from __future__ import annotations

from callover.analysis.forecast import YearEnd
from callover.analysis.forecast import year_end as forecast
from callover.analysis.forecast.kept import KeptInFolder
from callover.analysis.histories import history_of
from callover.analysis.judged import target_of
from callover.analysis.process.chart import NotEnough
from callover.analysis.questions import CHANGE_UNIT, Answer, Question, nothing
from callover.domain.periods import PeriodKind
from callover.domain.states import State

KIND = PeriodKind.FINANCIAL_YEAR


def year_end(q: Question) -> Answer:
    """``year_end``, ``year_end_low``, ``year_end_high``: the expected total and its 80 % interval.

    An estimate, until March is counted.
    """
    unit = q.subject.series.unit.value
    found = _found(q)
    if isinstance(found, NotEnough):
        return nothing(unit, f"not enough to say: {found.reason}", State.NOT_APPLICABLE, KIND)
    low, high = found.interval(80)
    value = {"year_end": found.expected, "year_end_low": low, "year_end_high": high}[q.measure]
    return Answer(value, _state(found), unit, KIND, _how(found))


def target_chance(q: Question) -> Answer:
    """Of a hundred such years, in how many the target would be met."""
    found = _found(q)
    if isinstance(found, NotEnough):
        reason = f"not enough to say: {found.reason}"
        return nothing(CHANGE_UNIT, reason, State.NOT_APPLICABLE, KIND)
    if found.chance is None:
        return nothing(CHANGE_UNIT, found.why_no_chance, State.NOT_APPLICABLE, KIND)
    return Answer(100 * found.chance, _state(found), CHANGE_UNIT, KIND, _how(found))


def _found(q: Question) -> YearEnd | NotEnough:
    """The forecast from the question's source, worked out once."""
    key = (q.subject.id, q.series, q.source, q.area, q.month)
    if key not in q.held.year_ends:
        q.held.year_ends[key] = _forecast(q)
    return q.held.year_ends[key]


def _forecast(q: Question) -> YearEnd | NotEnough:
    history = history_of(q.held, q.subject, q.source, q.area)
    if history is None:
        return NotEnough("no months are held")
    direction = q.subject.direction_in(q.month)
    target = target_of(q, direction) if q.subject.own else q.subject.target(q.month, q.area)
    kept = KeptInFolder(q.held.store_root) if q.held.store_root else None
    return forecast(history, q.month, target, kept, direction)


def _state(found: YearEnd) -> State:
    return State.FINAL if found.known else State.ESTIMATED


def _how(found: YearEnd) -> str:
    """Which method, and why not the other."""
    if found.known:
        return "the year is over"
    if found.why_naive:
        return f"each month as a year before, for {found.why_naive}"
    compared = found.comparison
    if compared is None:
        return found.method
    errors = f"{compared.error:.0f} against {compared.naive_error:.0f}"
    return (
        f"{found.method}, nearer than last year's months in {compared.tries} tries (missed by "
        f"{errors} on average)"
    )
