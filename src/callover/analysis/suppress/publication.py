"""The counts of a publication as cells and relations: what every reader can set against what.

Each count is a sum of stretches of months between the dates that the publication itself marks, so
that a year to date less the one before, or one rolling year less another, is reckoned with whether
or not the months between are printed. Totals equal their parts where they do so in truth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

from callover.analysis.suppress.behind import Count
from callover.analysis.suppress.problem import Cell, Part, Problem, Relation, small
from callover.domain.disclosure import Rule
from callover.domain.indicators import Series, SeriesKind

Stretch = tuple[str, str, str]
"""Source, series, area (with what it is left of): counts of one add over months."""

NEAR = 1e-6


@dataclass(frozen=True)
class Publication:
    """Counts that are printed, with their values; those that are out already cannot be hidden."""

    counts: Mapping[Count, float]
    rules: Mapping[str, Rule]  # by source
    series: Mapping[str, Series]
    outside: Mapping[Count, float] = field(default_factory=dict)
    weigh: Callable[[Count], float] = lambda _count: 1.0

    def problem(self) -> Problem:
        """Cells and relations. A source without threshold is left out: it publishes everything."""
        every = {**self.outside, **self.counts}
        counts = {c: v for c, v in every.items() if self.rules[c.source].threshold > 0}
        cells = [self._cell(count, value) for count, value in sorted(counts.items())]
        relations: list[Relation] = []
        for stretch, members in _stretches(counts):
            more, known, _ = _over_months(stretch, {c: counts[c] for c in members})
            cells += more
            relations += known
        relations += self._sums(counts)
        relations += _remainders(counts)
        return Problem(cells, relations)

    def _cell(self, count: Count, value: float) -> Cell:
        rule = self.rules[count.source]
        is_small = small(value, rule.threshold, rule.zero_hidden)
        part = Part.PRIMARY if is_small else Part.OPEN
        if count in self.outside:
            part = Part.FIXED
        return Cell(count.name, value, part, rule.threshold, self.weigh(count), rule.zero_hidden)

    def _sums(self, counts: Mapping[Count, float]) -> Iterable[Relation]:
        """A total is the sum of its parts where all are printed for the same months."""
        by_place = {(c.source, c.series, c.area, c.measure, c.month, c.left_of): c for c in counts}
        for count, value in counts.items():
            series = self.series.get(count.series)
            if series is None or series.kind is not SeriesKind.SUM or series.overlapping:
                continue
            place = (count.source, count.area, count.measure, count.month, count.left_of)
            parts = [by_place.get((place[0], part, *place[1:])) for part in series.parts]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts) and abs(sum(counts[p] for p in known) - value) < NEAR:
                yield Relation({p.name: 1.0 for p in known} | {count.name: -1.0})


def _remainders(counts: Mapping[Count, float]) -> Iterable[Relation]:
    """Numerator and what is left make the denominator."""
    for count in counts:
        if not count.left_of:
            continue
        part = Count(count.source, count.series, count.area, count.measure, count.month)
        whole = Count(count.source, count.left_of, count.area, count.measure, count.month)
        if part in counts and whole in counts:
            yield Relation({part.name: 1.0, count.name: 1.0, whole.name: -1.0})


def _stretches(counts: Mapping[Count, float]) -> Iterator[tuple[Stretch, list[Count]]]:
    """Counts that add over months. Two sources of a series that agree everywhere count the same
    things: a reader sets one against the other, so they are one stretch."""
    by_series: dict[tuple[str, str], dict[Stretch, list[Count]]] = defaultdict(dict)
    for stretch, members in _by_stretch(counts).items():
        by_series[stretch[1], stretch[2]][stretch] = members
    for (series, area), of_sources in by_series.items():
        together = [count for members in of_sources.values() for count in members]
        joint = ("any source", series, area)
        agrees = len(of_sources) > 1 and _over_months(joint, {c: counts[c] for c in together})[2]
        if agrees:
            yield joint, together
        else:
            yield from of_sources.items()


def _by_stretch(counts: Iterable[Count]) -> dict[Stretch, list[Count]]:
    found: dict[Stretch, list[Count]] = defaultdict(list)
    for count in counts:
        if not count.measure.startswith("level"):
            found[count.source, f"{count.series}|{count.left_of}", count.area].append(count)
    return found


def _over_months(
    stretch: Stretch, counts: Mapping[Count, float]
) -> tuple[list[Cell], list[Relation], bool]:
    """Latent sums between the marked months, what each count is of them, and whether all agree.

    A count that contradicts the others (a year to date that is not the sum of its months) is in no
    relation: nothing can be reckoned from what is not so.
    """
    edges = sorted({i for c in counts for i in (c.first.index, c.month.index + 1)})
    place = {index: i for i, index in enumerate(edges)}
    spans = {c: (place[c.first.index], place[c.month.index + 1]) for c in counts}
    values, holds = _latent_values(len(edges) - 1, list(spans.values()), list(counts.values()))
    names = ["|".join((*stretch, f"{a}-{b}")) for a, b in pairwise(edges)]
    cells = [Cell(n, v, Part.LATENT) for n, v in zip(names, values, strict=True)]
    relations = [
        Relation(dict.fromkeys(names[a:b], 1.0) | {count.name: -1.0})
        for (count, (a, b)), true in zip(spans.items(), holds, strict=True)
        if true
    ]
    return cells, relations, all(holds)


def _latent_values(
    size: int, spans: list[tuple[int, int]], values: list[float]
) -> tuple[np.ndarray, list[bool]]:
    """Sums between the edges that give the counts, and which counts they give.

    The fewest contradictions: least sum of what the counts miss by.
    """
    count = len(spans)
    inside = np.zeros((count, size))
    for row, (a, b) in enumerate(spans):
        inside[row, a:b] = 1
    wanted = np.array(values, float)
    misses = np.hstack([np.eye(count), -np.eye(count)])
    cost = np.r_[np.zeros(size), np.ones(2 * count)]
    found = linprog(cost, A_eq=np.hstack([inside, misses]), b_eq=wanted, method="highs-ds")
    latent = np.where(np.abs(found.x[:size] - np.round(found.x[:size])) < NEAR,
                      np.round(found.x[:size]), found.x[:size])  # fmt: skip
    return latent, [bool(abs(miss) < NEAR) for miss in inside @ latent - wanted]
