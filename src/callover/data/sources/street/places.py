"""Where street-level records count: small areas, districts, forces, strays, no place."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.sources.street.records import CATEGORIES, force_slug
from callover.data.tables import areas, links
from callover.domain.areas import AreaKind
from callover.domain.periods import Month

TRANSPORT_POLICE = "force:btp"
LEAST_SHARE = 1 / 200
"""Of a force's records, in a district of its own."""

_ALWAYS_OWN = frozenset({"Isles of Scilly"})  # one small area: 2,000 residents
_PLACE_IN_DISTRICT = re.compile(r" \d{3}[A-Z]$")

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Counted:
    """All files' records, coded: one entry a force, month, small area and category.

    ``district`` is -1 for records without place. ``member[f, m]`` is the file of a folder or
    archive (position in ``members``) in which force f's month m stands, -1 for none.
    """

    force_names: list[str]
    month_index: Ints
    lsoa_codes: list[str]
    lsoa_names: list[str]
    district_names: list[str]
    force: Ints
    month: Ints
    lsoa: Ints
    district: Ints
    category: Ints
    n: Ints
    members: tuple[str, ...]
    member: Ints

    @property
    def force_areas(self) -> list[str]:
        """``force:leicestershire`` and so on, in the order of ``force_names``."""
        return [f"force:{force_slug(name)}" for name in self.force_names]


def counted(table: pa.Table, members: tuple[str, ...] = ()) -> Counted:
    """Code the texts of the files' counts; ``members`` are the files' names, if they have any."""
    force_names, force = _codes(table.column("force"))
    months, month = _codes(table.column("month"))
    lsoas, lsoa = _codes(table.column("lsoa"))
    category = pc.index_in(table.column("category"), pa.array(CATEGORIES)).to_numpy()
    names = _name_of_each(lsoas, table)
    districts = [_PLACE_IN_DISTRICT.sub("", name) for name in names]
    district_names = sorted({name for name in districts if name})
    position = {name: i for i, name in enumerate(district_names)}
    of_lsoa = np.array([position.get(name, -1) for name in districts], dtype=np.int64)
    return Counted(
        force_names,
        np.array([Month.parse(text).index for text in months], dtype=np.int64),
        lsoas,
        names,
        district_names,
        force,
        month,
        lsoa,
        of_lsoa[lsoa] if len(lsoas) else lsoa,
        category.astype(np.int64),
        table.column("n").to_numpy(),
        members,
        _members(table, force, month, members),
    )


def _members(table: pa.Table, force: Ints, month: Ints, members: tuple[str, ...]) -> Ints:
    """The file of each force and month: readers refuse a month that stands in two."""
    found = np.full((int(force.max(initial=-1)) + 1, int(month.max(initial=-1)) + 1), -1)
    if members:
        found[force, month] = table.column("file").to_numpy()
    return found


def _codes(cells: pa.ChunkedArray) -> tuple[list[str], Ints]:
    """Distinct texts in order, and each row's place among them."""
    distinct = pc.unique(cells).sort()
    return distinct.to_pylist(), pc.index_in(cells, distinct).to_numpy().astype(np.int64)


def _name_of_each(lsoas: list[str], table: pa.Table) -> list[str]:
    """The name that stands beside each code."""
    pairs = table.group_by(["lsoa"], use_threads=False).aggregate([("name", "first")])
    by_code = dict(
        zip(pairs.column("lsoa").to_pylist(), pairs.column("name_first").to_pylist(), strict=True)
    )
    return [by_code[code] for code in lsoas]


@dataclass(frozen=True)
class Placed:
    """Which entries count in their district and small area, which are strays, which have none.

    ``owner`` is each district's own force (position in ``force_names``), or -1.
    """

    own: npt.NDArray[np.bool_]
    stray: npt.NDArray[np.bool_]
    no_place: npt.NDArray[np.bool_]
    owner: Ints


def place(data: Counted) -> Placed:
    """Decide for each district whose it is, and so where its records count."""
    forces, districts = len(data.force_names), len(data.district_names)
    placed = data.district >= 0
    transport = np.array([area == TRANSPORT_POLICE for area in data.force_areas], dtype=bool)
    in_btp = transport[data.force] if forces else np.zeros(0, dtype=bool)
    by_force = np.zeros((max(1, forces), max(1, districts)))
    use = placed & ~in_btp
    np.add.at(by_force, (data.force[use], data.district[use]), data.n[use])
    owner = _owners(data, by_force)
    own = np.zeros(len(data.n), dtype=bool)
    own[use] = owner[data.district[use]] == data.force[use]
    return Placed(own, use & ~own, ~placed & ~in_btp, owner)


def _owners(data: Counted, by_force: npt.NDArray[np.float64]) -> Ints:
    """The force of each district: the one with most records, if they are more than strays."""
    total = np.bincount(data.force, weights=data.n, minlength=by_force.shape[0])
    most = by_force.argmax(axis=0)
    records = by_force.max(axis=0)
    enough = records >= LEAST_SHARE * total[most]
    always = np.zeros(by_force.shape[1], dtype=bool)
    always[: len(data.district_names)] = [d in _ALWAYS_OWN for d in data.district_names]
    return np.where((records > 0) & (enough | always), most, -1).astype(np.int64)


def street_areas(data: Counted, placed: Placed) -> tuple[pa.Table, pa.Table]:
    """Places and links of all levels: small areas and districts that count, forces, their rests."""
    forces = data.force_areas
    found = [(f, n, AreaKind.FORCE) for f, n in zip(forces, data.force_names, strict=True)]
    pairs: list[tuple[str, str]] = []
    for force, name in zip(forces, data.force_names, strict=True):
        if force != TRANSPORT_POLICE:
            found.append((f"{force}:no_place", f"{name}: no place given", AreaKind.NO_PLACE))
            found.append((f"{force}:stray", f"{name}: in other districts", AreaKind.NO_PLACE))
            pairs += [(f"{force}:no_place", force), (f"{force}:stray", force)]
    for district, owner in zip(data.district_names, placed.owner.tolist(), strict=False):
        if owner >= 0:
            found.append((f"name:{district}", district, AreaKind.DISTRICT))
            pairs.append((f"name:{district}", forces[owner]))
    for i in np.unique(data.lsoa[placed.own]).tolist():
        code, name = data.lsoa_codes[i], data.lsoa_names[i]
        found.append((code, name, AreaKind.LSOA))
        pairs.append((code, "name:" + _PLACE_IN_DISTRICT.sub("", name)))
    return areas(found), links(pairs)
