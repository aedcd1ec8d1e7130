"""Figures of a workspace as records: any indicators, areas, measures; one moment of knowledge."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from callover.analysis.figures import Figures
from callover.analysis.held import Held
from callover.analysis.measured import closure
from callover.analysis.stored import held_from
from callover.analysis.subjects import total_series
from callover.analysis.vocabulary import MEASURES, STABLE
from callover.domain.areas import AreaKind
from callover.domain.errors import UnknownName, UserError
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month
from callover.jobs.hints import newest_known
from callover.jobs.workspace import Workspace

FIELDS = (
    "indicator", "series", "area", "period_kind", "month", "measure", "peer_group", "value",
    "unit", "state", "source", "known_at",
)  # fmt: skip
Beside = Sequence[Mapping[str, object]]
"""Further fields of each record (``jobs.beside``), all with the same names in the same order."""

FORMATS = ("table", "json", "csv", "parquet")


@dataclass(frozen=True)
class FiguresRequest:
    """Which figures, of ``month`` or of every month from it to ``last``.

    Empty ``areas``: the partnerships' own, and every area of their kind with data of what is asked.

    Empty ``indicators``: all of the set; empty ``measures``: the stable ones; empty ``peers``: the
    groups that each indicator names.
    """

    month: Month
    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    as_known_at: datetime | None = None
    last: Month | None = None
    beside: tuple[str, ...] = ()  # intervals, signals

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month asked for, in order."""
        last = self.last or self.month
        return tuple(Month(index) for index in range(self.month.index, last.index + 1))


def figures(workspace: Workspace, request: FiguresRequest) -> list[Figure]:
    """The figures, one for each source that speaks; those without a value say why.

    Raises UnknownName for an area, indicator, measure or group that does not exist, UserError for
    an empty store.
    """
    return figures_and_more(workspace, request)[0]


def figures_and_more(workspace: Workspace, request: FiguresRequest) -> tuple[list[Figure], Beside]:
    """The figures, and for each the fields that ``request.beside`` asks for. Raises as above."""
    newest_known(workspace)
    codes = [workspace.partnership(area).area for area in request.areas]
    if len(request.areas) == 1:
        catalogue = workspace.catalogue_of(workspace.partnership(request.areas[0]))
    else:
        catalogue = workspace.catalogue(_set_of(workspace, request.areas))
    names = _indicators(catalogue, request)
    measures = request.measures or STABLE
    _check(catalogue, measures, request.peers)
    needed = {_indicator_series(catalogue, name) for name in names} | _total(catalogue, measures)
    held = held_from(workspace.store, catalogue, request.as_known_at, needed, codes)
    service = Figures(held)
    areas = codes or _all_areas(workspace, held, needed)
    found = [
        figure
        for month in request.months
        for figure in service.records(names, areas, month, measures, request.peers)
    ]
    return found, _beside(service, found, request.beside)


def _beside(service: Figures, found: Sequence[Figure], what: Sequence[str]) -> Beside:
    """Loaded when asked for: intervals need SciPy."""
    if not what:
        return ()
    made: Beside = import_module("callover.jobs.beside").fields_beside(service, found, what)
    return made


def _set_of(workspace: Workspace, areas: Sequence[str]) -> str:
    """The set of the partnerships asked for; the workspace's own without any."""
    sets = {workspace.partnership(area).set_id for area in areas}
    if len(sets) > 1:
        raise UserError(
            f"These areas use different indicator sets: {', '.join(sorted(sets))}.",
            "Ask for the areas of one set at a time.",
        )
    return sets.pop() if sets else workspace.set_id


def _indicators(catalogue: Catalogue, request: FiguresRequest) -> tuple[str, ...]:
    """The ids asked for, checked; else all that are valid in the month, then the headlines."""
    known = {**catalogue.indicators, **catalogue.headlines}
    for name in request.indicators:
        if name not in known:
            raise UnknownName("indicator", name, tuple(known))
    ends = (request.months[0], request.months[-1])
    valid = tuple(name for name, each in known.items() if any(map(each.valid_in, ends)))
    return request.indicators or valid


def _check(catalogue: Catalogue, measures: Sequence[str], peers: Sequence[str]) -> None:
    """Raise UnknownName before anything is read."""
    known = (*MEASURES, "rating")
    for measure in measures:
        if measure not in known:
            raise UnknownName("measure", measure, known)
    for group in peers:
        if group not in catalogue.peer_groups:
            raise UnknownName("peer group", group, tuple(catalogue.peer_groups))


def _indicator_series(catalogue: Catalogue, name: str) -> str:
    known = catalogue.indicators.get(name) or catalogue.headlines[name]
    return known.series


def _total(catalogue: Catalogue, measures: Sequence[str]) -> set[str]:
    """Further series that some measures need: the set's total, ratios of detections."""
    total = {total_series(catalogue)} - {""} if "share" in measures else set()
    if any(measure.startswith("detection_rate") for measure in measures):
        total |= {name for name in catalogue.series if name.endswith("detection_rate")}
    return total


def _all_areas(workspace: Workspace, held: Held, series: Collection[str]) -> list[str]:
    """The partnerships' areas, and every one of the same kind with data of ``series``.

    A district that only a lookup or a population file names is not among them.
    """
    own = {held.aliases.get(p.area, p.area) for p in workspace.partnerships.values()}
    kinds = {held.kind(area) for area in own} or {AreaKind.DISTRICT}
    areas = _with_data(held, series)
    return sorted(own | {area for area in areas if held.kind(area) in kinds})


def _with_data(held: Held, series: Collection[str]) -> set[str]:
    """Areas of which a value of ``series``, or of what they are made of, is held."""
    table = held.table
    if table is None:
        return set(held.cube.areas)
    chosen = pa.array(sorted(closure(series, held.catalogue.series)), pa.string())
    given = pc.or_(pc.is_valid(table["value"]), pc.is_valid(table["numerator"]))
    found = table.filter(pc.and_(pc.is_in(table["series"], chosen), given))
    return set(pc.unique(found["area"]).to_pylist())


def as_json(found: Sequence[Figure], beside: Beside = ()) -> str:
    """Records as a JSON list, a record a line."""
    lines = [json.dumps(each, ensure_ascii=False) for each in _records(found, beside)]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _records(found: Sequence[Figure], beside: Beside) -> list[dict[str, object]]:
    """Every figure's record, with the fields beside it if there are any."""
    if not beside:
        return [record(figure) for figure in found]
    return [{**record(figure), **more} for figure, more in zip(found, beside, strict=True)]


def record(figure: Figure) -> dict[str, object]:
    """A figure's record; a whole number is written without a point."""
    made = figure.record()
    value = made["value"]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        made["value"] = int(value)
    return made


def as_csv(found: Sequence[Figure], beside: Beside = ()) -> str:
    """Records as CSV; no value is an empty cell, and the state says why."""
    out = io.StringIO()
    fields = (*FIELDS, *(beside[0] if beside else ()))
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_records(found, beside))
    return out.getvalue()


def as_parquet(found: Sequence[Figure], beside: Beside = ()) -> bytes:
    """Records as Parquet: ``value`` is a number; colours and trends stand in a column ``text``.

    That column is there only if some record has a word for its value.
    """
    columns: dict[str, pa.Array] = {}
    records = [figure.record() for figure in found]
    for name in FIELDS:
        if name == "value":
            columns[name] = pa.array([figure.value for figure in found], pa.float64())
        else:
            columns[name] = pa.array([row[name] for row in records], pa.string())
    for name in beside[0] if beside else ():
        columns[name] = pa.array(
            [each[name] for each in beside], import_module("callover.jobs.beside").TYPES[name]
        )
    if any(figure.text for figure in found):
        columns["text"] = pa.array([figure.text or None for figure in found], pa.string())
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())
