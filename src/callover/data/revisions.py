"""Published sums carried forward by later corrections of what lies in them (docs/adr/0004).

A sum that became known before a month in it was corrected still holds the month's old value. Mixed
with the corrected month it would move months that nobody corrected, so it is carried forward by the
difference first. Every version has the moment it became known: the old value is in the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from callover.data.potentials import AGREES, TRUST
from callover.domain.periods import Month, Period, PeriodKind
from callover.domain.states import State, weakest

SUM_KINDS = tuple(kind.value for kind in PeriodKind if kind.is_sum)
SAME_MOMENT = timedelta(milliseconds=1)
"""A file that revises another of the very same moment is stored just after it."""

Place = tuple[str, str, str]
"""A source, a series and an area."""

Row = Mapping[str, Any]
"""A row of a table with the columns of ``Store.observations``."""

_COLUMNS = ("source", "series", "area", "kind", "start", "end", "value", "state", "known_from",
            "import")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A value of a period from the moment it became known."""

    known: datetime
    number: int  # of the import
    value: float | None
    state: State


@dataclass(frozen=True, slots=True)
class Change:
    """What a later correction of a period adds to the sums published before it."""

    period: Period
    by: float
    known: datetime
    state: State

    def __str__(self) -> str:
        """``plus 2 by the later correction of September 2016``."""
        sign = "plus" if self.by > 0 else "less"
        return f"{sign} {abs(self.by):,.10g} by the later correction of {_said(self.period)}"


@dataclass(frozen=True, slots=True)
class Carried:
    """A published sum with the corrections that it does not hold yet."""

    place: Place
    period: Period
    published: float
    changes: tuple[Change, ...]

    @property
    def value(self) -> float:
        """The sum as it is known now."""
        return self.published + sum(change.by for change in self.changes)

    @property
    def reason(self) -> str:
        """``as published 62, plus 2 by the later correction of September 2016``."""
        said = ", ".join(str(change) for change in self.changes)
        return f"as published {self.published:,.10g}, {said}"


def carried_forward(
    table: pa.Table, earlier: pa.Table, never_added: Collection[str] = ()
) -> tuple[pa.Table, tuple[Carried, ...]]:
    """The table with its sums carried forward, and which they are.

    ``earlier`` are versions of the same values that no longer hold. Both have the columns of
    ``Store.observations``. ``never_added`` are series that count percentages.
    """
    if not earlier.num_rows:
        return table, ()
    before = _sums(earlier, earlier, never_added)
    revised = {_place(row) for row in before}
    current = [row for row in _sums(table, earlier, never_added) if _place(row) in revised]
    histories: dict[Place, History] = defaultdict(History)
    for row in (*before, *current):
        histories[_place(row)].add(row)
    found: dict[int, Carried] = {}
    for row in current:
        if row["value"] is not None:
            changes = histories[_place(row)].changes(_period(row))
            if abs(sum(change.by for change in changes)) > AGREES:
                found[row["at"]] = Carried(_place(row), _period(row), row["value"], changes)
    return _with(table, found), tuple(found.values())


@dataclass
class History:
    """Every version of one source's sums of a series in an area."""

    versions: dict[Period, list[Version]] = field(default_factory=lambda: defaultdict(list))
    _revised: list[Period] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """One more version; in any order."""
        period, versions = _period(row), self.versions[_period(row)]
        if any((v.known, v.number) == (row["known_from"], row["import"]) for v in versions):
            return
        versions.append(Version(row["known_from"], row["import"], row["value"],
                                State(str(row["state"]))))  # fmt: skip
        versions.sort(key=lambda version: version.known)
        if len(versions) == 2:
            self._revised.append(period)
            self._revised.sort(key=_longest_first)

    def changes(self, period: Period) -> tuple[Change, ...]:
        """Corrections that became known after the version of ``period`` that holds now."""
        now = self.versions[period][-1]
        return tuple(self._changes(period, now, None))

    def _changes(self, period: Period, since: Version, until: Version | None) -> Iterator[Change]:
        """What moved inside ``period`` between two moments, each stretch of it told once."""
        told: list[Period] = []
        for inner in self._revised:
            if not _lies_in(inner, period) or any(_overlap(inner, other) for other in told):
                continue
            before, after = self._at(inner, since), self._at(inner, until)
            if before is None or after is None or None in (before.value, after.value):
                continue
            if before.value == after.value:  # what moved in it is told by its own months
                continue
            told.append(inner)
            by = self._amount(inner, after, until) - self._amount(inner, before, since)
            if abs(by) > AGREES:
                yield Change(inner, by, after.known, after.state)

    def _amount(self, period: Period, held: Version, moment: Version | None) -> float:
        """A version's value with the corrections inside it known by a moment."""
        inside = self._changes(period, held, moment)
        return (held.value or 0.0) + sum(change.by for change in inside)

    def _at(self, period: Period, moment: Version | None) -> Version | None:
        """The version of a period that held when another became known; the last for no moment."""
        known = [v for v in self.versions[period] if moment is None or _held_by(v, moment)]
        return known[-1] if known else None


def _held_by(version: Version, moment: Version) -> bool:
    """Whether a version was known when another became known; of one moment, by order of files."""
    if version.known <= moment.known:
        return True
    return version.known - moment.known <= SAME_MOMENT and version.number <= moment.number


def _lies_in(inner: Period, outer: Period) -> bool:
    """Whether a period lies in a longer one, or is the same stretch, printed as a surer kind."""
    within = outer.start <= inner.start and inner.end <= outer.end
    same = (inner.start, inner.end) == (outer.start, outer.end)
    return within and (not same or TRUST.index(inner.kind) < TRUST.index(outer.kind))


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _longest_first(period: Period) -> tuple[int, int, date]:
    return -(period.end - period.start).days, TRUST.index(period.kind), period.start


def _sums(table: pa.Table, like: pa.Table, never_added: Collection[str]) -> list[Row]:
    """Counts over months, of series and areas in ``like``, with their place in the table."""
    numbered = table.select([*_COLUMNS]).append_column("at", pa.array(range(table.num_rows)))
    counts = pc.and_(
        pc.is_in(table["kind"], pa.array(SUM_KINDS)), pc.equal(table["measure"], "value")
    )
    adding = pc.invert(pc.is_in(table["series"], pa.array(sorted(never_added), pa.string())))
    wanted = pc.and_(counts, adding)
    for name in ("series", "area"):
        wanted = pc.and_(wanted, pc.is_in(table[name], pc.unique(like[name])))
    rows: list[Row] = numbered.filter(wanted).to_pylist()
    return rows


def _place(row: Row) -> Place:
    return str(row["source"]), str(row["series"]), str(row["area"])


def _period(row: Row) -> Period:
    return Period(PeriodKind(str(row["kind"])), row["start"], row["end"])


def _with(table: pa.Table, found: Mapping[int, Carried]) -> pa.Table:
    """The table with the carried values, derived, known since the last correction in them."""
    if not found:
        return table
    columns = {name: table[name].to_pylist() for name in ("value", "state", "note", "known_from")}
    for at, carried in found.items():
        states = (State(columns["state"][at]), *(change.state for change in carried.changes))
        known = (columns["known_from"][at], *(change.known for change in carried.changes))
        note = columns["note"][at]
        columns["value"][at] = carried.value
        columns["state"][at] = weakest((State.DERIVED, *states)).value
        columns["note"][at] = f"{note}; {carried.reason}" if note else carried.reason
        columns["known_from"][at] = max(known)
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.array(values, table.schema.field(name).type))
    return table


def _said(period: Period) -> str:
    """``September 2016``; ``April 2016 to June 2016``."""
    first, last = Month.containing(period.start).name, Month.containing(period.end).name
    return last if first == last else f"{first} to {last}"


def by_place(carried: Iterable[Carried]) -> dict[Place, Sequence[Carried]]:
    """Carried sums by source, series and area."""
    found: dict[Place, list[Carried]] = defaultdict(list)
    for each in carried:
        found[each.place].append(each)
    return dict(found)
