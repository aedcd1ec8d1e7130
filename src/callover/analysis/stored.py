"""From the store to what is held: which rows are read, how places by name get their codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from callover.analysis.gather import sums_only
from callover.analysis.held import Held, held_of
from callover.analysis.measured import closure
from callover.analysis.rollup import COVERAGE, Supplied, covered_zeros, rolled_up
from callover.analysis.subjects import never_added
from callover.data.contracts import AREAS
from callover.data.place_names import district_aliases
from callover.data.revisions import by_place, carried_forward
from callover.data.store import Store
from callover.domain.areas import AreaKind
from callover.domain.indicators import Catalogue
from callover.domain.periods import PeriodKind

SMALL = (AreaKind.LSOA,)
"""Kinds too many to read unless they were asked for."""

COVERING = ("street",)
"""Readers that write small areas only where they have records, and say which months they cover."""


def held_from(
    store: Store,
    catalogue: Catalogue,
    as_known_at: datetime | None = None,
    series: Collection[str] | None = None,
    areas: Collection[str] = (),
) -> Held:
    """Everything figures of ``series`` (all, where None) need, as known at a moment.

    ``areas`` are those that will be asked about: small areas are read only then, and an area
    without rows of its own is the sum of those that lie in it.
    """
    aliases = district_aliases(_areas_table(store), store.links)
    parents = _parents(store.links, aliases)
    wanted = _wanted_series(catalogue, series)
    stored = store.keys["area"]
    asked = {aliases.get(area, area) for area in areas}
    read = {a for a in stored if AreaKind.of_code(a) not in SMALL or a in asked}
    kinds = {code: area.kind for code, area in store.areas.items()}
    read -= _wards_elsewhere(stored, asked, parents, kinds)
    table = _rows(store, as_known_at, wanted, read, aliases)
    supplied = _supplied(catalogue, wanted)
    small = {area for area in asked if AreaKind.of_code(area) in SMALL}
    missing = asked - small - set(pc.unique(table["area"]).to_pylist())
    if missing:
        table = _with_sums(store, as_known_at, wanted, table, missing, parents, aliases, supplied)
    if small:
        table = _with_covered_months(table, small, parents, supplied)
    earlier = _renamed(_superseded(store, as_known_at, table), aliases)
    table, carried = carried_forward(table, earlier, never_added(catalogue))
    held = held_of(table, catalogue, {c: a.name for c, a in store.areas.items()}, parents)
    held.aliases = aliases
    held.today = (as_known_at or datetime.now(UTC)).date()
    held.store_root = store.root
    held.carried = by_place(carried)
    held.files = {record.id: record.file for record in store.imports}
    held.kinds = kinds
    return held


def _wards_elsewhere(
    stored: Iterable[str],
    asked: Collection[str],
    parents: Mapping[str, frozenset[str]],
    kinds: Mapping[str, AreaKind],
) -> set[str]:
    """Wards that lie in none of the districts asked about: a city has hundreds, and every series
    of the cube takes room for each. None where nothing, or a ward, is asked about."""
    if not asked or any(_kind(area, kinds) is AreaKind.WARD for area in asked):
        return set()
    wards = {area for area in stored if _kind(area, kinds) is AreaKind.WARD}
    return {ward for ward in wards if not parents.get(ward, frozenset()) & set(asked)}


def _supplied(catalogue: Catalogue, wanted: Collection[str]) -> dict[str, list[str]]:
    """By source that says which months it covers, those of its series that are wanted."""
    return {
        source.id: [name for name in source.series if name in wanted]
        for source in catalogue.sources.values()
        if source.reader in COVERING
    }


def _wanted_series(catalogue: Catalogue, series: Collection[str] | None) -> set[str]:
    """Series with their parts, every denominator, and what says which months were supplied."""
    names = catalogue.series if series is None else series
    denominators = {use.kind for use in catalogue.denominator_uses}
    return closure(names, catalogue.series) | denominators | {COVERAGE}


def _rows(
    store: Store,
    as_known_at: datetime | None,
    series: Collection[str],
    areas: Collection[str],
    aliases: Mapping[str, str],
) -> pa.Table:
    """Observations with districts under their codes."""
    table = store.observations(as_known_at=as_known_at, series=series, areas=areas)
    return _renamed(table, aliases)


def _superseded(store: Store, as_known_at: datetime | None, table: pa.Table) -> pa.Table:
    """Earlier versions of what has published sums over several months: only those need them."""
    longer = pc.invert(pc.is_in(table["kind"], pa.array([PeriodKind.MONTH.value])))
    sums = sums_only(table.filter(longer))
    chosen = {name: set(pc.unique(sums[name]).to_pylist()) for name in ("source", "series")}
    return store.superseded(as_known_at, chosen["series"], None, chosen["source"])


def _renamed(table: pa.Table, aliases: Mapping[str, str]) -> pa.Table:
    """Districts by name take their codes; each distinct name is looked at once."""
    encoded = table["area"].combine_chunks().dictionary_encode()
    names = [aliases.get(name, name) for name in encoded.dictionary.to_pylist()]
    column = pa.array(names, pa.string()).take(encoded.indices)
    return table.set_column(table.schema.get_field_index("area"), "area", column)


def _with_sums(
    store: Store,
    as_known_at: datetime | None,
    series: Collection[str],
    table: pa.Table,
    missing: Iterable[str],
    parents: Mapping[str, frozenset[str]],
    aliases: Mapping[str, str],
    supplied: Supplied,
) -> pa.Table:
    """The table with areas that have no rows of their own, summed from what lies in them."""
    children = _children(parents)
    wanted = {child for area in missing for child in children.get(area, ())}
    stored = {name for name in store.keys["area"] if aliases.get(name, name) in wanted}
    rows = _rows(store, as_known_at, series, stored, aliases)
    kinds = {code: area.kind for code, area in store.areas.items()}
    sums = []
    for area in sorted(missing):
        inside = {child: _kind(child, kinds) for child in children.get(area, ())}
        sums.append(rolled_up(rows, table, area, inside, parents, supplied))
    return pa.concat_tables([table, *(s.select(table.column_names) for s in sums if s.num_rows)])


def _kind(area: str, kinds: Mapping[str, AreaKind]) -> AreaKind:
    """Kind of a place by what is known of it, else by its code."""
    return kinds.get(area) or AreaKind.of_code(area)


def _with_covered_months(
    table: pa.Table,
    small: Collection[str],
    parents: Mapping[str, frozenset[str]],
    supplied: Supplied,
) -> pa.Table:
    """Small areas with a zero for each covered month in which they have no record."""
    made = [table]
    for area in sorted(small):
        own = table.filter(pc.equal(table["area"], area))
        zeros = covered_zeros(own, table, area, parents, supplied)
        made.append(zeros.select(table.column_names))
    return pa.concat_tables(made)


def _areas_table(store: Store) -> pa.Table:
    """The places as a table."""
    rows = [
        {"code": area.code, "name": area.name, "kind": area.kind.value}
        for area in store.areas.values()
    ]
    return pa.Table.from_pylist(rows, schema=AREAS)


def _parents(links: pa.Table, aliases: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each area those it lies in, districts under their codes."""
    found: dict[str, set[str]] = defaultdict(set)
    pairs = zip(links["child"].to_pylist(), links["parent"].to_pylist(), strict=True)
    for child, parent in pairs:
        inner, outer = aliases.get(child, child), aliases.get(parent, parent)
        if inner != outer:
            found[inner].add(outer)
    return {child: frozenset(held) for child, held in found.items()}


def _children(parents: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """The other way round."""
    found: dict[str, set[str]] = defaultdict(set)
    for child, held in parents.items():
        for parent in held:
            found[parent].add(child)
    return found
