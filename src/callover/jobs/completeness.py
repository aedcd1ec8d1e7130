"""What each source owes a partnership, month by month: arrived, not supplied, late, not due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from callover.data.coverage import coverage, due_date, due_date_of, period_ends
from callover.domain.indicators import SourceDefinition
from callover.domain.periods import Month
from callover.domain.states import State
from callover.jobs.status import SourceStatus, source_states
from callover.jobs.workspace import Workspace

_VALUED = pa.array([state.value for state in State if state.has_value])
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


class Arrival(StrEnum):
    """How a source stands with a month."""

    ARRIVED = "arrived"
    NOT_SUPPLIED = "not_supplied"  # rows came that say why there is no value
    LATE = "late"
    NOT_DUE = "not_due"

    @property
    def words(self) -> str:
        """For readers."""
        return self.value.replace("_", " ")


@dataclass(frozen=True)
class Owed:
    """A source: its register entry, where it stands, and its months from the first to now."""

    definition: SourceDefinition
    status: SourceStatus
    months: Mapping[Month, Arrival]
    missed: int  # periods that were due and have not come
    first_owed: Month | None  # the earliest of these
    since: date | None  # the day on which that was due


def owed(
    workspace: Workspace, area: str, now: datetime | None = None, day: date | None = None
) -> tuple[Owed, ...]:
    """Every source that feeds an indicator of the partnership, or gave something; as known now,
    held against what is due on ``day`` (today unless one is named)."""
    moment = now or datetime.now(UTC)
    day = day or moment.date()
    partnership = workspace.partnership(area)
    catalogue = workspace.catalogue_of(partnership)
    states = source_states(workspace, catalogue, partnership, None, moment, day)
    came = _came(workspace, partnership.area, moment)
    return tuple(
        _owed(catalogue.sources[each.source], each, came.get(each.source, {}), day)
        for each in states
    )


def _owed(
    source: SourceDefinition, status: SourceStatus, came: Mapping[Month, bool], day: date
) -> Owed:
    # an answer that there is no figure is an answer: what is owed comes after it
    answered = max((*came, *([status.latest] if status.latest else ())), default=None)
    status = replace(status, coverage=coverage(source, answered, day))
    first = _first_owed(source, status)
    return Owed(
        source, status, _months(source, came, status.latest, day),
        periods_missed(source, status), first, due_date(source, first) if first else None,
    )  # fmt: skip


def _first_owed(source: SourceDefinition, status: SourceStatus) -> Month | None:
    """The period after the last that came; of a source that never gave anything the last due."""
    expected = status.coverage.expected
    if not status.coverage.is_late or expected is None or status.coverage.latest is None:
        return expected if status.coverage.is_late else None
    every = _MONTHS_IN.get(source.frequency, 1)
    return expected - (periods_missed(source, status) - 1) * every


def periods_missed(source: SourceDefinition, status: SourceStatus) -> int:
    """How many periods of the source were due and have not come."""
    every = _MONTHS_IN.get(source.frequency, 1)
    return -(-status.coverage.missed // every)


def _came(workspace: Workspace, area: str, moment: datetime) -> dict[str, dict[Month, bool]]:
    """By source the months with rows for the area, and whether one of them holds a value."""
    rows = workspace.store.observations(as_known_at=moment, areas={area})
    valued = pc.is_in(rows["state"], _VALUED)
    table = pa.table({"source": rows["source"], "end": rows["end"], "valued": valued})
    found: dict[str, dict[Month, bool]] = {}
    for row in table.group_by(["source", "end"]).aggregate([("valued", "max")]).to_pylist():
        months, month = found.setdefault(row["source"], {}), Month.containing(row["end"])
        months[month] = months.get(month, False) or row["valued_max"]
    return found


def _months(
    source: SourceDefinition, came: Mapping[Month, bool], latest: Month | None, today: date
) -> dict[Month, Arrival]:
    """From the first month that came (or, where none did, the last that was due) to this one."""
    this = Month.containing(today)
    last_period = period_ends(source, this)
    first = min(came, default=latest or last_period - 11)
    found: dict[Month, Arrival] = {}
    for index in range(first.index, this.index + 1):
        month = Month(index)
        if month in came:
            found[month] = Arrival.ARRIVED if came[month] else Arrival.NOT_SUPPLIED
        elif source.frequency in _MONTHS_IN and period_ends(source, month) == month:
            late = due_date_of(source, month) < today
            found[month] = Arrival.LATE if late else Arrival.NOT_DUE
    return found
