"""Whether what we wrote is what the others wrote, value by value, and what plain Python gives."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bench.cube_work import OURS, out_of, read_places, stored_files
from bench.invented import SERIES
from bench.peers import scan_query
from callover.analysis.bulk import MEASURED
from callover.domain.periods import Month

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from reference.measures import Stored, World, average, rank

CLOSE = 1e-12
"""An average is a sum of decimals: its last digits depend on the order of adding."""

WHOLE = "whole"


class UnequalError(Exception):
    """Two ways of measuring gave different numbers."""


def check_against(folder: Path, peer: str) -> None:
    """Every cell and measure equal to a peer's; raises UnequalError with how many are not."""
    ours, theirs = out_of(folder, OURS), out_of(folder, peer)
    query = f"""
        SELECT count(*) FILTER (WHERE o.area IS NULL OR p.area IS NULL),
          {", ".join(_difference(name) for name in MEASURED)}
        FROM (SELECT *, true AS here FROM
              read_parquet('{ours}/*.parquet', hive_partitioning = false)) o
        FULL JOIN read_parquet('{theirs}/*.parquet') p USING (series, month, area)
    """
    found = duckdb.sql(query).fetchall()[0]
    unequal = {n: c for n, c in zip(("cells", *MEASURED), found, strict=True) if c}
    if unequal:
        raise UnequalError(f"{peer} and we differ in {unequal}")


def _difference(name: str) -> str:
    """How many cells differ: not at all, but for the average's last digits."""
    if name == "average":
        apart = f"abs(o.{name} - p.{name}) > {CLOSE} * abs(p.{name})"
        return f"count(*) FILTER (WHERE {apart} OR (o.{name} IS NULL) <> (p.{name} IS NULL))"
    return f"count(*) FILTER (WHERE o.{name} IS DISTINCT FROM p.{name})"


@dataclass
class Indexed(World):
    """The reference with its rows found by place, for there are many."""

    by_place: dict[tuple[str, str], list[Stored]] = field(default_factory=dict)

    def rows_of(self, source: str, series: str, area: str) -> list[Stored]:  # noqa: ARG002
        """What is stored for a series in an area."""
        return self.by_place.get((series, area), [])


def check_sample(folder: Path, cells: int = 60, seed: int = 20160930) -> None:
    """A sample of one district's cells against plain Python; raises UnequalError."""
    draw = random.Random(seed)  # noqa: S311
    places = read_places(folder)
    group = draw.choice(places.group.tolist())
    members = [i for i, g in enumerate(places.group.tolist()) if g == group]
    query = f"SELECT * FROM ({scan_query(stored_files(folder))}) WHERE area IN {tuple(members)}"
    stored = sorted(duckdb.sql(query).fetchall())
    names = tuple(f"s{i}" for i in range(SERIES))
    world = Indexed((), {WHOLE: names})
    world.residents = {str(a): float(places.residents[a]) for a in members}
    for series, month, area, value in stored:
        row = Stored("", names[series], str(area), "month", month, month + 1, value)
        world.by_place.setdefault((row.series, row.area), []).append(row)
    for series, month, area, _ in draw.sample(stored, cells):
        wanted = _by_hand(world, names[series], month, area, members)
        _compare(_ours(folder, series, month, area), wanted, series, Month(month), area)


def _by_hand(
    world: World, series: str, month: int, area: int, members: list[int]
) -> dict[str, float | None]:
    """Every measure of one cell, in plain Python."""
    found = {
        f"{base}{comparison}": world.measure(f"{base}{comparison}", "", series, str(area), month)
        for base in ("ytd", "rolling12")
        for comparison in ("", "_previous", "_change", "_change_pct")
    }
    rates = [world.rate("", series, str(member), month, 1000) for member in members]
    return found | {
        "month_count": world.measure("month", "", series, str(area), month),
        "share": world.share("", series, WHOLE, str(area), month),
        "rate": world.rate("", series, str(area), month, 1000),
        "rank": rank(rates, members.index(area)),
        "average": average(rates),
    }


def _ours(folder: Path, series: int, month: int, area: int) -> dict[str, float | None]:
    """The row that we wrote."""
    file = out_of(folder, OURS) / f"series={series}.parquet"
    relation = duckdb.sql(
        f"SELECT * FROM read_parquet('{file}', hive_partitioning = false) "
        f"WHERE month = {month} AND area = {area}"
    )
    return dict(zip(relation.columns, relation.fetchall()[0], strict=True))


def _compare(
    ours: dict[str, float | None], wanted: dict[str, float | None], series: int, month: Month,
    area: int,
) -> None:  # fmt: skip
    for name, value in wanted.items():
        mine = ours[name]
        same = (mine is None and value is None) or (
            mine is not None and value is not None
            and abs(mine - value) <= CLOSE * max(1.0, abs(value))
        )  # fmt: skip
        if not same:
            place = f"series {series}, area {area}, {month}"
            raise UnequalError(f"{name} of {place} is {mine}, by hand {value}")
