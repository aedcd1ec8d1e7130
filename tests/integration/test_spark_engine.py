"""The engine step on Spark gives the cube that DuckDB gives; skips where Spark cannot run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from callover.analysis.bulk import Places, counts_from
from callover.data.contracts import OBSERVATIONS
from callover.data.engine import Engine
from callover.data.store import ImportRecord, Store
from callover.domain.periods import Month

pytestmark = [
    pytest.mark.slow,
    # Spark 4.0 and its bridge to Java are not ours to keep free of warnings
    pytest.mark.filterwarnings("ignore"),
]

FIRST = Month.of(2015, 4)
MONTHS, AREAS, SERIES = 15, 4, 2
EARLY, LATE = datetime(2017, 1, 1, tzinfo=UTC), datetime(2018, 1, 1, tzinfo=UTC)
BETWEEN = datetime(2017, 6, 1, tzinfo=UTC)
REVISED = (1, 9, 2)
"""Series, month and area of the cell that was revised."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip(
        "pyspark.sql", reason="Spark is not installed: pip install 'callover[spark]'"
    )
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java: apt-get install default-jre-headless")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    session = sql.SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two years' files, one cell missing and one revised later."""
    made = Store(tmp_path_factory.mktemp("spark") / "store")
    cells = {
        (s, m, a): float(s + 2 * m + 3 * a)
        for s in range(SERIES) for m in range(MONTHS) for a in range(AREAS) if (m, a) != (3, 1)
    }  # fmt: skip
    add(made, EARLY, cells)
    add(made, LATE, {REVISED: 500.0})
    return made


def add(store: Store, when: datetime, cells: dict[tuple[int, int, int], float]) -> None:
    rows = [
        {"series": f"s{s}", "area": f"a{a}", "kind": "month", "measure": "value",
         "start": (FIRST + m).first_day, "end": (FIRST + m).last_day, "peer_group": "",
         "value": v, "state": "final", "note": ""}
        for (s, m, a), v in cells.items()
    ]  # fmt: skip
    moment = when.isoformat()
    record = ImportRecord("street", "f.csv", moment, 1, moment, moment)
    store.commit(pa.Table.from_pylist(rows, schema=OBSERVATIONS), record, when)


@pytest.mark.parametrize("moment", [BETWEEN, None])
def test_spark_gives_the_cube_that_duckdb_gives(
    spark: Any, store: Store, moment: datetime | None
) -> None:
    places = Places(np.full(AREAS, 1700.0), np.zeros(AREAS, dtype=np.int64))
    here = counts_from(Engine(1), store.files(), SERIES, places, moment)
    there = counts_from(Engine(spark=spark), store.files(), SERIES, places, moment)
    assert there.first == here.first == FIRST
    assert np.array_equal(there.value, here.value, equal_nan=True)
    assert np.isnan(here.value).sum() == SERIES
    series, month, area = REVISED
    found = there.value.reshape(SERIES, MONTHS, AREAS)[series, month, area]
    assert found == (500.0 if moment is None else series + 2 * month + 3 * area)


def test_nothing_is_left_in_the_session(spark: Any, store: Store) -> None:
    Engine(spark=spark).monthly_counts(store.files())
    assert [table.name for table in spark.catalog.listTables()] == []
