"""What the files told of one area: who spoke of what, and who said why there is no value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from callover.data.store import Store
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report.build.context import Withheld

_VALUED = pa.array([state.value for state in State if state.has_value])


def told_of(store: Store, area: str, aliases: Mapping[str, str], known_at: datetime) -> pa.Table:
    """The stored rows of an area, under its code and under the names that files call it by."""
    names = {area} | {name for name, code in aliases.items() if code == area}
    return store.observations(as_known_at=known_at, areas=names)


def speaking_of(told: pa.Table) -> frozenset[tuple[str, str]]:
    """Source and series of which something is stored for the area, if only why there is no
    value: several partnerships may share the store."""
    pairs = told.group_by(["source", "series"]).aggregate([])
    columns = (pairs[name].to_pylist() for name in ("source", "series"))
    return frozenset(zip(*columns, strict=True))


def withheld_in(told: pa.Table, month: Month) -> tuple[Withheld, ...]:
    """What the sources said of periods that end in the month instead of giving a value."""
    ends = pc.and_(
        pc.greater_equal(told["end"], month.first_day), pc.less_equal(told["end"], month.last_day)
    )
    unvalued = pc.invert(pc.is_in(told["state"], _VALUED))
    found = told.filter(pc.and_(ends, unvalued)).sort_by([("source", "ascending")])
    columns = (found[name].to_pylist() for name in ("source", "series", "state", "note"))
    return tuple(
        Withheld(source, series, State(state), note or "")
        for source, series, state, note in zip(*columns, strict=True)
    )
