"""The counts of a publication as cells and relations: what every reader can set against what.

Each count is a sum of stretches of months between the dates that the publication itself marks, so
that a year to date less the one before, or one rolling year less another, is reckoned with whether
or not the months between are printed. Totals equal their parts where they do so in truth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

from callover.analysis.suppress.behind import Count
from callover.analysis.suppress.problem import Cell, Part, Problem, Relation, small
from callover.domain.disclosure import Rule
from callover.domain.indicators import Series, SeriesKind
from callover.domain.periods import Month

Stretch = tuple[str, str, str]
"""Source, series, area (with what it is left of): counts of one add over months."""

NEAR = 1e-6


@dataclass(frozen=True)
class Publication:
    """Counts that are printed, with their values; those that are out already cannot be hidden,
    those that were ``called`` small are known to be, and ``kept`` are hidden whatever is chosen.
    ``inside`` names the areas that make up another."""

    counts: Mapping[Count, float]
    rules: Mapping[str, Rule]  # by source
    series: Mapping[str, Series]
    outside: Mapping[Count, float] = field(default_factory=dict)
    called: Mapping[Count, float] = field(default_factory=dict)
    weigh: Callable[[Count], float] = lambda _count: 1.0
    true_month: Callable[[Count], float | None] = lambda _count: None
    kept: Collection[Count] = frozenset()
    inside: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def problem(self) -> Problem:
        """Cells and relations. A source without threshold is left out: it publishes everything."""
        every = {**self.called, **self.outside, **self.counts}
        counts = {c: v for c, v in every.items() if self.rules[c.source].threshold > 0}
        cells = [self._cell(count, value) for count, value in sorted(counts.items())]
        relations: list[Relation] = []
        for stretch, members in _stretches(counts):
            between = _between(stretch, {c: counts[c] for c in members}, self.true_month)
            rule = self._rule(members)
            cells += [_unprinted(name, value, rule) for name, value in between.sums.items()]
            relations += between.relations
        relations += self._sums(counts)
        for rest, relation in (*self._rests(counts), *self._elsewhere(counts)):
            cells.append(rest)
            relations.append(relation)
        relations += self._of_areas(counts)
        relations += self._within(counts)
        relations += _remainders(counts)
        return Problem(cells, relations)

    def _rule(self, members: Iterable[Count]) -> Rule | None:
        """The strictest of the sources' rules for what lies between their counts; None where all
        of it is out already: leaving this edition unpublished would not help."""
        known = list(members)
        if not any(count in self.counts for count in known):
            return None
        rules = [self.rules[count.source] for count in known]
        strictest = max(rule.threshold for rule in rules)
        return Rule(strictest, any(rule.zero_hidden for rule in rules))

    def _cell(self, count: Count, value: float) -> Cell:
        rule = self.rules[count.source]
        is_small = small(value, rule.threshold, rule.zero_hidden)
        part = Part.PRIMARY if is_small else Part.OPEN
        if count in self.kept and not is_small:
            part = Part.DERIVED
        if count in self.outside:
            part = Part.FIXED
        weight, called = self.weigh(count), count in self.called
        return Cell(
            count.name, value, part, rule.threshold, weight, rule.zero_hidden, called=called
        )

    def _within(self, counts: Mapping[Count, float]) -> Iterable[Relation]:
        """A whole is no less than what it is known to contain, where that is so in truth."""
        for count, value in counts.items():
            series = self.series.get(count.series)
            if series is None or not series.contains:
                continue
            inside = (replace(count, series=name) for name in series.contains)
            known = [each for each in inside if each in counts]
            if known and sum(counts[each] for each in known) <= value + NEAR:
                terms = dict.fromkeys((each.name for each in known), -1.0) | {count.name: 1.0}
                yield Relation(terms, 0.0, np.inf)

    def _sums(self, counts: Mapping[Count, float]) -> Iterable[Relation]:
        """A total is the sum of its parts where all are printed for the same months."""
        for count, value in counts.items():
            series = self.series.get(count.series)
            if series is None or series.kind is not SeriesKind.SUM or series.overlapping:
                continue
            parts = [replace(count, series=name) for name in series.parts]
            known = [part for part in parts if part in counts]
            if len(known) == len(parts) and abs(sum(counts[p] for p in known) - value) < NEAR:
                yield Relation({p.name: 1.0 for p in known} | {count.name: -1.0})

    def _rests(self, counts: Mapping[Count, float]) -> Iterable[tuple[Cell, Relation]]:
        """What a total leaves beside those of its parts that are printed: one part more, or several
        together, that anybody subtracts. A total below its parts contradicts itself and tells
        nothing."""
        for count, value in counts.items():
            series = self.series.get(count.series)
            if series is None or series.kind is not SeriesKind.SUM or series.overlapping:
                continue
            parts = [replace(count, series=name) for name in series.parts]
            known = [part for part in parts if part in counts]
            rest = value - sum(counts[part] for part in known)
            if not known or len(known) == len(parts) or rest < -NEAR:
                continue
            name = f"{count.name}|rest"
            terms = {part.name: 1.0 for part in known} | {name: 1.0, count.name: -1.0}
            yield _unprinted(name, max(rest, 0.0), self._rule([count, *known])), Relation(terms)

    def _of_areas(self, counts: Mapping[Count, float]) -> Iterable[Relation]:
        """An area is the sum of those that make it up where all are printed for the same months."""
        for count, parts in self._made_up(counts):
            if abs(sum(counts[part] for part in parts) - counts[count]) < NEAR:
                yield Relation({part.name: 1.0 for part in parts} | {count.name: -1.0})

    def _elsewhere(self, counts: Mapping[Count, float]) -> Iterable[tuple[Cell, Relation]]:
        """What an area counts beside those in it that are printed."""
        for count, parts in self._made_up(counts):
            rest = counts[count] - sum(counts[part] for part in parts)
            if rest >= NEAR:
                name = f"{count.name}|elsewhere"
                terms = {part.name: 1.0 for part in parts} | {name: 1.0, count.name: -1.0}
                yield _unprinted(name, rest, self._rule([count, *parts])), Relation(terms)

    def _made_up(self, counts: Mapping[Count, float]) -> Iterator[tuple[Count, list[Count]]]:
        """Counts of areas with the same counts of those that make them up."""
        for count in counts:
            inside = [replace(count, area=area) for area in self.inside.get(count.area, ())]
            parts = [part for part in inside if part in counts]
            if parts:
                yield count, parts


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
        if len(of_sources) > 1 and _between(joint, {c: counts[c] for c in together}).agree:
            yield joint, together
        else:
            yield from of_sources.items()


def _by_stretch(counts: Iterable[Count]) -> dict[Stretch, list[Count]]:
    found: dict[Stretch, list[Count]] = defaultdict(list)
    for count in counts:
        if not count.measure.startswith("level"):
            found[count.source, f"{count.series}|{count.left_of}", count.area].append(count)
    return found


@dataclass(frozen=True)
class _Between:
    """Sums of months between the dates that the counts mark, and what each count is of them."""

    sums: Mapping[str, float]
    relations: Sequence[Relation]
    agree: bool  # no count contradicts the others


def _between(
    stretch: Stretch,
    counts: Mapping[Count, float],
    true_month: Callable[[Count], float | None] = lambda _count: None,
) -> _Between:
    """The sums that subtraction can reach. Where all months of one are known it has its true value.

    A count that contradicts the others (a year to date that is not the sum of its months) is in no
    relation: nothing can be reckoned from what is not so.
    """
    edges = sorted({i for c in counts for i in (c.first.index, c.month.index + 1)})
    place = {index: i for i, index in enumerate(edges)}
    spans = [(place[c.first.index], place[c.month.index + 1]) for c in counts]
    month = replace(next(iter(counts)), measure="month")
    true = [
        _sum_of(true_month(replace(month, month=Month(i))) for i in range(a, b))
        for a, b in pairwise(edges)
    ]
    values, holds = _least_contradicted(spans, list(counts.values()), true)
    names = ["|".join((*stretch, f"{Month(a)}..{Month(b - 1)}")) for a, b in pairwise(edges)]
    relations = [
        Relation(dict.fromkeys(names[a:b], 1.0) | {count.name: -1.0})
        for count, (a, b), holding in zip(counts, spans, holds, strict=True)
        if holding
    ]
    return _Between(dict(zip(names, values, strict=True)), relations, all(holds))


def _sum_of(values: Iterable[float | None]) -> float | None:
    known = list(values)
    return None if None in known else sum(value for value in known if value is not None)


_SAID = {
    "month": "", "ytd": "year to date to ", "rolling12": "12 months to ", "level": "level of ",
    "level_previous": "level before that of ",
}  # fmt: skip


def in_words(name: str, series: Mapping[str, Series]) -> str:
    """A cell's name for a reader: ``Gun crime, 12 months to September 2016``."""
    if name.endswith("|rest"):
        return f"{in_words(name.removesuffix('|rest'), series)}, less its parts that are shown"
    if name.endswith("|elsewhere"):
        return f"{in_words(name.removesuffix('|elsewhere'), series)}, less the places shown"
    parts = name.split("|")
    between = ".." in parts[-1]
    whole = parts[2] if between else "".join(parts[4:]).removeprefix("left of ")
    title = series[parts[1]].title if parts[1] in series else parts[1]
    left = f" (what is left of {series[whole].title})" if whole in series else ""
    if between:
        first, last = (Month.parse(each).name for each in parts[-1].split(".."))
        return f"{title}{left}, {first if first == last else f'{first} to {last}'}, by subtraction"
    measure, _, month = parts[3].partition("@")
    return f"{title}{left}, {_SAID.get(measure, '')}{Month.parse(month).name}"


def _unprinted(name: str, value: float, rule: Rule | None) -> Cell:
    """A sum that is printed nowhere; a small one must not come out by subtraction either."""
    if rule is None:
        return Cell(name, value, Part.LATENT)
    part = Part.DERIVED if small(value, rule.threshold, rule.zero_hidden) else Part.LATENT
    return Cell(name, value, part, rule.threshold, zero_hidden=rule.zero_hidden)


CONTRADICTS = 1000.0
"""A printed count that is not met costs so many times more than a month that is not."""


def _least_contradicted(
    spans: list[tuple[int, int]], values: list[float], true: list[float | None]
) -> tuple[np.ndarray, list[bool]]:
    """Sums between the edges that give the counts, and which counts they give.

    The fewest contradictions: least sum of what the counts miss by, then of what true sums miss by.
    """
    known = [(i, i + 1) for i, value in enumerate(true) if value is not None]
    wanted = np.array([*values, *(value for value in true if value is not None)], float)
    inside = np.zeros((len(wanted), len(true)))
    for row, (a, b) in enumerate([*spans, *known]):
        inside[row, a:b] = 1
    size, rows = len(true), len(wanted)
    missing = np.r_[np.full(len(spans), CONTRADICTS), np.ones(len(known))]
    cost = np.r_[np.zeros(size), missing, missing]
    by_hand = np.hstack([inside, np.eye(rows), -np.eye(rows)])
    found = linprog(cost, A_eq=by_hand, b_eq=wanted, method="highs-ds").x[:size]
    whole = np.round(found)
    sums = np.where(np.abs(found - whole) < NEAR, whole, found)
    misses = (inside @ sums - wanted)[: len(spans)]
    return sums, [bool(abs(miss) < NEAR) for miss in misses]
