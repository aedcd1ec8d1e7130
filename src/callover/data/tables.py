"""Arrow tables of observations, areas and links, built from columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from callover.data.contracts import AREAS, LINKS, OBSERVATIONS
from callover.domain.areas import AreaKind
from callover.domain.periods import PeriodKind
from callover.domain.states import State

_EPOCH = 1970 * 12

_DEFAULTS: Mapping[str, object] = {
    "kind": PeriodKind.MONTH.value,
    "measure": "value",
    "peer_group": "",
    "state": State.FINAL.value,
    "note": "",
}
_ABSENT = object()


def observations(size: int, **columns: object) -> pa.Table:
    """``size`` observations. A column is an array, a sequence, or one value that holds for all.

    What is left out gets the usual value: kind month, measure value, state final, else null.
    NaN in a number means that there is none.
    """
    unknown = set(columns) - set(OBSERVATIONS.names)
    if unknown:
        raise ValueError(f"no columns of an observation: {', '.join(sorted(unknown))}")
    arrays = [
        _array(columns.get(field.name, _DEFAULTS.get(field.name, _ABSENT)), field.type, size)
        for field in OBSERVATIONS
    ]
    return pa.Table.from_arrays(arrays, schema=OBSERVATIONS)


def _array(given: object, kind: pa.DataType, size: int) -> pa.Array | pa.ChunkedArray:
    """A column of ``kind`` from an array, a sequence or a single value."""
    if given is _ABSENT or given is None:
        return pa.nulls(size, kind)
    if isinstance(given, (str, int, float, date)):
        return pa.repeat(pa.scalar(given, kind), size)
    if isinstance(given, (pa.Array, pa.ChunkedArray)):
        return given if given.type == kind else given.cast(kind)
    return pa.array(given, type=kind, from_pandas=True)


Days = npt.NDArray[np.datetime64]


def month_dates(months: npt.NDArray[np.int64]) -> tuple[Days, Days]:
    """First and last days of months given by ``Month.index``."""
    since = (np.asarray(months, dtype=np.int64) - _EPOCH).astype("datetime64[M]")
    next_first: Days = (since + 1).astype("datetime64[D]")
    return since.astype("datetime64[D]"), next_first - np.timedelta64(1, "D")


def words(names: npt.NDArray[np.object_] | list[str], codes: npt.NDArray[np.int64]) -> pa.Array:
    """``names[codes]`` as an Arrow array, without a Python object per row."""
    return pa.array(list(names), type=pa.string()).take(pa.array(codes))


def areas(found: Iterable[tuple[str, str, AreaKind]]) -> pa.Table:
    """Places by code, each once (the last name given to a code holds), in order of code."""
    by_code = {code: (code, name, kind.value) for code, name, kind in found if code}
    rows = [by_code[code] for code in sorted(by_code)]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.Table.from_arrays([pa.array(c, pa.string()) for c in columns], schema=AREAS)


def links(found: Iterable[tuple[str, str]]) -> pa.Table:
    """Which place lies in which, each pair once, in order; a place does not lie in itself."""
    pairs = sorted({(child, parent) for child, parent in found if child and child != parent})
    columns = zip(*pairs, strict=True) if pairs else ((), ())
    return pa.Table.from_arrays([pa.array(c, pa.string()) for c in columns], schema=LINKS)
