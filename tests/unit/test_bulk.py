"""Many small areas at once: from the store through the engine to Parquet, value by value."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from callover.analysis.bulk import MEASURED, Places, counts_from
from callover.analysis.bulk_files import write_measures
from callover.data.contracts import OBSERVATIONS
from callover.data.engine import Engine
from callover.data.store import ImportRecord, Store
from callover.domain.periods import Month
from reference.measures import Stored, World, average, rank

FIRST = Month.of(2014, 4)
MONTHS, AREAS, SERIES = 30, 5, 2
GROUP = [0, 0, 0, 1, 1]
RESIDENTS = [1700.0, 1500.0, 2100.0, 1650.0, 1800.0]
EARLY, LATE = datetime(2017, 1, 1, tzinfo=UTC), datetime(2018, 1, 1, tzinfo=UTC)
BETWEEN = datetime(2017, 6, 1, tzinfo=UTC)

Cells = dict[tuple[int, int, int], float]


def first_version(step: float = 1.0) -> Cells:
    """Counts of every cell but a few; ``step`` makes them whole numbers or halves."""
    draw = random.Random(7)
    return {
        (s, FIRST.index + m, a): step * draw.randrange(0, 9)
        for s in range(SERIES) for m in range(MONTHS) for a in range(AREAS)
        if (m, a) not in {(3, 1), (17, 4)}
    }  # fmt: skip


def stored(root: Path, versions: dict[datetime, Cells]) -> Store:
    store = Store(root)
    for when, cells in versions.items():
        rows = [
            {"series": f"s{s}", "area": f"a{a}", "kind": "month", "measure": "value",
             "start": Month(m).first_day, "end": Month(m).last_day, "peer_group": "",
             "value": v, "state": "final", "note": ""}
            for (s, m, a), v in cells.items()
        ]  # fmt: skip
        table = pa.Table.from_pylist(rows, schema=OBSERVATIONS)
        record = ImportRecord("street", "f.csv", str(when), 1, when.isoformat(), when.isoformat())
        store.commit(table, record, when)
    return store


def places() -> Places:
    return Places(np.array(RESIDENTS), np.array(GROUP))


def measured(store: Store, out: Path, moment: datetime | None) -> dict[tuple[int, ...], dict]:
    counts = counts_from(Engine(1), store.files(), SERIES, places(), moment)
    files = write_measures(counts, out, threads=2)
    rows = [row for file in files for row in pq.read_table(file, partitioning=None).to_pylist()]
    return {(row["series"], row["month"], row["area"]): row for row in rows}


def world(cells: Cells) -> World:
    rows = [Stored("", f"s{s}", str(a), "month", m, m + 1, v) for (s, m, a), v in cells.items()]
    people = {str(a): n for a, n in enumerate(RESIDENTS)}
    return World(rows, {"whole": tuple(f"s{s}" for s in range(SERIES))}, residents=people)


def by_hand(reference: World, series: int, month: int, area: int) -> dict[str, float | None]:
    name, place = f"s{series}", str(area)
    members = [a for a in range(AREAS) if GROUP[a] == GROUP[area]]
    rates = [reference.rate("", name, str(a), month, 1000) for a in members]
    found = {
        f"{base}{comparison}": reference.measure(f"{base}{comparison}", "", name, place, month)
        for base in ("ytd", "rolling12")
        for comparison in ("", "_previous", "_change", "_change_pct")
    }
    return found | {
        "month_count": reference.measure("month", "", name, place, month),
        "share": reference.share("", name, "whole", place, month),
        "rate": reference.rate("", name, place, month, 1000),
        "rank": rank(rates, members.index(area)),
        "average": average(rates),
    }


@pytest.mark.parametrize("step", [1.0, 0.5])
def test_every_cell_is_what_plain_python_gives(tmp_path: Path, step: float) -> None:
    cells = first_version(step)
    found = measured(stored(tmp_path / "store", {EARLY: cells}), tmp_path / "out", None)
    assert set(found) == set(cells)
    reference = world(cells)
    for key in [*cells][:: 3 if step == 1.0 else 11]:
        for name, wanted in by_hand(reference, *key).items():
            ours = found[key][name]
            assert ours == (None if wanted is None else pytest.approx(wanted)), (key, name)


def test_the_past_is_measured_as_it_was_known(tmp_path: Path) -> None:
    before = first_version()
    key = (0, FIRST.index + 20, 2)
    store = stored(tmp_path / "store", {EARLY: before, LATE: {key: before[key] + 100}})
    then = measured(store, tmp_path / "then", BETWEEN)
    now = measured(store, tmp_path / "now", None)
    assert then[key]["month_count"] == before[key]
    assert now[key]["month_count"] == before[key] + 100


def test_missing_is_null_and_whole_numbers_are_integers(tmp_path: Path) -> None:
    measured(stored(tmp_path / "store", {EARLY: first_version()}), tmp_path / "out", None)
    table = pq.read_table(tmp_path / "out" / "series=0.parquet", partitioning=None)
    assert table.column_names == ["series", "month", "area", *MEASURED]
    assert table["rolling12"].type == pa.int32()
    assert table["rolling12"].null_count > 0
    assert not np.isnan(table["rate"].drop_null().to_numpy()).any()


def test_nothing_held_is_said(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", {EARLY: first_version()})
    with pytest.raises(ValueError, match="no month count is held"):
        counts_from(Engine(1), store.files(), SERIES, places(), datetime(2010, 1, 1, tzinfo=UTC))


def test_areas_of_a_group_must_stand_together() -> None:
    with pytest.raises(ValueError, match="stand together"):
        Places(np.ones(3), np.array([0, 1, 0]))
