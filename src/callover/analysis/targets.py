"""Where a target stands at a month: due by now, reached, still needed."""

from __future__ import annotations

from callover.analysis import measures
from callover.analysis.counts import count, scalar
from callover.analysis.questions import CHANGE_UNIT, Answer, Question, nothing
from callover.domain.periods import PeriodKind
from callover.domain.states import State
from callover.domain.targets import Target

KIND = PeriodKind.YEAR_TO_DATE


def target_to_date(q: Question) -> Answer:
    """The share of the year's target due by the month, with its own rounding (MEA-16, MEA-17)."""
    unit = q.subject.series.unit.value
    target = q.subject.target(q.month, q.area)
    due = target.to_date(q.month) if target else None
    if target is None or due is None:
        reason = "no target is spread over the months of this year"
        return nothing(unit, reason, State.NOT_APPLICABLE, KIND)
    return Answer(due, State.FINAL, unit, KIND, _how(target, q.month.position))


def _how(target: Target, position: int) -> str:
    """``257 × 6 / 12``, or that a profile was agreed."""
    if target.profile:
        return "from the agreed monthly profile"
    return f"{target.value:g} × {position} / 12, rounded {target.rounding.value.replace('_', ' ')}"


def target_gap(q: Question) -> Answer:
    """Year to date less what the target allows or asks for by now."""
    due, now = target_to_date(q), count(q.ask(measure="ytd"))
    if due.value is None or now.value is None:
        return nothing(due.unit, due.reason or now.reason, _weaker_state(due, now), KIND)
    value = scalar(measures.change, now.value, due.value)
    return Answer(value, now.state, due.unit, KIND, due.reason, known=now.known)


def progress(q: Question) -> Answer:
    """Year to date as per cent of the target to date (MEA-18)."""
    due, now = target_to_date(q), count(q.ask(measure="ytd"))
    if due.value is None or now.value is None:
        return nothing(CHANGE_UNIT, due.reason or now.reason, _weaker_state(due, now), KIND)
    value = scalar(measures.per_cent_of, now.value, due.value)
    if value is None:
        return nothing(CHANGE_UNIT, "nothing is due yet", State.NOT_APPLICABLE, KIND)
    return Answer(value, now.state, CHANGE_UNIT, KIND, due.reason, known=now.known)


def needed_per_month(q: Question) -> Answer:
    """What a month needs (or may have) from now to March to meet the year's target (MEA-17)."""
    unit = q.subject.series.unit.value
    target, now = q.subject.target(q.month, q.area), count(q.ask(measure="ytd"))
    left = 12 - q.month.position
    due = target.to_date(q.month) if target else None
    if target is None or due is None or now.value is None or left == 0:
        reason = "the year is over" if left == 0 else now.reason or "no count is targeted"
        return nothing(unit, reason, State.NOT_APPLICABLE if due is None else now.state, KIND)
    whole = target.to_date(q.month.financial_year.last) or 0.0
    value = measures.needed_per_month(whole, now.value, left)
    return Answer(value, now.state, unit, KIND, f"{left} months left", known=now.known)


def _weaker_state(*answers: Answer) -> State:
    return max((answer.state for answer in answers), key=lambda state: state.code)
