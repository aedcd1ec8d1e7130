"""Where a figure comes from: its formula with the numbers in it, and the stored rows behind it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow.compute as pc

from callover.analysis.counts import detection_series
from callover.analysis.figures import Figures
from callover.analysis.formulas import FORMULAS
from callover.analysis.gather import SUM_KINDS
from callover.analysis.held import Held
from callover.analysis.judged import measure_looked_at
from callover.analysis.questions import KINDS
from callover.data.potentials import TRUST
from callover.domain.figures import Figure, Input
from callover.domain.indicators import SeriesKind
from callover.domain.periods import Month, Period, PeriodKind

_ALONE = (*KINDS, "level", "level_previous", "rate_denominator", "target_to_date")
"""Measures that rest on rows or on a definition, on no other figure."""

Place = tuple[str, str, str]
"""A source, a series and an area."""


@dataclass(frozen=True, slots=True)
class StoredSum:
    """A stored count over months: it lies between two month boundaries (month indexes)."""

    first: int
    after: int
    value: float
    row: Input


@dataclass(frozen=True, slots=True)
class Lineage:
    """The formula in words, the same with numbers, and the rows."""

    formula: str
    worked: str
    inputs: tuple[Input, ...]


class Tracer:
    """Traces figures back to rows; keeps what it read of every source, series and area."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.held: Held = figures.held
        self._rows: dict[Place, list[Input]] = {}
        self._forests: dict[Place, dict[int, list[StoredSum]]] = {}

    def trace(self, figure: Figure) -> Lineage:
        """Everything about where ``figure`` comes from."""
        formula = FORMULAS.get(figure.measure, "")
        if figure.known and self._as_published(figure):
            formula = f"{figure.measure} as published, not worked out here"
        return Lineage(formula, self.worked(figure), self.inputs(figure))

    def _as_published(self, figure: Figure) -> bool:
        """Whether one stored number is the figure: a published one, or a printed sum of months."""
        if figure.published or figure.measure not in KINDS:
            return figure.published
        path = self._path(figure)
        return len(path) == 1 and path[0][0].row.period.kind is not PeriodKind.MONTH

    def inputs(self, figure: Figure) -> tuple[Input, ...]:
        """Stored rows behind a figure, each once, in order of period; none where unknown."""
        if not figure.known:
            return ()
        found: list[Input] = []
        for part in self._needed(figure):
            found += self._own_inputs(part)
        return tuple(sorted(dict.fromkeys(found), key=_when))

    def worked(self, figure: Figure) -> str:
        """The calculation with its numbers; for a published number, that it was taken over."""
        if not figure.known:
            return f"no value: {figure.reason or figure.state.words}"
        if self._as_published(figure):
            return f"{_said(figure)} as {figure.source} published it"
        if figure.measure in KINDS and figure.value is not None:
            return self._worked_count(figure)
        parts = [part for part in self._needed(figure) if part is not figure]
        said = ", ".join(f"{_label(part)} {_said(part)}" for part in parts)
        result = f"{_said(figure)} from {said}" if said else _said(figure)
        return f"{result} ({figure.reason})" if figure.reason else result

    def _worked_count(self, figure: Figure) -> str:
        """``1,383 + 1,639 = 3,022``; parts of a sum; numerator over denominator."""
        path = self._path(figure)
        if path:
            sums = f"{_signed(path)} = {_said(figure)}"
            return f"{sums} ({figure.reason})" if figure.reason else sums
        definition = self.held.catalogue.series[figure.series]
        if definition.kind is SeriesKind.RATIO:
            top, below = (self._of_series(figure, s) for s in _parts(figure, self.held))
            return f"100 × {_said(top)} / {_said(below)} = {_said(figure)}"
        parts = [self._of_series(figure, s) for s in _parts(figure, self.held)]
        return " + ".join(f"{_said(p)} {p.series}" for p in parts) + f" = {_said(figure)}"

    def _needed(self, figure: Figure) -> list[Figure]:
        """The figures a figure is made of; itself where it rests on rows alone."""
        base, _, comparison = figure.measure.partition("_")
        month = figure.month
        if base == "detection":  # also a published one: its rows are the ratio's own
            return self._needed_of_detection(figure)
        if figure.published or figure.measure in _ALONE:
            return [figure]
        if figure.measure == "rating":
            looked_at = measure_looked_at(self.figures.question(figure))
            return self._needed(self._ask(figure, looked_at, month))
        if figure.measure.endswith("_gap") and figure.peer_group:
            return self._needed_of_gap(figure, base)
        if base in KINDS and not figure.peer_group:
            before = self._ask(figure, base, month - 12)
            now = [] if comparison == "previous" else [self._ask(figure, base, month)]
            return [*now, before]
        return self._needed_otherwise(figure, base, comparison)

    def _needed_of_gap(self, figure: Figure, base: str) -> list[Figure]:
        """Behind our value and the group's, each from the source that speaks for it."""
        ours, _, theirs = figure.source.rpartition("+")
        measures = ("rate", "average") if base == "rate" else (f"{base}_change_pct",) * 2
        pairs = ((ours or theirs, ""), (theirs, figure.peer_group))
        asked = [
            self.figures.figure(figure.indicator, measure, figure.area, figure.month, group, source)
            for measure, (source, group) in zip(measures, pairs, strict=True)
        ]
        return [part for each in asked if each.known for part in self._needed(each)]

    def _needed_of_detection(self, figure: Figure) -> list[Figure]:
        """The ratio's twelve months, now and, for a comparison, a year before."""
        series = detection_series(self.held.catalogue, figure.series)
        if series is None:
            return []
        back = {"detection_rate": (0,), "detection_rate_previous": (12,)}
        return [
            self.figures.figure(
                figure.indicator, "rolling12", figure.area, figure.month - months, "",
                figure.source, series.id,
            )
            for months in back.get(figure.measure, (0, 12))
        ]  # fmt: skip

    def _needed_otherwise(self, figure: Figure, base: str, comparison: str) -> list[Figure]:
        month, year_end = figure.month, figure.month.financial_year.first - 1
        now = self._ask(figure, "rolling12", month)
        match base:
            case "share":
                return [now, self._of_series(now, self.held.total)]
            case "baseline":
                return [now, *self._baseline(figure)] if comparison else self._baseline(figure)
            case "trend":
                return [now, self._ask(figure, "rolling12", year_end)]
            case "rate" if comparison in ("", "previous"):
                then = month - 12 if comparison else month
                return [self._ask(figure, m, then) for m in ("rolling12", "rate_denominator")]
            case "target" | "progress" | "needed":
                return [self._ask(figure, "ytd", month)]
            case "level":
                return [self._ask(figure, m, month) for m in ("level", "level_previous")]
            case _:
                return [now]

    def _baseline(self, figure: Figure) -> list[Figure]:
        year = self.figures.question(figure).subject.baseline
        return [self._ask(figure, "rolling12", year.last)] if year else []

    def _ask(self, figure: Figure, measure: str, month: Month) -> Figure:
        """Another measure of the same series, area and source."""
        source = "" if "+" in figure.source else figure.source
        return self.figures.figure(
            figure.indicator, measure, figure.area, month, "", source, figure.series
        )

    def _of_series(self, figure: Figure, series: str) -> Figure:
        """The same measure of another series."""
        return self.figures.figure(
            figure.indicator, figure.measure, figure.area, figure.month, "", figure.source, series
        )

    def _own_inputs(self, figure: Figure) -> list[Input]:
        """Rows of a figure that rests on rows: a path of sums, a point, or its parts' rows."""
        if figure.value is None or figure.measure == "target_to_date":
            return []
        if "+" in figure.source:
            return self._headline_inputs(figure)
        if figure.measure == "rate_denominator":
            return self._denominator_rows(figure)
        path = self._path(figure) if not figure.published else []
        if path:
            return [row for step, _ in path for row in self._with_corrections(step.row, figure)]
        printed = self._printed(figure)
        if printed:
            return printed
        parts = [self._of_series(figure, s) for s in _parts(figure, self.held)]
        return [row for part in parts for row in self._own_inputs(part)]

    def _with_corrections(self, row: Input, figure: Figure) -> list[Input]:
        """A row, and the corrections that carried it forward."""
        place = (figure.source, figure.series, figure.area)
        changed = {
            change.period
            for each in self.held.carried.get(place, ())
            if each.period == row.period
            for change in each.changes
        }
        stored = self._stored(place)
        return [row, *(r for r in stored if r.measure == "value" and r.period in changed)]

    def _headline_inputs(self, figure: Figure) -> list[Input]:
        found: list[Input] = []
        for name in self.held.catalogue.series[figure.series].parts:
            for indicator in self.held.catalogue.indicators.values():
                if indicator.series == name:
                    part = self.figures.figure(
                        indicator.id, figure.measure, figure.area, figure.month
                    )
                    found += self.inputs(part)
        return found

    def _denominator_rows(self, figure: Figure) -> list[Input]:
        q = self.figures.question(figure)
        kind = q.subject.rate.denominator if q.subject.rate else ""
        point = self.held.denominators.chosen(kind, q.subject.id, figure.area, figure.month)
        if point is None:
            return []
        rows = self._stored((point.source, kind, figure.area))
        return [row for row in rows if row.period.end == point.end]

    def _printed(self, figure: Figure) -> list[Input]:
        """Rows that print just this figure."""
        measure = (
            "value" if figure.measure in (*KINDS, "level", "level_previous") else figure.measure
        )
        measure = "change_pct" if measure.endswith("_change_pct") else measure
        measure = "change" if measure.endswith("_change") else measure
        measure = "rank" if measure == "rank_from_top" else measure
        rows = self._stored((figure.source, figure.series, figure.area))
        return [
            row
            for row in rows
            if row.measure == f"{measure}{':' if figure.peer_group else ''}{figure.peer_group}"
            and row.period.kind.value == figure.period_kind
            and row.period.last_month == figure.month
        ]

    def _path(self, figure: Figure) -> list[tuple[StoredSum, bool]]:
        """The stored sums that lead from a stretch's first boundary to its last, and whether
        each is added; empty where the source did not give the series itself."""
        last = figure.month.index + 1
        lengths = {"month": 1, "ytd": figure.month.position}
        first = last - lengths.get(figure.measure, 12)
        place = (figure.source, figure.series, figure.area)
        return _walk(self._forest(place), first, last)

    def _forest(self, place: Place) -> dict[int, list[StoredSum]]:
        """The sums that were used, by the boundaries that they touch."""
        if place not in self._forests:
            sums = [
                StoredSum(row.period.first_month.index, row.period.last_month.index + 1,
                          row.value, row)
                for row in self._stored(place)
                if row.measure == "value" and row.value is not None
                and row.period.kind.value in SUM_KINDS
            ]  # fmt: skip
            self._forests[place] = _joined(sums)
        return self._forests[place]

    def _stored(self, place: Place) -> list[Input]:
        """Rows of one source, series and area."""
        if place not in self._rows:
            self._rows[place] = list(_rows_of(self.held, place))
        return self._rows[place]


def _rows_of(held: Held, place: Place) -> Iterable[Input]:
    """Stored rows as inputs; nothing where what is held was not read from a store."""
    table = held.table
    if table is None:
        return
    source, series, area = place
    mask = pc.and_(pc.equal(table["series"], series), pc.equal(table["area"], area))
    for row in table.filter(pc.and_(mask, pc.equal(table["source"], source))).to_pylist():
        group = f":{row['peer_group']}" if row["peer_group"] else ""
        value = row["value"]
        if value is None and row["numerator"] is not None and row["denominator"]:
            value = 100.0 * row["numerator"] / row["denominator"]
        yield Input(
            file=_file(held, row),
            row=row["row"],
            period=Period(PeriodKind(row["kind"]), row["start"], row["end"]),
            measure=f"{row['measure']}{group}",
            value=value,
            known_from=row["known_from"].isoformat(),
            note=row["note"] or "",
        )


def _file(held: Held, row: Mapping[str, Any]) -> str:
    """The file that a row stands in; within a folder or archive, which of its files."""
    file = held.files.get(row.get("import", -1), row["source"])
    return f"{file}/{row['member']}" if row.get("member") else file


def _joined(sums: Sequence[StoredSum]) -> dict[int, list[StoredSum]]:
    """Keep the sums that joined something new, most trusted first, as the cube did."""
    chain: dict[int, int] = {}
    touching: dict[int, list[StoredSum]] = defaultdict(list)

    def root(node: int) -> int:
        while chain.setdefault(node, node) != node:
            node = chain[node]
        return node

    for each in sorted(sums, key=lambda s: (TRUST.index(s.row.period.kind), s.first, s.after)):
        one, other = root(each.first), root(each.after)
        if one != other:
            chain[other] = one
            touching[each.first].append(each)
            touching[each.after].append(each)
    return touching


def _walk(
    touching: dict[int, list[StoredSum]], first: int, last: int
) -> list[tuple[StoredSum, bool]]:
    """The one way from ``first`` to ``last``; True where a sum is walked forwards."""
    came: dict[int, tuple[int, StoredSum]] = {}
    waiting = deque([first])
    while waiting and last not in came:
        node = waiting.popleft()
        for each in touching.get(node, ()):
            other = each.after if each.first == node else each.first
            if other != first and other not in came:
                came[other] = (node, each)
                waiting.append(other)
    steps: list[tuple[StoredSum, bool]] = []
    node = last
    while node != first:
        if node not in came:
            return []
        before, each = came[node]
        steps.append((each, each.first == before))
        node = before
    return steps[::-1]


def _parts(figure: Figure, held: Held) -> tuple[str, ...]:
    """Series that a sum or ratio is made of."""
    series = held.catalogue.series[figure.series]
    return series.parts or tuple(p for p in (series.numerator, series.denominator) if p)


def _signed(path: list[tuple[StoredSum, bool]]) -> str:
    """``17,428 + 9,031 − 8,705``."""
    text = ""
    for each, forwards in path:
        sign = "+" if forwards else "\u2212"
        text += f" {sign} {each.value:,.10g}"
    return text.removeprefix(" + ").strip()


def _said(figure: Figure) -> str:
    """A figure's value in a calculation, up to six decimals."""
    if figure.value is None:
        return figure.text or f"no value ({figure.state.words})"
    return f"{figure.value:,.6f}".rstrip("0").rstrip(".")


def _label(figure: Figure) -> str:
    """Measure, series and month of a part of a calculation."""
    return f"{figure.measure} of {figure.series} at {figure.month}:"


def _when(row: Input) -> tuple[date, date, str, str]:
    return row.period.end, row.period.start, row.measure, row.file
