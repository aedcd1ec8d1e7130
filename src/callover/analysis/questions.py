"""A question to the figures and its answer, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from callover.analysis.held import Held
from callover.analysis.points import Point
from callover.analysis.subjects import Subject
from callover.domain.periods import Month, PeriodKind
from callover.domain.states import State

CHANGE_UNIT = "percentage"
POINTS_UNIT = "percentage points"
RANK_UNIT = "rank"

KINDS = {
    "month": (PeriodKind.MONTH,),
    "ytd": (PeriodKind.YEAR_TO_DATE,),
    "rolling12": (PeriodKind.ROLLING12, PeriodKind.FINANCIAL_YEAR),
}
"""Period kinds that print a count's stretch as such; the first names it in records."""


@dataclass(frozen=True, slots=True)
class Question:
    """One measure of one subject from one source."""

    held: Held
    subject: Subject
    source: str
    area: str
    month: Month
    measure: str
    peer_group: str = ""

    def ask(self, **changes: object) -> Question:
        """The same question with something changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def series(self) -> str:
        """Id of the series asked about."""
        return self.subject.series.id


@dataclass(frozen=True, slots=True)
class Answer:
    """A value with its state, or the reason why there is none.

    ``known`` is when the last value behind it became known (seconds since 1970, 0: unknown).
    """

    value: float | None
    state: State
    unit: str
    kind: PeriodKind = PeriodKind.ROLLING12
    reason: str = ""
    published: bool = False
    of: int | None = None
    known: int = 0
    text: str = ""
    month: Month | None = None  # where it is not the month asked for
    source: str = ""  # where several speak together

    @property
    def given(self) -> bool:
        """Whether there is a value."""
        return self.value is not None or bool(self.text)


def nothing(
    unit: str,
    reason: str,
    state: State = State.NOT_SUPPLIED,
    kind: PeriodKind = PeriodKind.ROLLING12,
) -> Answer:
    """No value, and why."""
    return Answer(None, state, unit, kind, reason)


def published(
    q: Question, measure: str, unit: str, kinds: tuple[PeriodKind, ...] = ()
) -> Answer | None:
    """A number taken over as the source printed it, None where it printed none."""
    point = q.held.points.at(q.source, q.series, q.area, q.month, measure, q.peer_group, kinds)
    return None if point is None else of_point(point, unit)


def of_point(point: Point, unit: str) -> Answer:
    """A point as an answer."""
    return Answer(
        point.amount if point.state.has_value else None,
        point.state,
        unit,
        point.kind,
        published=True,
        known=point.known,
    )


def moment(seconds: int) -> str:
    """ISO date and time of a number of seconds since 1970; empty for 0."""
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else ""


def seconds(text: str) -> int:
    """The same backwards."""
    return int(datetime.fromisoformat(text).timestamp()) if text else 0
