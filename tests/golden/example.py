"""The figures service over the example's files, put into a table without reader or store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import pyarrow as pa

from callover.analysis.figures import Figures
from callover.analysis.held import held_of
from callover.catalogue.load import load_catalogue
from callover.catalogue.partnership import load_partnership
from callover.data.contracts import OBSERVATIONS
from callover.domain.periods import Month, Period, PeriodKind
from golden.recount_files import DATA, read_rows

KNOWN = datetime(2016, 11, 20, tzinfo=UTC)
SCHEMA = pa.schema(
    [*OBSERVATIONS, ("source", pa.string()), ("known_from", pa.timestamp("us", tz="UTC"))]
)


@cache
def example_figures() -> Figures:
    """Figures of the example partnership, everything known since one day."""
    partnership = load_partnership(DATA.parent / "partnership.yaml")
    return Figures(held_of(example_table(), load_catalogue("london")), partnership)


def example_table() -> pa.Table:
    """All files of the example as observations."""
    rows = [
        _observation(path.stem, line, row)
        for path in sorted(DATA.glob("*.csv"))
        for line, row in enumerate(read_rows(path), start=2)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _observation(source: str, line: int, row: dict[str, str]) -> dict[str, object]:
    period = _period(row)
    numbers = {name: _number(row[name]) for name in ("value", "numerator", "denominator")}
    same = {name: row[name] for name in ("series", "area", "peer_group", "note")}
    return {
        **same,
        **numbers,
        "kind": period.kind.value,
        "start": period.start,
        "end": period.end,
        "measure": row["measure"] or "value",
        "state": row["state"] or "final",
        "row": line,
        "source": source,
        "known_from": KNOWN,
    }


def _number(text: str) -> float | None:
    return float(text) if text else None


def _period(row: dict[str, str]) -> Period:
    kind, end = PeriodKind(row["period"]), row["end"]
    if row["start"]:
        return Period(kind, date.fromisoformat(row["start"]), date.fromisoformat(end))
    if kind is PeriodKind.SNAPSHOT:
        return Period(kind, date.fromisoformat(end), date.fromisoformat(end))
    return Period.ending(kind, Month.parse(end))
