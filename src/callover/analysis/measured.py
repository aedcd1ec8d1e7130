"""Counts and their comparisons over a whole cube, worked out once and kept.

Sums are taken as published where the source publishes them, else from their parts; ratios are
remade from numerator and denominator. One source's numbers never enter another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, partial

import numpy as np

from callover.analysis import measures
from callover.analysis.arrays import NOT_PRINTED, Numbers, States
from callover.analysis.cube import Cube, Key, empty_cube
from callover.analysis.windows import states, year_before
from callover.domain.indicators import Series, SeriesKind
from callover.domain.states import State
from callover.domain.units import Unit

NONE = State.NOT_SUPPLIED.code


class Measured:
    """A cube with its measures as arrays key × month × area, made when first asked for."""

    def __init__(self, cube: Cube, series: Mapping[str, Series]) -> None:
        made = _made_keys(cube.keys, series)
        self.cube = with_keys(cube, made)
        self.series = series
        self._values: dict[str, Numbers] = {}
        self._states: dict[str, States] = {}
        for key in self._in_order():
            self._know(key)

    def _know(self, key: Key) -> None:
        """What is made of parts became known with the last of them."""
        source, name = key
        row, known = self.cube.key_index[key], self.cube.known
        for part in _parts(self.series[name]):
            place = self.cube.key_index.get((source, part))
            if place is not None:
                np.maximum(known[row], known[place], out=known[row])

    def values(self, measure: str) -> Numbers:
        """A count (``month``, ``ytd``, ``rolling12``) or its ``_previous``, ``_change``,
        ``_change_pct``."""
        if measure not in self._values:
            self._values[measure] = self._compute(measure)
        return self._values[measure]

    def states(self, measure: str) -> States:
        """State of every value of ``measure``; where there is none, why."""
        if measure not in self._states:
            self._states[measure] = self._judge(measure)
        return self._states[measure]

    def _compute(self, measure: str) -> Numbers:
        if measure in measures.COUNTS:
            return self._count(measure)
        base, _, comparison = measure.partition("_")
        now = self.values(base)
        if comparison == "previous":
            return measures.previous(now)
        before = self.values(f"{base}_previous")
        if comparison == "change":
            return measures.change(now, before)
        result = measures.change_pct(now, before)
        result[self.percentages] = np.nan  # the change of a percentage is in points only
        return result

    def _judge(self, measure: str) -> States:
        base, _, comparison = measure.partition("_")
        if not comparison:
            self._count_both(base)
            return self._states[base]
        before = np.full_like(self.states(base), NONE)
        before[:, 12:] = self.states(base)[:, :-12]
        return before if comparison == "previous" else np.maximum(before, self.states(base))

    def _count(self, measure: str) -> Numbers:
        self._count_both(measure)
        return self._values[measure]

    def _count_both(self, measure: str) -> None:
        """Values and states of a count, observed first, then sums and ratios from their parts."""
        cube = self.cube
        window = measures.window_of(measure, cube.first, cube.months)
        observed = {
            "month": partial(np.copy, cube.value),
            "ytd": partial(measures.ytd, cube.potential, cube.component, cube.first),
            "rolling12": partial(measures.rolling12, cube.potential, cube.component),
        }[measure]()
        printed = {
            "month": np.full_like(cube.state, NOT_PRINTED),
            "ytd": cube.printed_ytd,
            "rolling12": cube.printed_year,
        }[measure]
        state = states(cube.state, printed, cube.weakest, window, observed)
        for key in self._in_order():
            self._remake(key, observed, state)
        self._values[measure], self._states[measure] = observed, state

    def _remake(self, key: Key, values: Numbers, state: States) -> None:
        """Fill a sum from its parts where it was not published; a ratio always from its parts."""
        source, name = key
        row, definition = self.cube.key_index[key], self.series[name]
        if definition.kind is SeriesKind.RATIO:
            self._remake_ratio(row, source, definition, values, state)
            return
        places = [self.cube.key_index.get((source, part)) for part in definition.parts]
        if any(place is None for place in places):
            return
        parts = np.array(places)
        apart = state[parts] == State.NOT_APPLICABLE.code  # not counted apart by this source
        whole = np.where(apart, 0.0, values[parts]).sum(axis=0)
        whole[apart.all(axis=0)] = np.nan
        weakest = np.where(apart, 0, state[parts]).max(axis=0)
        missing = np.isnan(values[row])
        values[row] = np.where(missing, whole, values[row])
        state[row] = np.where(missing, weakest, state[row])

    def _remake_ratio(
        self, row: int, source: str, definition: Series, values: Numbers, state: States
    ) -> None:
        top = self.cube.key_index.get((source, definition.numerator))
        below = self.cube.key_index.get((source, definition.denominator))
        if top is None or below is None:
            return
        values[row] = measures.ratio(values[top], values[below])
        state[row] = np.maximum(state[top], state[below])
        nothing = values[below] == 0
        state[row][nothing] = State.NOT_APPLICABLE.code

    def _in_order(self) -> Iterable[Key]:
        """Sums and ratios, every one after its parts."""
        made = [k for k in self.cube.keys if self._definition(k).kind in _MADE]
        return sorted(made, key=lambda key: _depth(key[1], self.series))

    def _definition(self, key: Key) -> Series:
        return self.series.get(key[1], _plain(key[1]))

    @cached_property
    def percentages(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which keys are percentages."""
        return np.array([self._definition(k).unit is Unit.PERCENTAGE for k in self.cube.keys])


_MADE = (SeriesKind.SUM, SeriesKind.RATIO)


def _plain(name: str) -> Series:
    """A series that the catalogue does not know is counted as it comes."""
    return Series(name, name, Unit.INCIDENTS)


def _parts(series: Series) -> tuple[str, ...]:
    return (*series.parts, *(part for part in (series.numerator, series.denominator) if part))


def _depth(name: str, series: Mapping[str, Series]) -> int:
    """How many layers of sums lie beneath a series."""
    definition = series.get(name)
    if definition is None or definition.kind not in _MADE:
        return 0
    return 1 + max((_depth(part, series) for part in _parts(definition)), default=0)


def closure(names: Iterable[str], series: Mapping[str, Series]) -> set[str]:
    """``names`` with all their parts, numerators and denominators, all the way down."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_parts(series[name]) if name in series else ())
    return found


def _made_keys(keys: tuple[Key, ...], series: Mapping[str, Series]) -> tuple[Key, ...]:
    """Sums and ratios that can be made of what a source gives and are not in the cube yet."""
    held = set(keys)
    made = [s for s in series.values() if s.kind in _MADE]
    made.sort(key=lambda s: _depth(s.id, series))
    new: list[Key] = []
    for source in dict.fromkeys(source for source, _ in keys):
        for definition in made:
            key = (source, definition.id)
            if key not in held and all((source, part) in held for part in _parts(definition)):
                new.append(key)
                held.add(key)
    return tuple(new)


def with_keys(cube: Cube, more: tuple[Key, ...]) -> Cube:
    """The cube with further keys in which nothing was observed."""
    if not more:
        return cube
    blank = empty_cube(more, cube.first, cube.months, cube.areas)
    arrays = {
        name: np.concatenate([getattr(cube, name), getattr(blank, name)])
        for name in (
            "value", "state", "potential", "component", "printed_ytd", "printed_year", "weakest",
            "known",
        )
    }  # fmt: skip
    return Cube(keys=(*cube.keys, *more), first=cube.first, areas=cube.areas, **arrays)


__all__ = ["Measured", "closure", "with_keys", "year_before"]
