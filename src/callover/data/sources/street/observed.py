"""Street-level counts as observations: by force, district and small area, with coverage."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from callover.data.sources.street.places import TRANSPORT_POLICE, Counted, Ints, Placed
from callover.data.sources.street.records import CATEGORIES, SERIES
from callover.data.tables import month_dates, observations, words

COVERAGE = "street_coverage"


def street_observations(data: Counted, placed: Placed) -> pa.Table:
    """Rows of every level, and of coverage."""
    covered = np.zeros((len(data.force_names), len(data.month_index)), dtype=bool)
    covered[data.force, data.month] = True
    names = [f"name:{district}" for district in data.district_names]
    whole = np.ones(len(data.n), dtype=bool)
    everywhere = np.arange(len(data.force_names))
    tables = [
        _coverage(data, covered),
        _dense(data, data.force_areas, everywhere, data.force, whole, covered),
        _dense(
            data, names, placed.owner, data.district, placed.own, _of_owner(covered, placed.owner)
        ),
        _sparse(data, placed.own),
    ]
    territorial = covered & (np.array(data.force_areas)[everywhere, None] != TRANSPORT_POLICE)
    for word, mask in (("no_place", placed.no_place), ("stray", placed.stray)):
        labels = [f"{area}:{word}" for area in data.force_areas]
        tables.append(_dense(data, labels, everywhere, data.force, mask, territorial))
    return pa.concat_tables(tables)


def _of_owner(covered: npt.NDArray[np.bool_], owner: Ints) -> npt.NDArray[np.bool_]:
    """Months in which each district's own force gave a file; none for a district without one."""
    months = covered[owner] if len(covered) else np.zeros((len(owner), 0), dtype=bool)
    months[owner < 0] = False
    return months


def _coverage(data: Counted, covered: npt.NDArray[np.bool_]) -> pa.Table:
    """1 for each force and month for which records were read."""
    force, month = np.nonzero(covered)
    start, end = month_dates(data.month_index[month])
    area = words(data.force_areas, force)
    member = _member_names(data, force, month)
    return observations(
        len(force), series=COVERAGE, area=area, start=start, end=end, value=1.0, member=member
    )


def _member_names(data: Counted, force: Ints, month: Ints) -> pa.Array:
    """The file behind each force and month, null where it was a single one."""
    at = data.member[force, month]
    names = pa.array([*data.members, ""], pa.string())
    return names.take(pa.array(at, mask=at < 0))


def _dense(
    data: Counted,
    labels: list[str],
    force: Ints,
    position: Ints,
    mask: npt.NDArray[np.bool_],
    covered: npt.NDArray[np.bool_],
) -> pa.Table:
    """Counts by area, category and covered month, zeros included.

    ``force`` is that of each label, ``covered`` is areas × months.
    """
    shape = (len(labels), len(data.month_index), len(CATEGORIES))
    cube = np.zeros(shape)
    np.add.at(cube, (position[mask], data.month[mask], data.category[mask]), data.n[mask])
    area, month = np.nonzero(covered[: len(labels)])
    values = cube[area, month]
    each = len(CATEGORIES)
    return _rows(
        data,
        words(labels, np.repeat(area, each)),
        np.repeat(force[area], each),
        np.repeat(month, each),
        np.tile(np.arange(each), len(area)),
        values.ravel(),
    )


def _sparse(data: Counted, mask: npt.NDArray[np.bool_]) -> pa.Table:
    """Counts by small area, category and month, only where there are any."""
    months, each = len(data.month_index), len(CATEGORIES)
    force = np.zeros(len(data.lsoa_codes), dtype=np.int64)
    force[data.lsoa[mask]] = data.force[mask]  # records of one force alone count in its areas
    key = (data.lsoa[mask] * months + data.month[mask]) * each + data.category[mask]
    distinct, back = np.unique(key, return_inverse=True)
    total = np.zeros(len(distinct))
    np.add.at(total, back, data.n[mask])
    rest, category = np.divmod(distinct, each)
    lsoa, month = np.divmod(rest, max(1, months))
    return _rows(data, words(data.lsoa_codes, lsoa), force[lsoa], month, category, total)


def _rows(
    data: Counted,
    area: pa.Array,
    force: Ints,
    month: Ints,
    category: Ints,
    value: npt.NDArray[np.float64],
) -> pa.Table:
    """Counts with the file that each stands in: that of its force and month."""
    start, end = month_dates(data.month_index[month])
    series = words([SERIES[c] for c in CATEGORIES], category)
    member = _member_names(data, force, month)
    return observations(
        len(value), series=series, area=area, start=start, end=end, value=value, member=member
    )
