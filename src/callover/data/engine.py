"""The database engine behind large selections: opens DuckDB, or Spark, through Ibis.

The only module that names them. It scans, filters as known at a moment and picks columns; what is
done over time is done on arrays (docs/adr/0002). For the few thousand rows that a borough's pack
needs, the store reads its files itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import ibis
import pyarrow as pa

from callover.data.contracts import MEASURES
from callover.data.rows import KINDS
from callover.domain.periods import PeriodKind


class Engine:
    """A connection of its own, in memory; nothing is kept in it."""

    def __init__(self, threads: int | None = None, spark: Any = None) -> None:
        """Open DuckDB with so many threads (all cores where None), or work in a Spark session.

        ``spark`` is a ``SparkSession`` (extra ``spark``) for data that outgrow one machine; whoever
        made the session stops it.
        """
        self._spark = spark
        if spark is None:
            options = {} if threads is None else {"threads": threads}
            self._connection = ibis.duckdb.connect(**options)
        else:
            self._connection = ibis.pyspark.connect(spark)

    def monthly_counts(self, files: Sequence[Path], moment: datetime | None = None) -> pa.Table:
        """Single months of counts as known at ``moment``: series, month, area, value.

        ``files`` are the store's own (``Store.files``); keys stay integers. A value that is
        missing is left out.
        """
        with self._stored([str(file) for file in files]) as table:
            chosen = (
                (table.kind == KINDS.index(PeriodKind.MONTH.value))
                & (table.measure == MEASURES.index("value"))
                & table.value.notnull()
                & _known(table, moment)
            )
            columns = table.filter(chosen).select("series", "month", "area", "value")
            return columns.to_pyarrow()

    @contextmanager
    def _stored(self, files: list[str]) -> Iterator[Any]:
        """The store's files as one table; Ibis 12 hands Spark a list as if it were one path."""
        if self._spark is None:
            yield self._connection.read_parquet(files)
            return
        name = f"stored_{uuid4().hex}"
        self._spark.read.parquet(*files).createOrReplaceTempView(name)
        try:
            yield self._connection.table(name)
        finally:
            self._spark.catalog.dropTempView(name)


def _known(table: Any, moment: datetime | None) -> Any:
    """Versions that hold: one filter on the validity interval."""
    if moment is None:
        return table.known_to.isnull()
    stamp = ibis.literal(moment, type="timestamp('UTC', 6)")
    return (table.known_from <= stamp) & (table.known_to.isnull() | (table.known_to > stamp))
