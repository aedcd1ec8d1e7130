"""Which months a pack can be about: those for which figures are held, and little beyond."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from callover.analysis.held import Held
from callover.data.store import ImportRecord, Store
from callover.domain.errors import UserError
from callover.domain.indicators import Partnership
from callover.domain.periods import Month, PeriodKind
from callover.domain.states import State
from callover.report import words

MOST_BEYOND = 15
"""Months: beyond a year and a quarter after the last figure not even a comparison is left."""

_VALUED = pa.array([state.value for state in State if state.has_value])


def refuse_month_not_held(store: Store, told: pa.Table, month: Month, known_at: datetime) -> None:
    """Raise UserError where nothing that is known can be said of ``month``, with what is held.

    ``told`` are the stored rows of the partnership's own area at that moment.
    """
    known = [r for r in store.imports if datetime.fromisoformat(r.known_from) <= known_at]
    if not known:
        first = min(datetime.fromisoformat(record.known_from) for record in store.imports)
        raise UserError(
            f"Nothing was known on {words.day(known_at.date())} yet.",
            f"Figures are known from {words.day(first.date())} on: --as-known-at {first.date()}",
        )
    held = _months_of(told) or _months_of_files(known)
    if held is None or held[0] <= month <= held[1] + MOST_BEYOND:
        return
    raise UserError(
        f"Nothing is known of {month.name}: figures are held from {held[0].name} to "
        f"{held[1].name}.",
        f"Name another month, such as --month {held[1]}, or add a file.",
    )


def refuse_area_not_held(held: Held, partnership: Partnership) -> None:
    """Raise UserError where nothing but residents is held of the partnership's area, or of the
    smaller areas that it is made of: a report of it would hold nothing."""
    table = held.table
    if table is None:
        return
    area = held.aliases.get(partnership.area, partnership.area)
    residents = pa.array([use.kind for use in held.catalogue.denominator_uses], pa.string())
    inside = {child for child, above in held.parents.items() if area in above}
    own = pc.and_(
        pc.is_in(table["area"], pa.array([area, *inside], pa.string())),
        pc.is_in(table["state"], _VALUED),
    )
    if not pc.any(pc.and_(own, pc.invert(pc.is_in(table["series"], residents)))).as_py():
        raise UserError(
            f"Nothing is held of {partnership.short_name} ({partnership.area}): no file gave "
            "figures of it.",
            "Name another area with --area, or add a file that has it.",
        )


def _months_of(told: pa.Table) -> tuple[Month, Month] | None:
    """First and last month with a value for the partnership's own area; residents do not count."""
    counted = pc.not_equal(told["kind"], PeriodKind.SNAPSHOT.value)
    own = told.filter(pc.and_(counted, pc.is_in(told["state"], _VALUED)))
    if not own.num_rows:
        return None
    ends = pc.min_max(own["end"]).as_py()
    return Month.containing(ends["min"]), Month.containing(ends["max"])


def _months_of_files(known: Iterable[ImportRecord]) -> tuple[Month, Month] | None:
    """The same over all files: a place made of others has no figures of its own."""
    spans = [(Month.parse(r.first), Month.parse(r.last)) for r in known if r.first]
    if not spans:
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)
