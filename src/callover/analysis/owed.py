"""Not due yet, late or not supplied: what a month without a figure is on the day of knowledge."""

from __future__ import annotations

from dataclasses import replace

from callover.analysis.held import Held
from callover.analysis.measured import closure
from callover.analysis.questions import Answer, Question
from callover.data.coverage import due_date_of
from callover.domain.periods import Month
from callover.domain.states import State

_OF_OTHER_DAYS = ("level_", "baseline")
"""Measures that lack an earlier value, of which nothing is owed any more."""

_SAID = {
    State.NOT_DUE: "is not due yet, its source says",
    State.LATE: "is late, its source says",
}


def with_what_is_owed(q: Question, answer: Answer) -> Answer:
    """The answer; where nothing came, *not due* before the source's due day, *late* after it.

    What a source said of the month itself stays, and so does "not supplied" of a month after which
    the source gave others: it went on without it. Due on the day itself, it may still come.
    """
    source = q.held.catalogue.sources.get(answer.source or q.source)
    today = q.held.today
    if answer.given or source is None or today is None or q.measure.startswith(_OF_OTHER_DAYS):
        return answer
    if answer.state in _SAID:
        return replace(answer, reason=_SAID[answer.state])
    if answer.state is not State.NOT_SUPPLIED:
        return answer
    month = q.month - 12 if q.measure.endswith("_previous") else q.month
    latest = _latest(q.held, source.id, q.series, q.area)
    if latest is not None and latest >= month:
        return answer
    due = due_date_of(source, month)
    when = f"{due.day} {Month.containing(due).name}"
    if due >= today:
        return replace(answer, state=State.NOT_DUE, reason=f"is not due until {when}")
    if latest is None or source.frequency == "once":
        return answer
    return replace(answer, state=State.LATE, reason=f"was due on {when} and has not come")


def _latest(held: Held, source: str, series: str, area: str) -> Month | None:
    """The last month of which the source said anything, of the series or what it is made of."""
    wanted = closure([series], held.catalogue.series)
    said = (held.last_said.get((source, name, area)) for name in wanted)
    return max((month for month in said if month is not None), default=None)
