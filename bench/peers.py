"""The same work done otherwise: SQL windows in DuckDB, Polars, pandas; and the bare grouping.

Each reads the stored table as known at the moment, adds up rows of one cell, computes every
measure for every cell held and writes Parquet with zstd at level 1, whole numbers as integers
(pandas: as decimals, its own way). Written as someone who knows the tool would; where there were
two ways, the faster one stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq

from bench.invented import FIRST, MOMENT, MONTHS, SERIES
from callover.analysis.bulk import COUNTED

THREADS = 2
KEYS = ["series", "month", "area"]

_SCAN = """
    SELECT series, month, area, sum(value) AS v
    FROM read_parquet({files})
    WHERE kind = 0 AND measure = 0 AND value IS NOT NULL
      AND known_from <= TIMESTAMPTZ '{moment}'
      AND (known_to IS NULL OR known_to > TIMESTAMPTZ '{moment}')
    GROUP BY series, month, area
"""

_MEASURES = """
COPY (
  WITH cell AS MATERIALIZED ({scan}),
  stretch AS (
    SELECT series, month, area, v,
      CASE WHEN count(*) OVER year = (month - 3) % 12 + 1 THEN sum(v) OVER year END AS ytd,
      CASE WHEN count(*) OVER twelve = 12 THEN sum(v) OVER twelve END AS r12
    FROM cell
    WINDOW
      year AS (PARTITION BY series, area ORDER BY month
               RANGE BETWEEN (month - 3) % 12 PRECEDING AND CURRENT ROW),
      twelve AS (PARTITION BY series, area ORDER BY month
                 RANGE BETWEEN 11 PRECEDING AND CURRENT ROW)
  ),
  whole AS (
    SELECT area, month, sum(v) AS v FROM cell GROUP BY area, month HAVING count(*) = {series}
  ),
  whole12 AS (
    SELECT area, month, CASE WHEN count(*) OVER twelve = 12 THEN sum(v) OVER twelve END AS total
    FROM whole
    WINDOW twelve AS (PARTITION BY area ORDER BY month
                      RANGE BETWEEN 11 PRECEDING AND CURRENT ROW)
  ),
  compared AS (
    SELECT s.*, b.ytd AS ytd_before, b.r12 AS r12_before, w.total,
      s.r12 / p.residents * 1000 AS rate, p.district
    FROM stretch s
    LEFT JOIN stretch b ON b.series = s.series AND b.area = s.area AND b.month = s.month - 12
    LEFT JOIN whole12 w ON w.area = s.area AND w.month = s.month
    JOIN read_parquet('{places}') p ON p.area = s.area
  )
  SELECT series, month, area, v::INTEGER AS month_count,
    ytd::INTEGER AS ytd, ytd_before::INTEGER AS ytd_previous,
    (ytd - ytd_before)::INTEGER AS ytd_change,
    100.0 * (ytd - ytd_before) / nullif(ytd_before, 0) AS ytd_change_pct,
    r12::INTEGER AS rolling12, r12_before::INTEGER AS rolling12_previous,
    (r12 - r12_before)::INTEGER AS rolling12_change,
    100.0 * (r12 - r12_before) / nullif(r12_before, 0) AS rolling12_change_pct,
    100.0 * r12 / nullif(total, 0) AS share, rate,
    CASE WHEN rate IS NOT NULL THEN
      rank() OVER (PARTITION BY series, month, district ORDER BY rate NULLS LAST)::INTEGER
    END AS rank,
    avg(rate) OVER (PARTITION BY series, month, district) AS average
  FROM compared
) TO '{out}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)
"""


def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}; SET preserve_insertion_order = false")
    return connection


def scan_query(files: Sequence[Path]) -> str:
    return _SCAN.format(files=[str(file) for file in files], moment=MOMENT.isoformat(sep=" "))


def bare_group(files: Sequence[Path], places: Path, out: Path) -> None:  # noqa: ARG001
    """Only the scan, the filter as known at the moment and the grouping, in DuckDB."""
    table = _connection().sql(scan_query(files)).to_arrow_table()
    if not table.num_rows:
        raise ValueError("nothing grouped")


def by_duckdb(files: Sequence[Path], places: Path, out: Path) -> None:
    """Hand-written SQL windows."""
    out.mkdir(parents=True, exist_ok=True)
    query = _MEASURES.format(
        scan=scan_query(files), series=SERIES, places=places, out=out / "all.parquet"
    )
    _connection().execute(query)


def by_polars(files: Sequence[Path], places: Path, out: Path) -> None:
    """A dense grid of months, so that windows can count rows."""
    out.mkdir(parents=True, exist_ok=True)
    known = (pl.col("known_from") <= MOMENT) & (
        pl.col("known_to").is_null() | (pl.col("known_to") > MOMENT)
    )
    cell = (
        pl.scan_parquet(files)
        .filter((pl.col("kind") == 0) & (pl.col("measure") == 0), pl.col("value").is_not_null(),
                known)
        .group_by(KEYS)
        .agg(pl.col("value").sum().alias("v"))
    )  # fmt: skip
    people = pl.read_parquet(places)
    months = pl.DataFrame({"month": range(FIRST.index, FIRST.index + MONTHS)}).cast(pl.Int32)
    kinds = pl.DataFrame({"series": range(SERIES)}).cast(pl.Int32)
    grid = kinds.join(people, how="cross").join(months, how="cross")
    if not grid.select(pl.struct("series", "area", "month").is_sorted()).item():
        raise ValueError("the grid is not in order")
    dense = grid.lazy().join(cell, on=KEYS, how="left", maintain_order="left")
    line = ["series", "area"]
    year = [*line, (pl.col("month") - 3) // 12]
    dense = dense.with_columns(
        r12=pl.col("v").rolling_sum(12, min_samples=12).over(line),
        ytd=pl.when(
            pl.col("v").is_not_null().cum_sum().over(year) == (pl.col("month") - 3) % 12 + 1
        ).then(pl.col("v").cum_sum().over(year)),
        whole=pl.when(pl.col("v").count().over("area", "month") == SERIES).then(
            pl.col("v").sum().over("area", "month")
        ),
    ).with_columns(
        rate=pl.col("r12") / pl.col("residents") * 1000,
        total=pl.col("whole").rolling_sum(12, min_samples=12).over(line),
        ytd_previous=pl.col("ytd").shift(12).over(line),
        r12_previous=pl.col("r12").shift(12).over(line),
    )
    group = ["series", "month", "district"]
    found = dense.with_columns(
        rank=pl.col("rate").rank("min").over(group).cast(pl.Float64),
        average=pl.col("rate").mean().over(group),
        ytd_change=pl.col("ytd") - pl.col("ytd_previous"),
        r12_change=pl.col("r12") - pl.col("r12_previous"),
    ).filter(pl.col("v").is_not_null())
    found.select(
        *KEYS,
        pl.col("v").alias("month_count"),
        "ytd", "ytd_previous", "ytd_change", _pct("ytd_change", "ytd_previous", "ytd_change_pct"),
        pl.col("r12").alias("rolling12"),
        pl.col("r12_previous").alias("rolling12_previous"),
        pl.col("r12_change").alias("rolling12_change"),
        _pct("r12_change", "r12_previous", "rolling12_change_pct"),
        _pct("r12", "total", "share"),
        "rate", "rank", "average",
    ).cast(dict.fromkeys(COUNTED, pl.Int32)).collect().write_parquet(
        out / "all.parquet", compression="zstd", compression_level=1
    )  # fmt: skip


def _pct(part: str, whole: str, name: str) -> pl.Expr:
    """100 × part / whole, null where the whole is 0."""
    below = pl.when(pl.col(whole) != 0).then(pl.col(whole))
    return (100.0 * pl.col(part) / below).alias(name)


def by_pandas(files: Sequence[Path], places: Path, out: Path) -> None:
    """Months down, series and areas across; then one long table for ranks and writing."""
    out.mkdir(parents=True, exist_ok=True)
    rows = pq.read_table(
        list(map(str, files)),
        columns=[*KEYS, "kind", "measure", "value", "known_from", "known_to"],
    ).to_pandas()
    moment = pd.Timestamp(MOMENT)
    known = (rows.known_from <= moment) & (rows.known_to.isna() | (rows.known_to > moment))
    rows = rows[known & (rows.kind == 0) & (rows.measure == 0) & rows.value.notna()]
    cell = rows.groupby(KEYS, sort=True)["value"].sum()
    wide = cell.unstack(["series", "area"]).sort_index(axis=1)
    financial_year = (wide.index - 3) // 12
    r12 = wide.rolling(12).sum()
    ytd = wide.groupby(financial_year).cumsum()
    whole_year = wide.isna().groupby(financial_year).cumsum() == 0
    ytd = ytd.where(whole_year)
    whole = wide.T.groupby(level="area").sum(min_count=SERIES).T
    total = whole.rolling(12).sum().reindex(wide.columns, axis=1, level="area")
    frames = {
        "month_count": wide, "ytd": ytd, "ytd_previous": ytd.shift(12), "rolling12": r12,
        "rolling12_previous": r12.shift(12), "total": total,
    }  # fmt: skip
    long = pd.DataFrame({name: frame.to_numpy().ravel() for name, frame in frames.items()})
    long["month"] = wide.index.to_numpy().repeat(wide.shape[1])
    for level in ("series", "area"):
        across = wide.columns.get_level_values(level).to_numpy()
        long[level] = pd.Index(across).to_numpy().tolist() * len(wide)
    long = long[long.month_count.notna()]
    people = pd.read_parquet(places).set_index("area")
    long["district"] = people.district.reindex(long.area).to_numpy()
    long["rate"] = long.rolling12 / people.residents.reindex(long.area).to_numpy() * 1000
    for name in ("ytd", "rolling12"):
        before = long[f"{name}_previous"]
        long[f"{name}_change"] = long[name] - before
        long[f"{name}_change_pct"] = 100.0 * long[f"{name}_change"] / before.where(before != 0)
    long["share"] = 100.0 * long.rolling12 / long.total.where(long.total != 0)
    grouped = long.groupby(["series", "month", "district"])["rate"]
    long["rank"] = grouped.rank(method="min")
    long["average"] = grouped.transform("mean")
    long = long.drop(columns=["total", "district"])
    long.to_parquet(out / "all.parquet", compression="zstd", compression_level=1, index=False)
